package io.voronka.jobs.executeactions.domain;

import java.time.Duration;

/**
 * When to try again, and when to stop trying.
 *
 * @param firstDelay before the second attempt; doubles with each failure
 * @param longestDelay the doubling stops here
 * @param attempts failures (429 not counted) after which an action is given up
 * @param reads failed reads after which a doubtful action stays unknown
 * @param settling how long a target gets to finish a request whose answer was lost, before it is
 *     read
 * @param longestPause the most that a Retry-After is believed
 * @param failuresToOpen different actions that fail in a row before a target's circuit opens
 * @param longestOpen how long it stays open at most before the next probe; begins with a second
 */
public record RetryPolicy(
    Duration firstDelay,
    Duration longestDelay,
    int attempts,
    int reads,
    Duration settling,
    Duration longestPause,
    int failuresToOpen,
    Duration longestOpen) {

  public static RetryPolicy standard() {
    return new RetryPolicy(
        Duration.ofMillis(500),
        Duration.ofMinutes(5),
        12,
        12,
        Duration.ofSeconds(2),
        Duration.ofHours(1),
        5,
        Duration.ofMinutes(1));
  }

  /**
   * Milliseconds to wait after the given failure: exponential, of which a part between a half and
   * the whole is taken. The part comes from the action's id, so a replay waits as long as the
   * original, and actions that failed together do not come back together.
   */
  public long delayMillis(String actionId, int failure) {
    return delayMillis(firstDelay, longestDelay, actionId, failure);
  }

  /** How long a circuit stays open the n-th time in a row. */
  long openMillis(String actionId, int opening) {
    return delayMillis(Duration.ofSeconds(1), longestOpen, actionId, opening);
  }

  private static long delayMillis(Duration first, Duration longest, String actionId, int time) {
    int doublings = Math.min(Math.max(time - 1, 0), 30);
    long whole = Math.min(longest.toMillis(), first.toMillis() << doublings);
    long spread = mix(actionId.hashCode() * 31L + time) >>> 11;
    double part = 0.5 + 0.5 * spread / (1L << 53);
    return Math.max(1, (long) (whole * part));
  }

  /** How long a target is left alone after its n-th refusal in a row for too many requests. */
  long pauseMillis(long retryAfterMillis, int inARow) {
    if (retryAfterMillis > 0) {
      return Math.min(retryAfterMillis, longestPause.toMillis());
    }
    return Math.min(60_000, 1000L << Math.min(Math.max(inARow - 1, 0), 6));
  }

  private static long mix(long seed) {
    long z = seed + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
