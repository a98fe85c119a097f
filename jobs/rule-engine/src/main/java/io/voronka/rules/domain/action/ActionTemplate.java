package io.voronka.rules.domain.action;

import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.rules.domain.text.UnfillableTextException;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.SendEmail;
import io.voronka.schemas.StableId;
import io.voronka.schemas.StepRef;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Urgency;
import java.util.HexFormat;

/**
 * One action of a rule.
 *
 * @param pointer JSON pointer in the rule's definition
 * @param key stable within the rule: the id of each action is made from it
 * @param notAfterMillis how long the effect is still wanted: after its event, and after a moment
 *     that rules waited for has been judged
 */
public record ActionTemplate(
    String pointer, String key, Urgency urgency, long notAfterMillis, Effect effect) {

  /**
   * What the request says of its cause.
   *
   * @param anchor fingerprint of what the decision anchors on
   * @param depth as in the record
   * @param agentId that the rule belongs to, null: to none
   */
  public record Cause(
      String decisionId,
      String ruleId,
      long ruleVersion,
      long dueAt,
      long firedAt,
      long anchor,
      int depth,
      String agentId) {}

  /**
   * A redelivered event keeps its old vendor time, so that its effects do not come days late.
   *
   * @throws UnfillableTextException when a text cannot be filled
   */
  public ActionRequested request(SubjectView view, Cause cause) {
    return request(view, cause, null);
  }

  /**
   * As {@link #request(SubjectView, Cause)}.
   *
   * @param step of a sequence that asks, and then the cause names no rule; null: a rule asks
   */
  public ActionRequested request(SubjectView view, Cause cause, StepRef step) {
    Subject subject = view.subject();
    SendEmail mail = effect.sendEmail(view);
    return new ActionRequested(
        StableId.of(cause.decisionId(), key),
        subject.tenantId(),
        subject.accountId(),
        subject.type(),
        subject.id(),
        effect.kind(),
        key,
        cause.decisionId(),
        cause.ruleId(),
        cause.ruleId() == null ? null : cause.ruleVersion(),
        view.event() == null ? HexFormat.of().toHexDigits(cause.anchor()) : view.event().getId(),
        urgency,
        cause.dueAt(),
        cause.firedAt(),
        wantedSince(view, cause) + notAfterMillis,
        effect.changeStage(),
        effect.updateField(view),
        effect.createTask(view, cause.firedAt()),
        effect.sendMessage(view),
        effect.webhook(view),
        effect.addNote(view),
        effect.addTags(),
        effect.runSalesbot(),
        cause.depth(),
        mail,
        effect.aiResponse(view),
        cause.agentId(),
        Recipients.of(view, effect.kind(), mail),
        effect.sequence(view),
        0,
        step);
  }

  /** The log's time may jump over a moment; what follows from it is wanted then all the same. */
  private static long wantedSince(SubjectView view, Cause cause) {
    return view.event() == null ? cause.firedAt() : view.happenedAt();
  }
}
