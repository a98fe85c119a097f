package io.voronka.rules.domain.action;

import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Urgency;

/**
 * One action of a rule.
 *
 * @param pointer JSON pointer in the rule's definition
 * @param key stable within the rule: the id of each action is made from it
 * @param notAfterMillis how long after its event the effect is still wanted
 */
public record ActionTemplate(
    String pointer, String key, Urgency urgency, long notAfterMillis, Effect effect) {

  /** What the request says of its cause. */
  public record Cause(
      String decisionId, String ruleId, long ruleVersion, long dueAt, long firedAt) {}

  /**
   * @throws MissingValueException when a text names a variable without a value
   */
  public ActionRequested request(SubjectView view, Cause cause) {
    CrmEvent event = view.event();
    return new ActionRequested(
        StableId.of(cause.decisionId(), key),
        event.getTenantId(),
        event.getAccountId(),
        event.getSubjectType(),
        event.getSubjectId(),
        effect.kind(),
        key,
        cause.decisionId(),
        cause.ruleId(),
        cause.ruleVersion(),
        event.getId(),
        urgency,
        cause.dueAt(),
        cause.firedAt(),
        happenedAt(event, cause) + notAfterMillis,
        effect.changeStage(),
        effect.updateField(view),
        effect.createTask(view, cause.firedAt()),
        effect.sendMessage(view),
        effect.webhook(view),
        effect.addNote(view),
        effect.addTags(),
        effect.runSalesbot());
  }

  /** A redelivered event keeps its old vendor time, so that its effects do not come days late. */
  private static long happenedAt(CrmEvent event, Cause cause) {
    Long occurredAt = event.getOccurredAt();
    return occurredAt == null ? cause.dueAt() : Math.min(occurredAt, cause.dueAt());
  }
}
