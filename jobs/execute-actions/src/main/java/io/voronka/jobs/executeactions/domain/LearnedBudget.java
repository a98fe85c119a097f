package io.voronka.jobs.executeactions.domain;

import java.time.Duration;

/**
 * How many of the requests that we were promised a target really takes: others may use the same
 * budget. A 429 takes a quarter away; each quiet while gives one back, up to the promise. A while
 * that ends in a 429 is twice as long the next time, so that the limit is not run into for ever.
 * Times are epoch milliseconds.
 */
final class LearnedBudget {
  private static final long FIRST_WHILE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final long LONGEST_WHILE_MILLIS = Duration.ofMinutes(32).toMillis();

  private int learned;
  private long changedAt;
  private long whileMillis = FIRST_WHILE_MILLIS;
  private boolean raised;

  /**
   * @param budget 0: the promise
   */
  void restore(int budget, long since, long quietWhile) {
    learned = budget;
    changedAt = since;
    whileMillis = quietWhile == 0 ? FIRST_WHILE_MILLIS : quietWhile;
  }

  /**
   * @param promised requests a second
   */
  int of(int promised, long now) {
    if (learned > 0 && now >= changedAt + whileMillis) {
      learned = learned + 1 < promised ? learned + 1 : 0;
      changedAt = now;
      raised = true;
    }
    return learned == 0 ? promised : Math.min(learned, promised);
  }

  /** The target has had enough. */
  void limited(int promised, long now) {
    boolean soon = raised && now < changedAt + whileMillis;
    whileMillis = soon ? Math.min(2 * whileMillis, LONGEST_WHILE_MILLIS) : FIRST_WHILE_MILLIS;
    learned = Math.max(1, of(promised, now) * 3 / 4);
    changedAt = now;
    raised = false;
  }

  int learned() {
    return learned;
  }

  long changedAt() {
    return changedAt;
  }

  long whileMillis() {
    return whileMillis;
  }
}
