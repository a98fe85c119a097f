package io.voronka.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.check.Warning.Kind;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.explain.Language;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MisspellingsTest {
  private static Rule rule(String id, String when) {
    return RuleSetCheckTest.rule(
        """
        {'id': '%s', 'trigger': {'event': 'lead_updated'}, 'when': %s,
         'actions': [{'key': 'do', 'add_note': {'text': 'x'}}]}
        """
            .formatted(id, when));
  }

  private static List<Warning> warnings(Rule rule) {
    RuleSetCheck.Found found = RuleSetCheck.check(List.of(rule));
    assertThat(found.complete()).isTrue();
    return found.warnings();
  }

  private static String asks(String field) {
    return "{'field_value': {'field': '%s', 'operator': 'equals', 'value': 'x'}}".formatted(field);
  }

  @ParameterizedTest
  @CsvSource({
    "prise, price",
    "pirce, price",
    "prce, price",
    "prices, price",
    "Price, price",
    "statusId, status_id",
    "pipline_id, pipeline_id",
    "responsable_user_id, responsible_user_id"
  })
  void aFieldThatIsALetterFromAKnownOneIsAskedAbout(String written, String meant) {
    List<Warning> warnings = warnings(rule("big", asks(written)));

    assertThat(warnings).hasSize(1);
    Warning warning = warnings.get(0);
    assertThat(warning.kind()).isEqualTo(Kind.MISSPELT);
    assertThat(warning.places()).containsExactly(new Warning.Place("big", "/when/field_value"));
    assertThat(warning.in(Language.EN)).contains("\"" + written + "\"", "\"" + meant + "\"");
    assertThat(warning.in(Language.RU)).contains("\"" + written + "\"", "\"" + meant + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"price", "text", "created_by", "updated_by", "chat_id", "ids", "origin"})
  void otherFieldsAreNotAskedAbout(String field) {
    assertThat(warnings(rule("r", asks(field)))).isEmpty();
  }

  @Test
  void misspeltFieldsOfFiltersAndDatesAreAskedAboutToo() {
    String filter =
        "{'event_triggered': {'event': 'lead_updated', 'where': [{'field': 'prise', 'operator': 'empty'}]}}";
    String date = "{'time_elapsed': {'field': 'closd_at', 'before': '1d'}}";

    List<Warning> warnings =
        warnings(rule("both", "{'any': [%s, {'not': %s}]}".formatted(filter, date)));

    assertThat(warnings)
        .flatExtracting(Warning::places)
        .extracting(Warning.Place::pointer)
        .containsExactly("/when/any/0/event_triggered/where/0", "/when/any/1/not/time_elapsed");
  }
}
