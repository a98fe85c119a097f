package io.voronka.rules.domain.subject;

/**
 * Steps that one rule may still take on one event: nodes visited, letters compared, instructions of
 * a regular expression times letters, letters put out. Steps and not seconds, so that a replay
 * comes to the same end. A step is worth about ten nanoseconds.
 */
public final class Budget {
  /** About a millisecond: far above what rules take that somebody wrote in earnest. */
  public static final int STEPS = 100_000;

  /** What less than this is taken by is not worth being added up. */
  public static final int NOTABLE = 1_000;

  private int left = STEPS;

  /** Begins anew for the next rule. */
  public void refill() {
    left = STEPS;
  }

  /** Steps taken since {@link #refill}. */
  public int taken() {
    return STEPS - left;
  }

  /**
   * Takes steps.
   *
   * @throws OverBudgetException when there are not so many left
   */
  public void take(long steps) {
    if (steps > left) {
      left = 0;
      throw new OverBudgetException();
    }
    left -= (int) steps;
  }

  /** A rule would have taken more than {@link #STEPS}. */
  public static final class OverBudgetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OverBudgetException() {
      super("over " + STEPS + " steps", null, false, false);
    }
  }
}
