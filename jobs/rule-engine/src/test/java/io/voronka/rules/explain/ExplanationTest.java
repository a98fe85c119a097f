package io.voronka.rules.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.condition.Operator;
import io.voronka.rules.parsing.Parsed;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.EventKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationTest {
  private static final RuleParser PARSER = RuleParser.create();

  /** A rule on one line, and its two sentences. */
  record Told(String rule, String english, String russian) {}

  static Stream<Told> table() throws IOException {
    try (InputStream in = ExplanationTest.class.getResourceAsStream("explanations.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.strip().split("\n\n"))
          .map(entry -> entry.split("\n"))
          .map(lines -> new Told(lines[0], lines[1], lines[2]))
          .toList()
          .stream();
    }
  }

  private static Rule rule(String definition) {
    Parsed parsed = PARSER.parse(definition.replace('\'', '"'));
    return parsed.rule().orElseThrow(() -> new AssertionError(parsed.problems().toString()));
  }

  @ParameterizedTest
  @MethodSource("table")
  void aRuleIsOneSentence(Told told) {
    Rule rule = rule(told.rule());

    assertThat(Explanation.in(Language.EN).of(rule)).isEqualTo(told.english());
    assertThat(Explanation.in(Language.RU).of(rule)).isEqualTo(told.russian());
  }

  @Test
  void theTableHasEveryOperatorAndAction() throws IOException {
    List<String> rules = table().map(Told::rule).toList();

    for (Operator operator : Operator.values()) {
      assertThat(rules)
          .as(operator.written())
          .anyMatch(rule -> rule.contains("'operator': '" + operator.written() + "'"));
    }
    for (String action :
        List.of(
            "change_stage",
            "update_field",
            "create_task",
            "send_message",
            "webhook",
            "add_note",
            "add_tags",
            "run_salesbot")) {
      assertThat(rules).as(action).anyMatch(rule -> rule.contains("'" + action + "': {"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"UNKNOWN", "TICK", "LEAD_IMPORTED", "CONTACT_IMPORTED", "COMPANY_IMPORTED"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyKindOfEventHasItsOwnWords(EventKind kind) {
    String written = kind.name().toLowerCase(java.util.Locale.ROOT);
    String definition =
        "{'id': 'a', 'trigger': {'event': '%s'}, 'when': {'all': [{'event_triggered': {'event': '%s'}}, {'time_elapsed': {'since': '%s', 'for': '1h', 'unless': '%s'}}]}, 'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}"
            .formatted(written, written, written, written);

    for (Language language : Language.values()) {
      String sentence = Explanation.in(language).of(rule(definition));
      assertThat(sentence).doesNotContain("null").doesNotContain(written).doesNotContain("_");
    }
  }

  @Test
  void secretsOfHeadersAreNotTold() {
    String definition =
        "{'id': 'a', 'trigger': {'event': 'lead_updated'}, 'actions': [{'key': 'n', 'webhook': {'url': 'https://x.test', 'headers': {'Authorization': 'Bearer abc'}}}]}";

    for (Language language : Language.values()) {
      assertThat(Explanation.in(language).of(rule(definition)))
          .contains("Authorization")
          .doesNotContain("abc");
    }
  }
}
