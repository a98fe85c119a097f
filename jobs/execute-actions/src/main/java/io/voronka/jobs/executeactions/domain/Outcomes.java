package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionQueued;
import io.voronka.schemas.ActionRequested;

/** Writes the lines of the ledger that say what became of an action, and when it will leave. */
public final class Outcomes {
  private static final int LONGEST_DETAIL = 500;

  private Outcomes() {}

  /**
   * Of an action whose last step is FINISH.
   *
   * @param target Kafka key of the request
   */
  public static ActionCompleted of(String target, ActionRequested request, Step step, long now) {
    ActionProgress progress = step.action().progress();
    boolean confirmed = step.outcome() == ActionOutcome.CONFIRMED;
    Reason reason = confirmed && !step.verified() ? null : progress.reason();
    return start(target, request, step.outcome(), reason, progress.detail(), now)
        .setAttempts(progress.attempts())
        .setStatusCode(progress.statusCode())
        .setVendorId(step.vendorId())
        .setVerifiedByRead(step.verified())
        .setScripts(step.scripts())
        .setSentAt(progress.sentAt() == 0 ? null : progress.sentAt())
        .build();
  }

  /** Of a request that never came into a queue. */
  public static ActionCompleted refused(
      String target, ActionRequested request, Reason reason, String detail, long now) {
    return start(target, request, ActionOutcome.REFUSED, reason, detail, now)
        .setAttempts(0)
        .build();
  }

  /**
   * Of an action that waits, and is to be told when it will leave.
   *
   * @param requestsAhead of it
   */
  public static ActionQueued queued(
      String target,
      ActionRequested request,
      ActionProgress progress,
      int requestsAhead,
      long now) {
    return ActionQueued.newBuilder()
        .setActionId(request.getId())
        .setTenantId(request.getTenantId())
        .setAccountId(request.getAccountId())
        .setSubjectType(request.getSubjectType())
        .setSubjectId(request.getSubjectId())
        .setKind(request.getKind())
        .setDecisionId(request.getDecisionId())
        .setRuleId(request.getRuleId())
        .setTarget(target)
        .setExpectedAt(progress.expectedAt())
        .setRequestsAhead(requestsAhead)
        .setToldAt(now)
        .setStep(request.getStep())
        .build();
  }

  private static ActionCompleted.Builder start(
      String target,
      ActionRequested request,
      ActionOutcome outcome,
      Reason reason,
      String detail,
      long now) {
    return ActionCompleted.newBuilder()
        .setActionId(request.getId())
        .setTenantId(request.getTenantId())
        .setAccountId(request.getAccountId())
        .setSubjectType(request.getSubjectType())
        .setSubjectId(request.getSubjectId())
        .setKind(request.getKind())
        .setDecisionId(request.getDecisionId())
        .setRuleId(request.getRuleId())
        .setStep(request.getStep())
        .setEventId(request.getEventId())
        .setRedelivery(request.getRedelivery())
        .setOutcome(outcome)
        .setReason(reason == null ? null : reason.text())
        .setDetail(cut(detail))
        .setTarget(target)
        .setCompletedAt(now);
  }

  private static String cut(String detail) {
    return detail == null || detail.length() <= LONGEST_DETAIL
        ? detail
        : detail.substring(0, LONGEST_DETAIL);
  }
}
