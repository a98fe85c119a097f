package io.voronka.rules.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.Effect;
import io.voronka.rules.domain.condition.StageChanged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nobody means is told of with its place, and never ends in a failure of the parser. */
class HostileDefinitionTest {
  private static final RuleParser PARSER = RuleParser.create();

  private static Parsed parse(String rest) {
    String definition =
        "{'id': 'r', 'trigger': {'event': 'lead_updated'}, %s}".formatted(rest).replace('\'', '"');
    return PARSER.parse(definition);
  }

  private static Parsed withWhen(String when) {
    return parse(
        "'when': %s, 'actions': [{'key': 'a', 'add_note': {'text': 'x'}}]".formatted(when));
  }

  private static void assertOneProblem(Parsed parsed, String pointer, String message) {
    assertThat(parsed.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.pointer()).isEqualTo(pointer);
              assertThat(problem.message()).contains(message);
            });
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"PT9223372036854775807S", "PT-5S", "PT0.0000001S", "P106751991167D", "999999999d"})
  void aDurationIsOneThatClocksCanTell(String duration) {
    Parsed parsed =
        withWhen("{'time_elapsed': {'since': 'creation', 'for': '%s'}}".formatted(duration));

    assertThat(parsed.problems())
        .extracting(Problem::pointer)
        .containsOnly("/when/time_elapsed/for");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"1e2000", "-1e-2000", "1e999999999"})
  void aNumberThatIsTooLongIsToldOfWhereItStands(String number) {
    String test = "{'field_value': {'field': 'price', 'operator': 'greater', 'value': %s}}";
    assertOneProblem(
        withWhen(test.formatted(number)), "/when/field_value/value", "at most 1000 digits");

    Parsed write =
        parse(
            "'actions': [{'key': 'a', 'update_field': {'writes': [{'field_id': 7, 'value': %s}]}}]"
                .formatted(number));
    assertOneProblem(write, "/actions/0/update_field/writes/0/value", "at most 1000 digits");
  }

  @Test
  void aNumberThatCannotEvenBeReadIsNoFailure() {
    Parsed parsed =
        withWhen(
            "{'field_value': {'field': 'price', 'operator': 'greater', 'value': 1e9999999999}}");

    assertOneProblem(parsed, "", "too large");
  }

  @Test
  void anIdWithADecimalPointIsTheSameId() {
    Rule rule =
        parse(
                "'when': {'stage_changed': {'to': 142.0, 'pipeline': [7.0, 8]}},"
                    + " 'actions': [{'key': 'a', 'change_stage': {'stage': 143.0}}]")
            .rule()
            .orElseThrow();

    StageChanged entered = (StageChanged) rule.when().orElseThrow();
    assertThat(entered.to()).containsExactly("142");
    assertThat(entered.pipelines()).containsExactly("7", "8");
    assertThat(rule.actions().get(0).effect()).isEqualTo(new Effect.MoveStage(null, "143"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"-1", "1e30", "1e999999999", "14.5"})
  void whatCanBeNoIdIsRefused(String id) {
    assertThat(withWhen("{'stage_changed': {'to': %s}}".formatted(id)).problems())
        .extracting(Problem::pointer)
        .containsExactly("/when/stage_changed/to");
    assertThat(
            parse("'actions': [{'key': 'a', 'change_stage': {'stage': %s}}]".formatted(id))
                .problems())
        .extracting(Problem::pointer)
        .containsExactly("/actions/0/change_stage/stage");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"{'not': , }", "{'all': [, ]}", "{'any': [[, ]]}"})
  void howDeepADefinitionNestsIsBounded(String opening, String closing) {
    String leaf = "{'field_value': {'field': 'name', 'operator': 'empty'}}";
    String deep = opening.repeat(330) + leaf + closing.repeat(330);

    assertThat(withWhen(deep).problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.pointer()).startsWith("/when/");
              assertThat(problem.message()).contains("nests at most 100 deep");
            });
  }

  @Test
  void conditionsMayNestAsDeepAsIsPromised() {
    String leaf = "{'field_value': {'field': 'name', 'operator': 'in', 'values': ['a', 'b']}}";

    assertThat(withWhen("{'all': [".repeat(20) + leaf + "]}".repeat(20)).problems()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "((((a{1,100}){1,100}){1,100}){1,100})",
        "(a{1000}){1000}",
        "((a?){500}){500}",
        ")(a{1000}){1000}",
        "(\\\\Qaaaaaaaaaa\\\\E{1}){999}[a]{10}"
      })
  void anExpressionIsMeasuredBeforeItIsCompiled(String expression) {
    assertOneProblem(matching(expression), "/when/field_value/value", "too large");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "a{1000}",
        "^.{0,1000}$",
        "(\\\\d{1,3}\\\\.){3}\\\\d{1,3}",
        "(a{0,50}){0,30}",
        "a{b{c}"
      })
  void anExpressionOfSensibleSizeIsTaken(String expression) {
    assertThat(matching(expression).problems()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"+999999999-12-31T23:59:59Z", "+292278994-08-17T07:12:55", "-0001-01-01T00:00"})
  void aTimeIsOneThatPeopleMean(String time) throws JsonProcessingException {
    String example =
        """
        {"name": "x", "steps": [{"at": "%s"}], "lead": {"in_stage_since": "%s"}}"""
            .formatted(time, time);

    assertThat(
            ExampleParser.create()
                .parse(new ObjectMapper().readTree(example), "acme", "any", AccountSetting.UNKNOWN)
                .problems())
        .extracting(Problem::pointer)
        .contains("/steps/0/at", "/lead/in_stage_since");
  }

  private static Parsed matching(String expression) {
    return withWhen(
        "{'field_value': {'field': 'name', 'operator': 'matches', 'value': '%s'}}"
            .formatted(expression));
  }
}
