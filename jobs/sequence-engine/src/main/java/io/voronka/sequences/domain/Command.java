package io.voronka.sequences.domain;

/**
 * What a rule or a person asks of a running enrolment.
 *
 * @param runKey only the run of that key is meant; null: all of the sequence that is named
 * @param stepId with SKIP, the step that it goes on with; null: the one behind where it is
 * @param byRule nobody waits to hear that there is no such enrolment
 */
public record Command(Kind kind, String runKey, String stepId, boolean byRule) {

  /** The kinds of commands. */
  public enum Kind {
    PAUSE,
    /** What it waits for stays due when it was; what has passed meanwhile is due at once. */
    RESUME_KEEPING,
    /** What it waits for is due as much later as it was paused. */
    RESUME_SHIFTING,
    SKIP,
    STOP,
    CANCEL
  }

  /**
   * True when a run of this key is meant.
   *
   * @param key null: it has none
   */
  boolean means(String key) {
    return runKey == null || runKey.equals(key);
  }
}
