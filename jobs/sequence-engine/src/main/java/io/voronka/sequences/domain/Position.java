package io.voronka.sequences.domain;

/**
 * Where an enrolment is.
 *
 * @param stepId the step that it waits in, or with READY the one that it comes to next; null: the
 *     end
 * @param since when it came to the step, epoch milliseconds
 * @param due when the wait is over if nothing else happens, epoch milliseconds; {@link #NEVER} with
 *     READY
 * @param asked how often the step's action was asked for
 */
public record Position(String stepId, Phase phase, long since, long due, int asked) {
  public static final long NEVER = Long.MAX_VALUE;

  /** What it waits for. */
  public enum Phase {
    /** For nothing but, perhaps, the end of a pause. */
    READY,
    TIME,
    EVENT,
    OUTCOME
  }

  static Position ready(String stepId, long now) {
    return new Position(stepId, Phase.READY, now, NEVER, 0);
  }

  Position dueAt(long moment) {
    return new Position(stepId, phase, since, moment, asked);
  }
}
