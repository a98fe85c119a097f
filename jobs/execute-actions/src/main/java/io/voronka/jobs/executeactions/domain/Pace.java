package io.voronka.jobs.executeactions.domain;

/**
 * How fast requests leave: as many a second as the budget has, but a token comes back a second
 * after the <em>answer</em>, and only so many are on their way at a time.
 */
final class Pace {
  private static final double WEIGHT = 0.05;
  private static final long USUAL_MILLIS = 100;

  /** Answers that take longer say nothing about the next one. */
  private static final long MOST_MILLIS = 10_000;

  private final int mostInFlight;
  private double answerMillis = USUAL_MILLIS;

  Pace(int mostInFlight) {
    this.mostInFlight = mostInFlight;
  }

  void answered(long millis) {
    answerMillis += WEIGHT * (Math.min(Math.max(millis, 0), MOST_MILLIS) - answerMillis);
  }

  /**
   * How long it takes until so many requests have left.
   *
   * @param free that may leave at once
   */
  long millis(int requests, int free, int capacity) {
    double byBudget = capacity / (1000 + answerMillis);
    double byAnswers = mostInFlight / Math.max(1, answerMillis);
    int waiting = Math.max(0, requests - free);
    return (long) Math.ceil(waiting / Math.min(byBudget, byAnswers));
  }
}
