package io.voronka.infra.sandbox.delivery;

import java.time.Duration;

/** When a failed webhook is tried again. Names are in files: never rename one. */
public enum RetryLadder {
  /**
   * Webhooks of the account: again after 5 and 15 minutes whatever went wrong, then after 15 and 60
   * more, but only when the previous answer was 499 or 5xx.
   */
  ACCOUNT_HOOK {
    @Override
    public long waitAfter(int attemptsMade, int lastAnswer) {
      boolean serverFault = lastAnswer == 499 || (lastAnswer >= 500 && lastAnswer <= 599);
      return switch (attemptsMade) {
        case 1 -> minutes(5);
        case 2 -> minutes(15);
        case 3 -> serverFault ? minutes(15) : STOP;
        case 4 -> serverFault ? minutes(60) : STOP;
        default -> STOP;
      };
    }
  },

  /** Digital Pipeline hooks of Kommo: four retries within the hour. The spacing is our guess. */
  PIPELINE_HOOK {
    @Override
    public long waitAfter(int attemptsMade, int lastAnswer) {
      return switch (attemptsMade) {
        case 1 -> minutes(5);
        case 2 -> minutes(10);
        case 3 -> minutes(15);
        case 4 -> minutes(30);
        default -> STOP;
      };
    }
  },

  /** Sent once. */
  ONCE {
    @Override
    public long waitAfter(int attemptsMade, int lastAnswer) {
      return STOP;
    }
  };

  /** No further attempt. */
  public static final long STOP = -1;

  /**
   * Milliseconds until the next attempt after a bad answer, or {@link #STOP}.
   *
   * @param attemptsMade 1 after the first
   * @param lastAnswer HTTP status; 0 when there was no connection
   */
  public abstract long waitAfter(int attemptsMade, int lastAnswer);

  /** 100 to 299; redirects are failures. */
  public static boolean good(int answer) {
    return answer >= 100 && answer <= 299;
  }

  private static long minutes(int minutes) {
    return Duration.ofMinutes(minutes).toMillis();
  }
}
