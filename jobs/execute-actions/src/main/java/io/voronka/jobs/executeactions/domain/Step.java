package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionOutcome;
import java.util.List;

/**
 * What the operator has to do next about one action, after it has stored the action's progress.
 *
 * @param outcome set when it is finished
 * @param vendorId id that the vendor gave, null when none
 * @param verified finished because a read showed the effect
 * @param scripts ids of the sales scripts that it was made from, where that is known
 */
public record Step(
    Kind kind,
    PendingAction action,
    ActionOutcome outcome,
    String vendorId,
    boolean verified,
    List<String> scripts) {

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
    return new Step(kind, action, null, null, false, List.of());
  }

  static Step finish(PendingAction action, ActionOutcome outcome) {
    return new Step(Kind.FINISH, action, outcome, null, false, List.of());
  }

  /** The other side's answer said so. */
  static Step done(PendingAction action, SendResult result) {
    return new Step(
        Kind.FINISH, action, ActionOutcome.CONFIRMED, result.vendorId(), false, result.scripts());
  }

  /** A read showed it. */
  static Step found(PendingAction action, String vendorId) {
    return new Step(Kind.FINISH, action, ActionOutcome.CONFIRMED, vendorId, true, List.of());
  }

  public boolean finished() {
    return kind == Kind.FINISH;
  }
}
