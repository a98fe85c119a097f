package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionOutcome;

/**
 * What the operator has to do next about one action, after it has stored the action's progress.
 *
 * @param outcome set when it is finished
 * @param vendorId id that the vendor gave, null when none
 * @param verified finished because a read showed the effect
 */
public record Step(
    Kind kind, PendingAction action, ActionOutcome outcome, String vendorId, boolean verified) {

  /** Each but FINISH leaves the action unfinished. */
  public enum Kind {
    SEND,
    READ,
    /** Tell when a checkpoint holds its progress. */
    ARM,
    /** Nothing but storing its progress. */
    KEEP,
    FINISH
  }

  static Step of(Kind kind, PendingAction action) {
    return new Step(kind, action, null, null, false);
  }

  static Step finish(PendingAction action, ActionOutcome outcome) {
    return new Step(Kind.FINISH, action, outcome, null, false);
  }

  static Step confirmed(PendingAction action, String vendorId, boolean verified) {
    return new Step(Kind.FINISH, action, ActionOutcome.CONFIRMED, vendorId, verified);
  }

  public boolean finished() {
    return kind == Kind.FINISH;
  }
}
