package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorTest {
  private static final String[] NOTHING = {};

  /** Columns: operator and operands, value of the field, whether the rule fires. */
  @ParameterizedTest(name = "[{1}] {0}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'operator': 'equals', 'value': 'Ann'                        | Ann          | true
          'operator': 'equals', 'value': 'Ann'                        | ann          | false
          'operator': 'equals', 'value': 'Ann', 'ignore_case': true   | aNN          | true
          'operator': 'equals', 'value': 'Анна', 'ignore_case': true  | АННА         | true
          'operator': 'equals', 'value': 10                           | 10.00        | true
          'operator': 'equals', 'value': 10                           | 10.          | true
          'operator': 'equals', 'value': 10                           | 0010         | true
          'operator': 'equals', 'value': 12                           | 012          | true
          'operator': 'equals', 'value': -10                          | -10.0        | true
          'operator': 'equals', 'value': 1000000000000000000000       | 1e21         | true
          'operator': 'equals', 'value': 10                           | 1e1          | true
          'operator': 'equals', 'value': 0                            | -0.0         | true
          'operator': 'equals', 'value': '10'                         | 10.00        | false
          'operator': 'equals', 'value': 10                           | ten          | false
          'operator': 'equals', 'value': '10', 'type': 'number'       | 10.0         | true
          'operator': 'equals', 'value': 10, 'type': 'text'           | 10           | true
          'operator': 'equals', 'value': true                         | 1            | true
          'operator': 'equals', 'value': true                         | 0            | false
          'operator': 'equals', 'value': false                        | 0            | true
          'operator': 'equals', 'value': true                         | maybe        | false
          'operator': 'equals', 'value': '2026-01-31', 'type': 'date' | 1769817600   | true
          'operator': 'equals', 'value': '2026-01-31T00:00:00Z', 'type': 'date' | 2026-01-31 00:00:00 | true
          'operator': 'not_equals', 'value': 'Ann'                    | Bob          | true
          'operator': 'equals', 'value': '2026-01-31', 'type': 'date' | 2026-01-30T21:00-03:00 | true
          'operator': 'equals', 'value': '2026-01-31', 'type': 'date' | 2026-01-31 03:00:00.5+03:00 | true
          'operator': 'equals', 'value': '2026-01-30T21:00-03:00', 'type': 'date' | 1769817600 | true
          'operator': 'equals', 'value': '1965-03-01', 'type': 'date' | -152668800   | true
          'operator': 'less', 'value': '2000-01-01'                   | -152668800   | true
          'operator': 'greater', 'value': '1960-01-01'                | -152668800   | true
          'operator': 'less', 'value': '2026-01-31', 'type': 'date'   | -            | false
          'operator': 'greater', 'value': '2026-01-31', 'type': 'date' | 999999999999999999 | false
          'operator': 'not_equals', 'value': 'Ann'                    | Ann          | false
          'operator': 'not_equals', 'value': 10                       | ten          | true
          'operator': 'contains', 'value': 'ell'                      | hello        | true
          'operator': 'contains', 'value': 'ELL'                      | hello        | false
          'operator': 'contains', 'value': 'ELL', 'ignore_case': true | hello        | true
          'operator': 'not_contains', 'value': 'ell'                  | hello        | false
          'operator': 'not_contains', 'value': 'x'                    | hello        | true
          'operator': 'starts_with', 'value': '+7'                    | +79991234567 | true
          'operator': 'starts_with', 'value': '+7'                    | 8+7          | false
          'operator': 'ends_with', 'value': '67'                      | +79991234567 | true
          'operator': 'ends_with', 'value': '7.0'                     | 67           | false
          'operator': 'greater', 'value': 9                           | 10           | true
          'operator': 'greater', 'value': 10                          | 10.0         | false
          'operator': 'greater', 'value': 9                           | ten          | false
          'operator': 'greater', 'value': 0.1                         | 0.10000000000000000000001 | true
          'operator': 'greater_or_equal', 'value': 10                 | 10.0         | true
          'operator': 'less', 'value': 10                             | 9.99         | true
          'operator': 'less', 'value': 10                             | 100          | false
          'operator': 'less_or_equal', 'value': 10                    | 10           | true
          'operator': 'less', 'value': '2026-02-01', 'type': 'date'   | 1769817600   | true
          'operator': 'greater', 'value': '2026-02-01', 'type': 'date' | 1769817600  | false
          'operator': 'between', 'min': 1, 'max': 10                  | 10           | true
          'operator': 'between', 'min': 1, 'max': 10                  | 0.99         | false
          'operator': 'between', 'min': 1, 'max': 10                  | x            | false
          'operator': 'in', 'values': ['a', 'b']                      | b            | true
          'operator': 'in', 'values': ['a', 'b']                      | c            | false
          'operator': 'in', 'values': [1, 2]                          | 2.0          | true
          'operator': 'in', 'values': [1, 'b']                        | 1            | true
          'operator': 'not_in', 'values': ['a', 'b']                  | c            | true
          'operator': 'not_in', 'values': ['a', 'b']                  | a            | false
          'operator': 'empty'                                         | ``           | true
          'operator': 'empty'                                         | x            | false
          'operator': 'not_empty'                                     | x            | true
          'operator': 'not_empty'                                     | ``           | false
          'operator': 'matches', 'value': '^\\\\+7[0-9]{10}$'         | +79991234567 | true
          'operator': 'matches', 'value': '^[0-9]+$'                  | 12a          | false
          'operator': 'matches', 'value': 'HEL+O', 'ignore_case': true | hello       | true
          'operator': 'changed_to', 'value': 'new'                    | new          | true
          'operator': 'changed_to', 'value': 'other'                  | new          | false
          'operator': 'changed_from', 'value': 'old'                  | new          | true
          'operator': 'changed_from', 'value': 'other'                | new          | false
          'operator': 'changed'                                       | new          | true
          'operator': 'changed'                                       | old          | false
          'operator': 'changed_to', 'value': 'old'                    | old          | false
          'operator': 'changed_from', 'value': 'old'                  | old          | false
          """)
  void comparesStandardAndCustomFieldsAlike(String test, String value, boolean fires) {
    Deciding standard =
        Deciding.when("{'field_value': {'field': 'x', %s}}".formatted(test))
            .after(updated("1").field("x", "old"), updated("2").at(1).field("x", value));
    Deciding custom =
        Deciding.when("{'field_value': {'field_id': 5, %s}}".formatted(test))
            .after(updated("1").texts("5", "old"), updated("2").at(1).texts("5", value));
    Deciding filter =
        Deciding.by(
                """
                {'id': 'r', 'trigger': {'event': 'lead_updated'},
                 'when': {'event_triggered': {'event': 'lead_updated', 'where': [{'field': 'x', %s}]}},
                 'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
                """
                    .formatted(test.contains("changed") ? "'operator': 'not_empty'" : test))
            .after(updated("2").at(1).field("x", value));

    assertThat(standard.fired()).as("standard field").isEqualTo(fires);
    assertThat(custom.fired()).as("custom field").isEqualTo(fires);
    if (!test.contains("changed")) {
      assertThat(filter.fired()).as("field of the event").isEqualTo(fires);
    }
  }

  @Test
  void ofSeveralValuesAnyOneIsEnoughAndNegationsWantNone() {
    LeadEvents event = updated("1").texts("5", "a", "b");
    assertThat(test("equals", "b", event)).isTrue();
    assertThat(test("not_equals", "b", event)).isFalse();
    assertThat(test("not_equals", "c", event)).isTrue();
    assertThat(test("contains", "c", event)).isFalse();
  }

  @Test
  void theOrderOfSeveralValuesIsNoChange() {
    Deciding deciding =
        Deciding.when("{'field_value': {'field_id': 5, 'operator': 'changed'}}")
            .after(updated("1").texts("5", "a", "b"), updated("2").at(1).texts("5", "b", "a"));
    assertThat(deciding.fired()).isFalse();
    assertThat(deciding.after(updated("3").at(2).texts("5", "b")).fired()).isTrue();
  }

  /** Columns: what is asked, values before and after, whether the rule fires. */
  @ParameterizedTest(name = "{0}: {1} > {2}")
  @CsvSource({
    "changed_to red, blue, red blue, true",
    "changed_to red, red, red blue, false",
    "changed_to red, red blue, red, false",
    "changed_to red, red red, red, false",
    "changed_to red, '', red blue, true",
    "changed_from red, red blue, blue, true",
    "changed_from red, red, red blue, false",
    "changed_from red, red blue, red, false",
    "changed_from red, red blue, '', true"
  })
  void ofSeveralValuesOneHasToComeOrToGo(String test, String before, String after, boolean fires) {
    String[] asked = test.split(" ");
    String condition =
        "{'field_value': {'field_id': 5, 'operator': '%s', 'value': '%s'}}"
            .formatted(asked[0], asked[1]);
    LeadEvents first = updated("1").texts("5", before.isEmpty() ? NOTHING : before.split(" "));
    LeadEvents then = updated("2").at(1).texts("5", after.isEmpty() ? NOTHING : after.split(" "));

    assertThat(Deciding.when(condition).after(first, then).fired()).isEqualTo(fires);
    assertThat(Deciding.when(condition).after(then).fired()).as("unknown before").isFalse();
  }

  /** Columns: operator, values before and after, whether the rule fires. */
  @ParameterizedTest(name = "{0}: {1} > {2}")
  @CsvSource({
    "changed, '', 0, false",
    "changed, false, '', false",
    "changed, '', 1, true",
    "changed, 1, '', true",
    "changed_to, '', 0, false",
    "changed_to, 1, '', true",
    "changed_from, '', 0, false",
    "changed_from, '', 1, true"
  })
  void aFlagThatWasNeverSetIsOff(String operator, String before, String after, boolean fires) {
    String operand = operator.equals("changed") ? "" : ", 'value': false";
    Deciding deciding =
        Deciding.when(
            "{'field_value': {'field_id': 5, 'type': 'boolean', 'operator': '%s'%s}}"
                .formatted(operator, operand));

    deciding.after(updated("1").texts("5", before.isEmpty() ? NOTHING : new String[] {before}));
    deciding.after(updated("2").at(1).texts("5", after.isEmpty() ? NOTHING : new String[] {after}));

    assertThat(deciding.fired()).isEqualTo(fires);
  }

  @Test
  void fieldsAreFoundByCodeAndByEnumeration() {
    LeadEvents event = updated("1").custom("5", "SIZE", new FieldValue("Large", "311", "LARGE"));
    for (String field :
        new String[] {
          "'field_code': 'SIZE', 'value': 'Large'",
          "'field_code': 'SIZE', 'part': 'enum_id', 'value': '311'",
          "'field_id': 5, 'part': 'enum_code', 'value': 'LARGE'"
        }) {
      String condition = "{'field_value': {'operator': 'equals', %s}}".formatted(field);
      assertThat(Deciding.when(condition).after(event).fired()).as(field).isTrue();
    }
  }

  @Test
  void aFieldOfAnEarlierEventIsStillKnown() {
    Deciding deciding =
        Deciding.when("{'field_value': {'field': 'price', 'operator': 'greater', 'value': 9}}")
            .after(updated("1").field("price", "10"), updated("2").at(1).field("name", "x"));
    assertThat(deciding.fired()).isTrue();
  }

  @Test
  void whatWasNeverSeenIsUnknownAndNeverFires() {
    for (String test :
        new String[] {
          "'operator': 'not_equals', 'value': 'a'", "'operator': 'empty'",
          "'operator': 'not_in', 'values': ['a']", "'operator': 'less', 'value': 5"
        }) {
      String condition = "{'field_value': {'field': 'x', %s}}".formatted(test);
      Deciding plain = Deciding.when(condition).after(updated("1").field("name", "n"));
      Deciding negated =
          Deciding.when("{'not': %s}".formatted(condition)).after(updated("1").field("name", "n"));

      assertThat(plain.fired()).as(test).isFalse();
      assertThat(negated.fired()).as("not %s", test).isFalse();
      assertThat(plain.verdict().getActual()).as("unknown").isNull();
      assertThat(plain.verdict().getClause()).isEqualTo("/when/field_value");
    }
  }

  @Test
  void aNewLeadsFieldsAreChangedFromNothing() {
    LeadEvents created = LeadEvents.event(EventKind.LEAD_CREATED, "1").field("name", "n");
    assertThat(change("'operator': 'changed'").after(created).fired()).isTrue();
    assertThat(change("'operator': 'changed_to', 'value': 'n'").after(created).fired()).isTrue();
    assertThat(change("'operator': 'changed_from', 'value': 'n'").after(created).fired()).isFalse();
  }

  @Test
  void aLateEventChangesNoFieldBack() {
    Deciding deciding =
        change("'operator': 'changed'")
            .after(updated("1").field("name", "a"), updated("2").at(60).field("name", "b"));

    deciding.after(updated("3").at(30).field("name", "c").field("price", "5"));

    assertThat(deciding.outcome()).isEqualTo(io.voronka.schemas.VerdictOutcome.STALE);
    assertThat(deciding.state().text("name")).isEqualTo("b");
    assertThat(deciding.state().text("price")).as("news, though late").isEqualTo("5");
  }

  @Test
  void aHugeExponentIsJustANumber() {
    Deciding deciding =
        Deciding.when("{'field_value': {'field': 'x', 'operator': 'less', 'value': 5}}");
    assertThat(deciding.after(updated("1").field("x", "1e999999999")).fired()).isFalse();
    assertThat(deciding.after(updated("2").field("x", "9".repeat(10_000))).fired()).isFalse();
  }

  private static Deciding change(String test) {
    return Deciding.when("{'field_value': {'field': 'name', %s}}".formatted(test));
  }

  private static boolean test(String operator, String value, LeadEvents event) {
    return Deciding.when(
            "{'field_value': {'field_id': 5, 'operator': '%s', 'value': '%s'}}"
                .formatted(operator, value))
        .after(event)
        .fired();
  }
}
