package io.voronka.jobs.executeactions.domain;

import java.util.ArrayDeque;

/**
 * The requests that a target grants us: N tokens, each of which comes back one second after the
 * <em>answer</em> to the request that spent it. Two uses of one token are therefore handled by the
 * target at least a second apart, whatever the network does in between, so that no second of its
 * own counting ever holds more than N of ours. (A bucket that trickles refills on our clock lets up
 * to 2 N through in the worst second.) All times are epoch milliseconds.
 */
public final class TokenBucket {
  private static final long WINDOW_MILLIS = 1000;

  private final ArrayDeque<Long> returning = new ArrayDeque<>();
  private int capacity;
  private int unanswered;
  private long pausedUntil;

  /**
   * @param since when this bucket came to be: what was spent before that is unknown, so a full
   *     window passes before the first token is handed out, unless {@code fresh}
   */
  public TokenBucket(int capacity, long since, boolean fresh) {
    this.capacity = capacity;
    this.pausedUntil = fresh ? 0 : since + WINDOW_MILLIS;
  }

  public void resize(int tokens) {
    capacity = tokens;
  }

  public int capacity() {
    return capacity;
  }

  /**
   * Whether this many requests may be sent now; a need above the capacity is met by a full bucket.
   */
  public boolean has(int tokens, long now) {
    return now >= pausedUntil && spent(now) + Math.min(tokens, capacity) <= capacity;
  }

  /** Requests that may be sent now. */
  int free(long now) {
    return now < pausedUntil ? 0 : Math.max(0, capacity - spent(now));
  }

  public void take(int tokens) {
    unanswered += tokens;
  }

  /** The requests that took tokens were answered, or given up. */
  public void answered(int tokens, long now) {
    unanswered -= tokens;
    for (int i = 0; i < tokens; i++) {
      returning.addLast(now + WINDOW_MILLIS);
    }
  }

  /** No request before the given moment. */
  public void pauseUntil(long moment) {
    pausedUntil = Math.max(pausedUntil, moment);
  }

  public long pausedUntil() {
    return pausedUntil;
  }

  /** When to look again if {@link #has} said no; Long.MAX_VALUE when only an answer can help. */
  public long nextAt(int tokens, long now) {
    if (now < pausedUntil) {
      return pausedUntil;
    }
    int missing = spent(now) + Math.min(tokens, capacity) - capacity;
    if (missing <= 0) {
      return now;
    }
    // Tokens come back in order, and the last of the missing ones decides.
    return returning.stream().skip(missing - 1L).findFirst().orElse(Long.MAX_VALUE);
  }

  /** Nothing spent and no pause: a new bucket would be the same. */
  public boolean idle(long now) {
    return now >= pausedUntil && spent(now) == 0;
  }

  /** When it will be {@link #idle}; Long.MAX_VALUE while a request is unanswered. */
  public long idleAt(long now) {
    if (unanswered > 0) {
      return Long.MAX_VALUE;
    }
    long last = returning.isEmpty() ? now : returning.peekLast();
    return Math.max(pausedUntil, last);
  }

  private int spent(long now) {
    while (!returning.isEmpty() && returning.peekFirst() <= now) {
      returning.removeFirst();
    }
    return unanswered + returning.size();
  }
}
