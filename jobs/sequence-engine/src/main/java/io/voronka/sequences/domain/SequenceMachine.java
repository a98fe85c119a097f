package io.voronka.sequences.domain;

/**
 * What a sequence does with one enrolment. Pure: the same version, enrolment, input and scene give
 * the same advance, ids included.
 */
public final class SequenceMachine {
  private SequenceMachine() {}

  /** The enrolment takes its first steps. */
  public static Advance enter(SequenceVersion by, Enrolment entered, Scene scene) {
    Run run = new Run(by, entered, scene);
    try {
      run.begin();
    } catch (RuntimeException e) {
      run.broken(e);
    }
    return run.advance();
  }

  /**
   * Something happens to the enrolment.
   *
   * @param by the version that it goes by
   */
  public static Advance advance(SequenceVersion by, Enrolment before, Input input, Scene scene) {
    Run run = new Run(by, before, scene);
    try {
      take(run, input);
    } catch (RuntimeException e) {
      run.broken(e);
    }
    return run.advance();
  }

  private static void take(Run run, Input input) {
    if (input instanceof Input.Event) {
      run.happened();
    } else if (input instanceof Input.Moment) {
      run.momentCame();
    } else if (input instanceof Input.Outcome outcome) {
      run.concluded(outcome);
    } else if (input instanceof Input.Asked asked) {
      run.asked(asked.command());
    } else if (input instanceof Input.Published published) {
      run.published(published.newer());
    }
  }
}
