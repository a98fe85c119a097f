package io.voronka.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.check.Warning.Kind;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.explain.Language;
import io.voronka.rules.parsing.Parsed;
import io.voronka.rules.parsing.RuleParser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetCheckTest {
  private static final RuleParser PARSER = RuleParser.create();

  static Rule rule(String definition) {
    Parsed parsed = PARSER.parse(definition.replace('\'', '"'));
    return parsed.rule().orElseThrow(() -> new AssertionError(parsed.problems() + definition));
  }

  private static Rule rule(String id, String trigger, String when, String action, String more) {
    List<String> parts = new ArrayList<>();
    parts.add("'id': '%s'".formatted(id));
    if (!trigger.isEmpty()) {
      parts.add("'trigger': {'event': ['%s']}".formatted(trigger.replace(" ", "', '")));
    }
    if (!when.isEmpty()) {
      parts.add("'when': " + when);
    }
    if (!more.isEmpty()) {
      parts.add(more);
    }
    parts.add("'actions': [{'key': 'do', %s}]".formatted(action));
    return rule("{" + String.join(", ", parts) + "}");
  }

  private static Rule rule(String id, String trigger, String when, String action) {
    return rule(id, trigger, when, action, "");
  }

  private static String moved(int to) {
    return "{'stage_changed': {'to': %d}}".formatted(to);
  }

  private static String move(int to) {
    return "'change_stage': {'stage': %d}".formatted(to);
  }

  private static String price(String operator, int value) {
    return "{'field_value': {'field': 'price', 'operator': '%s', 'value': %d}}"
        .formatted(operator, value);
  }

  private static String write(int price) {
    return "'update_field': {'writes': [{'field': 'price', 'value': %d}]}".formatted(price);
  }

  private static String waiting(String since) {
    return "{'time_elapsed': {'since': '%s', 'for': '3d'}}".formatted(since);
  }

  private static List<Warning> warnings(Rule... rules) {
    RuleSetCheck.Found found = RuleSetCheck.check(List.of(rules));
    assertThat(found.complete()).isTrue();
    return found.warnings();
  }

  @Test
  void rulesThatMoveALeadToAndFroAreNamedInTheirOrder() {
    List<Warning> warnings =
        warnings(
            rule("forth", "lead_stage_changed", moved(11), move(12)),
            rule("back", "lead_stage_changed", moved(12), move(11)),
            rule("apart", "lead_stage_changed", moved(13), move(14)));

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).kind()).isEqualTo(Kind.LOOP);
    assertThat(warnings.get(0).places())
        .containsExactly(
            new Warning.Place("back", "/actions/0"), new Warning.Place("forth", "/actions/0"));
    assertThat(warnings.get(0).in(Language.EN))
        .isEqualTo(
            "Rules set each other off again and again: back (action do) → forth (action do) → back."
                + " While it runs, such a chain is cut, but only after some rounds.");
    assertThat(warnings.get(0).in(Language.RU))
        .startsWith("Правила снова и снова вызывают друг друга: back (действие do) → forth");
  }

  @Test
  void aLoopThroughAWaitIsSaidToBeEndless() {
    List<Warning> warnings =
        warnings(
            rule(
                "remind",
                "",
                waiting("last_message_sent"),
                "'send_message': {'text': 'Hello {{ contact.name }}?'}"));

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).in(Language.EN))
        .isEqualTo(
            "Rule remind sets itself off again and again by its action do. While it runs, such a"
                + " chain is cut, but only after some rounds; a round takes 3 days.");
    assertThat(warnings.get(0).in(Language.RU)).endsWith("один круг — за 3 дня.");
  }

  /** One rule each; the last column says whether it sets itself off. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lead_updated  | | 'update_field': {'writes': [{'field_id': 5, 'value': '{{ lead.name }}'}]} | true",
        "lead_updated  | {'field_value': {'field_id': 5, 'operator': 'changed'}} | 'update_field': {'writes': [{'field_id': 5, 'value': 'x'}]} | false",
        "lead_updated  | {'field_value': {'field_id': 5, 'operator': 'empty'}} | 'update_field': {'writes': [{'field_id': 5, 'value': 'x'}]} | false",
        "lead_updated  | {'field_value': {'field_id': 6, 'operator': 'matches', 'value': '^ab+c'}} | 'update_field': {'writes': [{'field_id': 5, 'value': 'x'}]} | true",
        "lead_updated  | | 'add_tags': {'tags': ['x']} | true",
        "lead_updated  | | 'webhook': {'url': 'https://example.com/'} | false",
        "lead_updated  | | 'add_note': {'text': 'x'} | false",
        "note_added    | | 'add_note': {'text': 'x'} | true",
        "note_added    | {'event_triggered': {'event': 'note_added', 'where': [{'field': 'text', 'operator': 'not_equals', 'value': 'x'}]}} | 'add_note': {'text': 'x'} | false",
        "note_added    | {'event_triggered': {'event': 'note_added', 'where': [{'field': 'text', 'operator': 'starts_with', 'value': 'x'}]}} | 'add_note': {'text': 'xyz'} | true",
        "note_added    | {'event_triggered': {'event': 'note_added', 'times': 4, 'within': '1d'}} | 'add_note': {'text': 'x'} | true",
        "task_created  | {'field_value': {'field': 'price', 'operator': 'greater', 'value': 10}} | 'create_task': {'text': 'Call', 'due': '1h'} | true",
        "message_sent  | | 'send_message': {'text': 'And one more thing'} | true",
        "message_received | | 'send_message': {'text': 'Hello'} | false",
        "lead_stage_changed | {'stage_changed': {'to': 11}} | 'change_stage': {'stage': 11} | false",
        "lead_responsible_changed | | 'update_field': {'writes': [{'field': 'responsible_user_id', 'value': 5}]} | false",
      })
  void aRuleThatSetsItselfOff(String trigger, String when, String action, boolean loops) {
    List<Warning> warnings = warnings(rule("r", trigger, when == null ? "" : when, action));

    assertThat(warnings).hasSize(loops ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'limits': {'cooldown': '1h'}                                 | true",
        "'limits': {'cooldown': '4d'}                                 | false",
        "'limits': {'per_subject': {'times': 3, 'within': '90d'}}     | false",
        "'limits': {'per_subject': {'times': 30, 'within': '90d'}}    | true",
        "'active': {'from': '09:00', 'to': '18:00', 'outside': 'wait'} | true",
        "'mode': 'observe'                                            | true",
        "'mode': 'off'                                                | false",
      })
  void limitsMayEndALoop(String more, boolean loops) {
    Rule remind =
        rule(
            "remind", "", waiting("last_message_sent"), "'send_message': {'text': 'Hello?'}", more);

    assertThat(warnings(remind)).hasSize(loops ? 1 : 0);
  }

  @Test
  void loopsGoThroughEveryKindOfAction() {
    List<Warning> warnings =
        warnings(
            rule("a", "message_sent", "", "'create_task': {'text': 'Look', 'due': '1h'}"),
            rule("b", "task_created", "", "'add_note': {'text': 'Looked'}"),
            rule("c", "note_added", "", write(5)),
            rule("d", "lead_updated", price("equals", 5), "'send_message': {'text': 'Hi'}"));

    assertThat(warnings)
        .extracting(warning -> warning.places().stream().map(Warning.Place::ruleId).toList())
        .containsExactly(List.of("a", "b", "c", "d"));
  }

  @Test
  void aLoopMayGoThroughAStageAWaitAndADate() {
    Rule back = rule("back", "", waiting("stage_entry"), move(11));
    Rule forth = rule("forth", "lead_stage_changed", moved(11), move(12));
    assertThat(warnings(back, forth)).hasSize(1);
    assertThat(warnings(back, forth).get(0).english()).contains("; a round takes ");

    Rule dated =
        rule(
            "dated",
            "",
            "{'time_elapsed': {'field_id': 9, 'for': '1d'}}",
            "'update_field': {'writes': [{'field_id': 9, 'value': '2030-01-01'}]}");
    assertThat(warnings(dated)).isEmpty();
  }

  @Test
  void whatNeverComesTogetherIsNoLoop() {
    assertThat(
            warnings(
                rule("a", "lead_updated", price("changed_to", 5), write(6)),
                rule("b", "lead_updated", price("changed_to", 7), write(5))))
        .isEmpty();
    assertThat(
            warnings(
                rule("a", "lead_updated", price("changed_to", 5), write(7), "'account': 'x'"),
                rule("b", "lead_updated", price("changed_to", 7), write(5), "'account': 'y'")))
        .isEmpty();
  }

  @Test
  void twoValuesForOneFieldAreAConflict() {
    List<Warning> warnings =
        warnings(
            rule("cheap", "lead_stage_changed", moved(11), write(5), "'priority': 1"),
            rule("dear", "lead_stage_changed", price("greater", 100), write(50)));

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).kind()).isEqualTo(Kind.CONFLICT);
    assertThat(warnings.get(0).places())
        .containsExactly(
            new Warning.Place("cheap", "/actions/0"), new Warning.Place("dear", "/actions/0"));
    assertThat(warnings.get(0).in(Language.EN))
        .isEqualTo(
            "Rules cheap and dear can fire at once, and set the price to different values:"
                + " \"5\", then \"50\". The last one wins.");
    assertThat(warnings.get(0).in(Language.RU))
        .isEqualTo(
            "Правила cheap и dear могут сработать одновременно и записывают в бюджет разные значения:"
                + " \"5\", затем \"50\". Останется последнее.");
  }

  @Test
  void noConflictWhereOnlyOneOfThemCanFire() {
    String tenOrMore = price("greater_or_equal", 10);
    String less = price("less", 10);
    assertThat(
            warnings(
                rule("a", "note_added", tenOrMore, move(11)),
                rule("b", "note_added", less, move(12))))
        .isEmpty();
    assertThat(
            warnings(
                rule(
                    "a",
                    "note_added",
                    tenOrMore,
                    move(11),
                    "'stop_after_match': true, 'priority': 1"),
                rule("b", "note_added", price("greater", 1), move(12))))
        .isEmpty();
    assertThat(
            warnings(
                rule("a", "note_added", "", move(11)), rule("b", "task_created", "", move(12))))
        .isEmpty();
    assertThat(
            warnings(rule("a", "note_added", "", move(11)), rule("b", "note_added", "", move(11))))
        .isEmpty();
  }

  @Test
  void rulesThatWaitForOneMomentConflictToo() {
    assertThat(
            warnings(
                rule("a", "", waiting("creation"), move(11)),
                rule("b", "", waiting("creation"), move(12))))
        .extracting(Warning::kind)
        .containsExactly(Kind.CONFLICT);
    assertThat(
            warnings(
                rule("a", "", waiting("creation"), move(11)),
                rule("b", "", "{'time_elapsed': {'since': 'creation', 'for': '4d'}}", move(12))))
        .isEmpty();
  }

  @Test
  void aRuleBehindOneThatAlwaysStopsItIsShadowed() {
    List<Warning> warnings =
        warnings(
            rule(
                "all",
                "note_added task_created",
                price("greater", 10),
                "'add_tags': {'tags': ['x']}",
                "'stop_after_match': true, 'priority': 5"),
            rule(
                "some",
                "note_added",
                "{'all': [%s, {'field_value': {'field': 'name', 'operator': 'not_empty'}}]}"
                    .formatted(price("greater", 20)),
                "'add_tags': {'tags': ['y']}"),
            rule("other", "note_added", price("greater", 9), "'add_tags': {'tags': ['z']}"));

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).kind()).isEqualTo(Kind.SHADOWED);
    assertThat(warnings.get(0).places())
        .containsExactly(
            new Warning.Place("some", ""), new Warning.Place("all", "/stop_after_match"));
    assertThat(warnings.get(0).in(Language.EN))
        .isEqualTo(
            "Rule some never fires: all goes before it, stops the rules after it, and fires whenever some could.");
    assertThat(warnings.get(0).in(Language.RU)).startsWith("Правило some никогда не сработает");
  }

  /** What the rule that stops has besides; the other one is exactly like it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'priority': 5, 'stop_after_match': true                               | true",
        "'priority': -5, 'stop_after_match': true                              | false",
        "'priority': 5                                                         | false",
        "'priority': 5, 'stop_after_match': true, 'mode': 'observe'            | false",
        "'priority': 5, 'stop_after_match': true, 'limits': {'cooldown': '1m'} | false",
        "'priority': 5, 'stop_after_match': true, 'active': {'from': '09:00'}  | false",
        "'priority': 5, 'stop_after_match': true, 'account': 'x'               | false",
      })
  void onlyARuleThatSurelyStopsShadows(String more, boolean shadows) {
    assertThat(
            warnings(
                rule("a", "note_added", "", "'add_tags': {'tags': ['x']}", more),
                rule("b", "note_added", "", "'add_tags': {'tags': ['y']}")))
        .hasSize(shadows ? 1 : 0);
  }

  @Test
  void aTextThatMayNotBeFillableStopsNobodySurely() {
    assertThat(
            warnings(
                rule(
                    "a",
                    "lead_created",
                    "",
                    "'add_note': {'text': '{{ lead.name }}'}",
                    "'priority': 5, 'stop_after_match': true"),
                rule("b", "lead_created", "", "'add_note': {'text': 'y'}")))
        .isEmpty();
  }

  @Test
  void saysWhenThereIsMoreThanItLookedAt() {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      rules.add(rule("r" + i, "note_added", "", "'add_note': {'text': '%d'}".formatted(i)));
    }

    RuleSetCheck.Found found = RuleSetCheck.check(rules);

    assertThat(found.complete()).isFalse();
    assertThat(found.warnings()).hasSize(RuleSetCheck.MOST_OF_A_KIND);
    assertThat(RuleSetCheck.check(rules, 100).complete()).isFalse();
  }

  /** More pairs than can be looked at one by one. */
  @Test
  void thousandsOfRulesAreLookedAtWhole() {
    int stages = 5000;
    List<Rule> rules = new ArrayList<>();
    for (int i = 1; i <= stages; i++) {
      int next = i < stages ? i + 1 : i - 1;
      rules.add(rule("to" + next, "lead_stage_changed", moved(i), move(next)));
    }
    rules.add(rule("elsewhere", "lead_stage_changed", moved(4000), move(1)));

    RuleSetCheck.Found found = RuleSetCheck.check(rules);

    assertThat(found.complete()).isTrue();
    assertThat(found.warnings())
        .extracting(w -> w.places().stream().map(Warning.Place::ruleId).toList())
        .containsExactly(List.of("to4999", "to5000"), List.of("elsewhere", "to4001"));
  }

  @Test
  void aRuleThatNeverFiresIsNotToldOfOtherwise() {
    assertThat(
            warnings(
                rule("a", "note_added", "", move(11), "'priority': 5, 'stop_after_match': true"),
                rule("b", "note_added", "", "'add_note': {'text': 'again'}"),
                rule("c", "note_added", "", move(12))))
        .extracting(Warning::kind)
        .containsExactly(Kind.SHADOWED, Kind.SHADOWED);
  }

  @Test
  void anAgentThatAnswersItselfIsALoop() {
    String answer = "'ai_response': {'question': 'Still there, {{ contact.name }}?'}";
    String agent = "'agent': 'seller'";
    Rule atOnce = rule("at-once", "message_sent", "", answer, agent);
    Rule later = rule("later", "", waiting("last_message_sent"), answer, agent);

    assertThat(warnings(atOnce)).extracting(Warning::kind).containsExactly(Kind.LOOP);
    assertThat(warnings(later)).extracting(Warning::kind).containsExactly(Kind.LOOP);
  }
}
