package io.voronka.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.catalogue.Unfit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnfitTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'field_id': 77, 'operator': 'empty'                | the account has no custom field of the id 77
          'field_code': 'NONE', 'operator': 'empty'          | the account has no custom field of the code NONE
          'field_id': 1, 'operator': 'equals', 'value': 'x'  | field 1 (Field 1) is a number, and x is none
          'field_id': 1, 'operator': 'equals', 'value': true | field 1 (Field 1) is a number, and true is none
          'field_id': 3, 'operator': 'in', 'values': ['2026-01-31', 'soon'] | field 3 (Field 3) is a date, and soon is none
          'field_id': 4, 'operator': 'equals', 'value': 'maybe' | field 4 (Field 4) is a checkbox, and maybe is none
          'field_id': 5, 'operator': 'equals', 'value': 'Huge' | field 5 (Field 5) has no choice Huge; it has Small (11), Large (12), 11 (13)
          'field_id': 7, 'operator': 'equals', 'value': true | field 7 (Field 7) is a text, and true is none
          'field_id': 7, 'operator': 'equals', 'value': 1, 'part': 'enum_id' | field 7 (Field 7) is a text and has no list
          """)
  void whatDoesNotFitIsToldWithItsPlace(String test, String message) {
    Rule rule =
        Deciding.rule(
            TypedOperatorTest.rule(test.split(", ")[0], test.substring(test.indexOf(", ") + 2)));

    assertThat(Unfit.in(rule, TypedOperatorTest.CATALOGUE))
        .singleElement()
        .satisfies(
            unfit -> {
              assertThat(unfit.pointer()).isEqualTo("/when/field_value");
              assertThat(unfit.message()).startsWith(message);
            });
    assertThat(Unfit.in(rule, FieldCatalogue.UNKNOWN)).as("nothing is known").isEmpty();
  }

  @Test
  void fieldsOfWaitsFiltersAndWritesAreLookedForToo() {
    Rule rule =
        Deciding.rule(
            """
            {'id': 'r', 'trigger': {'event': 'lead_updated'},
             'when': {'all': [
               {'not': {'time_elapsed': {'field_id': 1, 'for': '1d'}}},
               {'event_triggered': {'event': 'lead_updated', 'where': [{'field_id': 78, 'operator': 'empty'}]}}]},
             'actions': [{'key': 'w', 'update_field': {'writes': [{'field_id': 79, 'value': 'x'}, {'field_id': 7, 'value': 'x'}]}}]}
            """);

    assertThat(Unfit.in(rule, TypedOperatorTest.CATALOGUE))
        .extracting(Unfit::pointer)
        .containsExactly(
            "/when/all/0/not/time_elapsed",
            "/when/all/1/event_triggered/where/0",
            "/actions/0/update_field/writes/0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'field_id': 1, 'value': 'many'          | field 1 (Field 1) is a number, and many is none
          'field_id': 3, 'value': 'soon'          | field 3 (Field 3) is a date, and soon is none
          'field_id': 4, 'value': 'maybe'         | field 4 (Field 4) is a checkbox, and maybe is none
          'field_id': 5, 'value': 'Huge'          | field 5 (Field 5) has no choice Huge; it has Small (11), Large (12), 11 (13)
          'field_id': 5, 'enum_ids': 14           | field 5 (Field 5) has no choice 14; it has Small (11), Large (12), 11 (13)
          'field_id': 5, 'enum_codes': ['HUGE']   | field 5 (Field 5) has no choice HUGE; it has Small (11), Large (12), 11 (13)
          'field_code': 'F6', 'values': ['red', 'brown'] | field 6 (Field 6) has no choice brown; it has red (21), green (22), blue (23)
          'field_id': 7, 'enum_ids': 11           | field 7 (Field 7) is a text and has no list
          """)
  void aWriteThatDoesNotFitIsToldWithItsPlace(String write, String message) {
    assertThat(Unfit.in(Deciding.rule(writing(write)), TypedOperatorTest.CATALOGUE))
        .containsExactly(new Unfit("/actions/0/update_field/writes/0", message));
    assertThat(Unfit.in(Deciding.rule(writing(write)), FieldCatalogue.UNKNOWN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'field_id': 1, 'value': '1 250,50'",
        "'field_id': 1, 'value': '{{ lead.name }}'",
        "'field_id': 3, 'value': '31.01.2026'",
        "'field_id': 4, 'value': 'да'",
        "'field_id': 4, 'value': true",
        "'field_id': 5, 'value': 'Large'",
        "'field_id': 5, 'value': 'large'",
        "'field_id': 5, 'enum_ids': 12",
        "'field_id': 5, 'enum_codes': ['BIG']",
        "'field_id': 6, 'values': ['red', 'blue']",
        "'field_id': 7, 'value': 'anything'",
        "'field_id': 9, 'value': 'anything'",
        "'field_id': 1, 'clear': true"
      })
  void aWriteThatFitsIsNotTold(String write) {
    assertThat(Unfit.in(Deciding.rule(writing(write)), TypedOperatorTest.CATALOGUE)).isEmpty();
  }

  private static String writing(String write) {
    return """
        {'id': 'r', 'trigger': {'event': 'lead_updated'},
         'actions': [{'key': 'w', 'update_field': {'writes': [{%s}]}}]}
        """
        .formatted(write);
  }
}
