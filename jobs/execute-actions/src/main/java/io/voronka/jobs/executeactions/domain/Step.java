package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What the operator has to do next about one action, after it has stored the action's progress.
 *
 * @param outcome set when it is finished
 * @param vendorId id that the vendor gave, null when none
 * @param verified finished because a read showed the effect
 * @param company with SEND and READ: others that leave in the same request
 * @param scripts ids of the sales scripts that it was made from, where that is known
 */
public record Step(
    Kind kind,
    PendingAction action,
    ActionOutcome outcome,
    String vendorId,
    boolean verified,
    List<String> scripts,
    List<PendingAction> company) {

  /** Each but FINISH leaves the action unfinished. */
  public enum Kind {
    SEND,
    READ,
    /** Ask the journal of sends whether an earlier life of the job has begun it. */
    ASK,
    /** Nothing but storing its progress. */
    KEEP,
    /** Say when it will leave. */
    TELL,
    FINISH
  }

  static Step of(Kind kind, PendingAction action) {
    return new Step(kind, action, null, null, false, List.of(), List.of());
  }

  static Step finish(PendingAction action, ActionOutcome outcome) {
    return new Step(Kind.FINISH, action, outcome, null, false, List.of(), List.of());
  }

  /** The other side's answer said so. */
  static Step done(PendingAction action, SendResult result) {
    return new Step(
        Kind.FINISH,
        action,
        ActionOutcome.CONFIRMED,
        result.vendorId(),
        false,
        result.scripts(),
        List.of());
  }

  /** A read showed it. */
  static Step found(PendingAction action, String vendorId) {
    return new Step(
        Kind.FINISH, action, ActionOutcome.CONFIRMED, vendorId, true, List.of(), List.of());
  }

  /** The journal of sends has kept how it ended in an earlier life. */
  static Step ended(PendingAction action, SendEnd end) {
    return new Step(
        Kind.FINISH, action, end.outcome(), end.vendorId(), false, end.scripts(), List.of());
  }

  Step with(List<PendingAction> others) {
    return new Step(kind, action, outcome, vendorId, verified, scripts, List.copyOf(others));
  }

  /** The action, and its company. */
  public List<PendingAction> actions() {
    List<PendingAction> all = new ArrayList<>(1 + company.size());
    all.add(action);
    all.addAll(company);
    return all;
  }

  /** Of the action, and of its company. */
  public List<String> ids() {
    return actions().stream().map(PendingAction::id).toList();
  }

  public boolean finished() {
    return kind == Kind.FINISH;
  }
}
