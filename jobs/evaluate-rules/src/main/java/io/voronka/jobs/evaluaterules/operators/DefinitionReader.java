package io.voronka.jobs.evaluaterules.operators;

import io.voronka.jobs.evaluaterules.domain.QuarantineReason;
import io.voronka.jobs.evaluaterules.domain.RuleReading;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.parsing.Parsed;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.RuleRow;

/** Reads the definitions of rules; whatever one of them holds, the others are not harmed. */
final class DefinitionReader implements RuleReading.Reader {
  private final RuleParser parser;

  private DefinitionReader(RuleParser parser) {
    this.parser = parser;
  }

  static DefinitionReader create() {
    return new DefinitionReader(RuleParser.create());
  }

  @Override
  public RuleReading read(RuleRow row) {
    Parsed parsed;
    try {
      parsed = parser.parse(row.getDefinition());
    } catch (RuntimeException | StackOverflowError e) {
      return RuleReading.quarantined(QuarantineReason.NOT_COMPILED, e.toString());
    }
    if (!parsed.ok()) {
      return RuleReading.quarantined(
          QuarantineReason.INVALID_DEFINITION, parsed.problems().toString());
    }
    Rule rule = parsed.rule().get();
    return rule.id().equals(row.getRuleId())
        ? RuleReading.of(rule)
        : RuleReading.quarantined(QuarantineReason.OTHER_ID, "it says " + rule.id());
  }
}
