package io.voronka.jobs.executeactions.domain;

/**
 * What a target has taught us and must not have to teach again after a restart. Kept in state:
 * fields may be added, with 0 as what an older savepoint yields. Times are epoch milliseconds.
 *
 * @param pausedUntil it asked to be left alone until then; 0: it did not
 * @param budget requests a second that it takes; 0: all that were promised
 * @param budgetSince when that was last changed
 * @param quietWhile how long it has to be quiet before it gets one more, milliseconds
 * @param openings how often in a row its circuit was opened
 * @param openUntil 0: the circuit is closed
 */
public record TargetMemory(
    long pausedUntil, int budget, long budgetSince, long quietWhile, int openings, long openUntil) {

  /** Of a target that is new, or has given no trouble lately. */
  public static TargetMemory none() {
    return new TargetMemory(0, 0, 0, 0, 0, 0);
  }

  /** Nothing in it that a new target would not have. */
  public boolean isNothing(long now) {
    return pausedUntil <= now && budget == 0 && openUntil == 0;
  }
}
