package io.voronka.rules.domain.subject;

/**
 * What an event says about the subject's stage, judged against what was known before it.
 *
 * @param from stage and pipeline before; null when unknown, or when the lead did not exist before
 * @param to stage and pipeline that the event shows; null when it shows none
 */
public record StageMove(
    Status status, String from, String fromPipeline, String to, String toPipeline) {

  public enum Status {
    /** The lead is in the stage it was in before, or the event does not tell. */
    NONE,
    /** The lead moved from one stage to another. */
    MOVED,
    /** The lead was created in the stage. */
    CREATED,
    /** The event is the first to show a stage; nobody can tell when the lead came there. */
    UNKNOWN,
    /** The event is older than the stage that is known. */
    STALE
  }

  static final StageMove NONE = new StageMove(Status.NONE, null, null, null, null);

  /** True when the lead entered the stage with this event. */
  public boolean entered() {
    return status == Status.MOVED || status == Status.CREATED;
  }

  /** True when the event tells of a stage that was overtaken by a newer one. */
  public boolean stale() {
    return status == Status.STALE;
  }
}
