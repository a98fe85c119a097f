package io.voronka.jobs.evaluaterules.domain;

import io.voronka.rules.domain.Rule;
import io.voronka.schemas.RuleRow;
import java.util.Optional;

/**
 * What came of a rule's row. Either a rule, or the reason why there is none.
 *
 * @param detail for the log; empty with a rule
 */
public record RuleReading(
    Optional<Rule> rule, Optional<QuarantineReason> quarantined, String detail) {

  /** Turns a row into a rule; never throws. */
  @FunctionalInterface
  public interface Reader {
    RuleReading read(RuleRow row);
  }

  /** Told once per version of a rule that is left out. */
  @FunctionalInterface
  public interface QuarantineListener {
    /**
     * @param at the log's time of the event that showed it, epoch milliseconds; 0 when no event did
     */
    void quarantined(RuleRow row, QuarantineReason reason, String detail, long at);
  }

  public static RuleReading of(Rule rule) {
    return new RuleReading(Optional.of(rule), Optional.empty(), "");
  }

  public static RuleReading quarantined(QuarantineReason reason, String detail) {
    return new RuleReading(Optional.empty(), Optional.of(reason), detail);
  }
}
