package io.voronka.jobs.evaluaterules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.evaluaterules.ControlRows;
import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TypedRulesTest {
  private static final RuleParser PARSER = RuleParser.create();
  private static final String ON_FIELD =
      """
      {'id': 'f', 'trigger': {'event': 'lead_updated'},
       'when': {'field_value': {'field_id': 5, 'operator': 'equals', 'value': '10'}},
       'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
      """;
  private static final String ON_PRICE = ON_FIELD.replace("'field_id': 5", "'field': 'price'");

  private final ControlSnapshot control = new ControlSnapshot(RulesInForce.NEEDED);
  private final RulesInForce rules =
      new RulesInForce(
          control,
          row -> RuleReading.of(PARSER.parse(row.getDefinition()).rule().orElseThrow()),
          (row, reason, detail, at) -> {
            throw new AssertionError(detail);
          });

  private void apply(ControlUpdate... updates) {
    for (ControlUpdate update : updates) {
      update.applyTo(control);
      rules.changed(update.table(), update.key(), update.change());
    }
  }

  private RuleSet at(long time) {
    return rules.at("acme", "kommo-1", time);
  }

  private String type(long time) {
    return ((FieldCondition) at(time).rules().get(0).rule().when().orElseThrow())
        .test()
        .type()
        .name();
  }

  @Test
  void eachTimeHasItsTypeAndBeforeTheFirstTheRuleIsAsWritten() {
    apply(
        ControlRows.field("5", "A", "numeric", 3000),
        ControlRows.rule("f", 1, ON_FIELD),
        ControlRows.ruleSet(1, 1000, "f:1"),
        ControlRows.field("5", "A", "date", 2000));

    assertThat(type(1999)).isEqualTo("TEXT");
    assertThat(type(2000)).isEqualTo("DATE");
    assertThat(type(3000)).isEqualTo("NUMBER");
    assertThat(rules.nextChange("acme", 1000)).hasValue(2000);
    assertThat(rules.nextChange("acme", 2000)).hasValue(3000);
    assertThat(rules.nextChange("acme", 3000)).isEmpty();
    assertThat(at(3000)).as("made once").isSameAs(at(4000));
  }

  @Test
  void fieldsThatNoRuleNamesMakeNoOtherSet() {
    apply(ControlRows.rule("f", 1, ON_PRICE), ControlRows.ruleSet(1, 1000, "f:1"));
    RuleSet before = at(9000);

    apply(ControlRows.field("5", "A", "numeric", 2000), ControlRows.field("6", "B", "text", 3000));

    assertThat(at(2000)).isSameAs(before);
    assertThat(at(9000)).isSameAs(before);
    apply(ControlRows.rule("f", 2, ON_FIELD), ControlRows.ruleSet(2, 4000, "f:2"));
    assertThat(at(5000)).as("6 has changed in between").isSameAs(at(9000));
    assertThat(type(5000)).isEqualTo("NUMBER");
    RuleSet typed = at(9000);
    apply(ControlRows.field("7", "C", "text", 8000));
    assertThat(at(9000)).as("kept while an import goes on").isSameAs(typed);
  }

  @Test
  void aRepeatedRowChangesNothingAndOneThatIsNotRepeatedIsGone() {
    apply(
        ControlRows.rule("f", 1, ON_FIELD),
        ControlRows.ruleSet(1, 1000, "f:1"),
        ControlRows.field("5", "A", "numeric", 2000));
    RuleSet typed = at(2000);

    apply(ControlRows.field("5", "A", "numeric", 2000));
    assertThat(at(2000)).isSameAs(typed);

    apply(ControlRows.complete(ControlTable.FIELDS, 0, 2));
    assertThat(type(2000)).isEqualTo("TEXT");
  }

  @Test
  void whatCannotBeInForceAnyMoreIsForgotten() {
    apply(
        ControlRows.rule("f", 1, ON_FIELD),
        ControlRows.ruleSet(1, 1000, "f:1"),
        ControlRows.field("5", "A", "numeric", 2000),
        ControlRows.field("5", "A", "date", 3000));
    RuleSet typed = at(9000);

    rules.forgetBefore(5000);

    assertThat(at(9000)).isSameAs(typed);
    assertThat(type(2500)).as("nobody asks any more").isEqualTo("TEXT");
  }

  @Test
  void onlyWhatWaitingRulesNameMakesSubjectsBeGoneThrough() {
    String waiting =
        "{'id': 'w', 'when': {'all': [{'time_elapsed': {'since': 'creation', 'for': '1h'}}, "
            + "{'field_value': {'field_id': 5, 'operator': 'equals', 'value': '10'}}]}, "
            + "'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}";
    apply(ControlRows.rule("w", 1, waiting), ControlRows.ruleSet(1, 1000, "w:1"));
    long before = rules.waits("acme", 9000);

    apply(ControlRows.field("6", "B", "numeric", 2000));
    assertThat(rules.waits("acme", 9000)).isEqualTo(before).isNotZero();

    apply(ControlRows.field("5", "A", "numeric", 3000));
    assertThat(rules.waits("acme", 2999)).isEqualTo(before);
    assertThat(rules.waits("acme", 3000)).isNotEqualTo(before).isNotZero();
  }

  @Test
  void datesAreOfTheTenantsClocksWithNoFieldKnown() {
    String closed =
        ON_PRICE.replace(
            "'price', 'operator': 'equals', 'value': '10'",
            "'closed_at', 'operator': 'less', 'type': 'date', 'value': '2026-03-01'");
    apply(
        tenant("Europe/Moscow"),
        ControlRows.rule("f", 1, closed),
        ControlRows.ruleSet(1, 1000, "f:1"));
    assertThat(operand()).isEqualTo(Instant.parse("2026-02-28T21:00:00Z").getEpochSecond());
    assertThat(at(9000)).as("made once").isSameAs(at(9000));

    apply(tenant("Asia/Dubai"));
    assertThat(operand()).isEqualTo(Instant.parse("2026-02-28T20:00:00Z").getEpochSecond());
  }

  @Test
  void anotherZoneMakesSubjectsBeGoneThroughThatWaitForDates() {
    String waiting =
        "{'id': 'w', 'when': {'time_elapsed': {'field_id': 5}}, 'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}";
    apply(
        tenant("Europe/Moscow"),
        ControlRows.rule("w", 1, waiting),
        ControlRows.ruleSet(1, 1000, "w:1"));
    long before = rules.waits("acme", 9000);

    apply(tenant("Asia/Dubai"));

    assertThat(rules.waits("acme", 9000)).isNotEqualTo(before);
  }

  private static ControlUpdate tenant(String zone) {
    ControlUpdate row = ControlRows.tenant(true);
    row.change().getTenant().setTimeZone(zone);
    return row;
  }

  private Object operand() {
    Condition when = at(9000).rules().get(0).rule().when().orElseThrow();
    return ((FieldCondition) when).test().operands().get(0);
  }
}
