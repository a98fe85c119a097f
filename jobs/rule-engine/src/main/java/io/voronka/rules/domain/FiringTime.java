package io.voronka.rules.domain;

import java.time.Duration;

/**
 * When a moment counts as judged. As long as the log's time flows, that is the moment itself,
 * however late a restarted job gets to it: judged again, it gives the same bytes. Only when the
 * log's time has jumped over the moment (no gateway was alive) it is the time after the jump, by
 * which active hours and deadlines are then judged.
 */
public final class FiringTime {
  /** More than a reader that catches up runs ahead of its slowest partition. */
  private static final long JUMP = Duration.ofHours(1).toMillis();

  private FiringTime() {}

  /**
   * @param due epoch milliseconds
   * @param now the log's time, epoch milliseconds
   */
  public static long of(long due, long now) {
    return now - due >= JUMP ? now : due;
  }
}
