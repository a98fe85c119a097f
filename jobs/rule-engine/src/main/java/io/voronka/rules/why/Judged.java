package io.voronka.rules.why;

import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.util.Objects;

/**
 * A verdict on the rule.
 *
 * @param event UNKNOWN at a moment
 * @param eventId of the record
 * @param at the log's clock when it was decided, epoch milliseconds
 * @param rebuilt true when no such verdict is on record, and it was judged again from the records
 */
public record Judged(
    RuleVerdict verdict,
    EventKind event,
    String eventId,
    long setVersion,
    long at,
    boolean rebuilt) {
  private static final String TRIGGER = "/trigger";

  public Judged {
    Objects.requireNonNull(verdict, "verdict");
  }

  static Judged recorded(RuleDecided decided, RuleVerdict verdict) {
    return new Judged(
        verdict,
        decided.getEventKind(),
        decided.getEventId(),
        decided.getSetVersion(),
        decided.getFiredAt(),
        false);
  }

  VerdictOutcome outcome() {
    return verdict.getOutcome();
  }

  /**
   * One more of the hooks by which the CRM tells of a move that was judged already: it says nothing
   * of the rule.
   */
  boolean furtherHook() {
    return outcome() == VerdictOutcome.NOT_MATCHED && TRIGGER.equals(verdict.getClause());
  }
}
