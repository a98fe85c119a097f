package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.parsing.Parsed;
import io.voronka.rules.parsing.RuleParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as people write them into fields, and what a field without a value equals. */
class PeoplesValuesTest {

  private static boolean fires(String test, String... values) {
    return Deciding.when("{'field_value': {'field_id': 5, %s}}".formatted(test))
        .after(updated("1").texts("5", "old"), updated("2").at(1).texts("5", values))
        .fired();
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1 500         | 1500",
        "1\u00a0500\u00a0000,50 | 1500000.5",
        "-1\u202f500   | -1500",
        "1500,5        | 1500.5",
        "0,125         | 0.125",
        "1 500.50      | 1500.5",
        "1.500,50      | 1500.5",
        "1,500.50      | 1500.5",
        "12,345,678.9  | 12345678.9",
      })
  void aNumberIsReadHoweverPeopleGroupItsDigits(String written, String number) {
    assertThat(fires("'operator': 'equals', 'value': %s".formatted(number), written)).isTrue();
    assertThat(fires("'operator': 'not_equals', 'value': %s".formatted(number), written)).isFalse();
    assertThat(fires("'operator': 'in', 'values': [7, %s]".formatted(number), written)).isTrue();
    assertThat(fires("'operator': 'changed_to', 'value': %s".formatted(number), written)).isTrue();
    assertThat(fires("'operator': 'between', 'min': %1$s, 'max': %1$s".formatted(number), written))
        .isTrue();
    assertThat(fires("'operator': 'greater', 'value': %s".formatted(number), written)).isFalse();
    assertThat(fires("'operator': 'less_or_equal', 'value': '%s'".formatted(written), number))
        .isTrue();
  }

  /** The thousands of one country are the decimals of another. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {"1,500", "1 50", "15 00", "1,5,0", "1.500.000", "12 monkeys", "1 500 RUB"})
  void whatMayBeReadInTwoWaysIsNoNumber(String written) {
    String digits = written.replaceAll("[^0-9]", "");

    assertThat(fires("'operator': 'equals', 'value': " + digits, written)).isFalse();
    assertThat(fires("'operator': 'greater', 'value': -1", written)).isFalse();
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "1, true",
    "on, true",
    "ON, true",
    "yes, true",
    "Да, true",
    "0, false",
    "off, false",
    "no, false",
    "НЕТ, false"
  })
  void aFlagIsReadInEveryForm(String written, String flag) {
    String other = flag.equals("true") ? "false" : "true";

    assertThat(fires("'operator': 'equals', 'value': " + flag, written)).isTrue();
    assertThat(fires("'operator': 'not_equals', 'value': " + flag, written)).isFalse();
    assertThat(fires("'operator': 'equals', 'value': " + other, written)).isFalse();
    assertThat(fires("'operator': 'not_equals', 'value': " + other, written)).isTrue();
    assertThat(
            fires(
                "'operator': 'equals', 'value': '%s', 'type': 'boolean'".formatted(written), flag))
        .isTrue();
  }

  /** A field that is known to have no value, told as an empty text and as no text at all. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'operator': 'equals', 'value': ''                        | true",
        "'operator': 'equals', 'value': '', 'ignore_case': true   | true",
        "'operator': 'not_equals', 'value': ''                    | false",
        "'operator': 'in', 'values': ['', 'x']                    | true",
        "'operator': 'not_in', 'values': ['x', '']                | false",
        "'operator': 'changed_to', 'value': ''                    | true",
        "'operator': 'changed_from', 'value': ''                  | false",
        "'operator': 'equals', 'value': 'x'                       | false",
        "'operator': 'not_equals', 'value': 'x'                   | true",
      })
  void aFieldWithoutAValueEqualsTheEmptyText(String test, boolean expected) {
    assertThat(fires(test, "")).as("an empty text").isEqualTo(expected);
    assertThat(fires(test)).as("no text").isEqualTo(expected);
  }

  @Test
  void whatHasAValueDoesNotEqualTheEmptyText() {
    assertThat(fires("'operator': 'equals', 'value': ''", "x")).isFalse();
    assertThat(fires("'operator': 'not_equals', 'value': ''", "x")).isTrue();
    assertThat(
            Deciding.when(
                    "{'field_value': {'field_id': 5, 'operator': 'changed_from', 'value': ''}}")
                .after(updated("1").texts("5"), updated("2").at(1).texts("5", "new"))
                .fired())
        .isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"contains", "not_contains", "starts_with", "ends_with", "matches"})
  void lookingForNothingIsAMistake(String operator) {
    Parsed parsed =
        RuleParser.create()
            .parse(
                """
                {"id": "r", "trigger": {"event": "lead_updated"},
                 "when": {"field_value": {"field": "name", "operator": "%s", "value": ""}},
                 "actions": [{"key": "n", "add_note": {"text": "x"}}]}
                """
                    .formatted(operator));

    assertThat(parsed.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.pointer()).isEqualTo("/when/field_value/value");
              assertThat(problem.message()).contains("not_empty");
            });
  }
}
