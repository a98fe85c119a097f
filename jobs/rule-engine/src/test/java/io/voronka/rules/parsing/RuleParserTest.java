package io.voronka.rules.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.limit.Limits;
import io.voronka.schemas.EventKind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleParserTest {
  private static final RuleParser PARSER = RuleParser.create();

  private static Parsed parse(String definition) {
    return PARSER.parse(definition.replace('\'', '"'));
  }

  private static Parsed withWhen(String when) {
    return parse(
        "{'id': 'r', 'trigger': {'event': 'lead_updated'}, 'when': %s, 'actions': [{'key': 'a', 'add_note': {'text': 'x'}}]}"
            .formatted(when));
  }

  private static Parsed withAction(String action) {
    return parse(
        "{'id': 'r', 'trigger': {'event': 'lead_updated'}, 'actions': [%s]}".formatted(action));
  }

  @Test
  void aMinimalRuleHasDefaults() {
    Rule rule = withAction("{'key': 'a', 'add_note': {'text': 'x'}}").rule().orElseThrow();

    assertThat(rule.name()).isEqualTo("r");
    assertThat(rule.mode()).isEqualTo(Rule.Mode.ON);
    assertThat(rule.atMoments()).isFalse();
    assertThat(rule.limits()).isEqualTo(Limits.NONE);
    assertThat(rule.priority()).isZero();
    assertThat(rule.account()).isEmpty();
    assertThat(rule.when()).isEmpty();
    assertThat(rule.triggers()).containsExactly(EventKind.LEAD_UPDATED);
  }

  @Test
  void everyKindOfEventIsATriggerButTicksAndImports() {
    for (EventKind kind : EventKind.values()) {
      boolean expected =
          kind != EventKind.UNKNOWN && kind != EventKind.TICK && !kind.name().endsWith("_IMPORTED");
      for (String written :
          Arrays.asList(kind.name().toLowerCase(), kind.name().toLowerCase().replace('_', '-'))) {
        Parsed parsed =
            parse(
                "{'id': 'r', 'trigger': {'event': ['%s']}, 'actions': [{'key': 'a', 'add_note': {'text': 'x'}}]}"
                    .formatted(written));
        assertThat(parsed.ok()).as(written).isEqualTo(expected);
      }
    }
  }

  @Test
  void anAddressMayBeOfAnotherAlphabet() {
    assertThat(
            withAction("{'key': 'a', 'webhook': {'url': 'https://хуки.пример.рф/сделка'}}")
                .problems())
        .isEmpty();
  }

  @Test
  void tellsAllThatIsWrongAtOnceWithItsPlace() {
    Parsed parsed =
        parse(
            """
            {'id': 'Not A Slug', 'prioritee': 3, 'trigger': {'event': ['lead_update', 'tick']},
             'when': {'all': [
               {'field_value': {'field': 'a', 'field_id': 4, 'operator': 'equals', 'value': 1}},
               {'field_value': {'field': 'a', 'operator': 'matches', 'value': '(['}},
               {'stage_changed': {'too': 142}}]},
             'actions': [
               {'key': 'a', 'send_message': {'text': 'Hi {{lead.nmae}}'}},
               {'key': 'a', 'webhook': {'url': 'ftp://x'}},
               {'key': 'c', 'not_after': '0s'}]}
            """);

    assertThat(parsed.rule()).isEmpty();
    assertThat(parsed.problems())
        .extracting(Problem::pointer)
        .contains(
            "/id",
            "/trigger/event/0",
            "/trigger/event/1",
            "/when/all/0/field_value",
            "/when/all/1/field_value/value",
            "/when/all/2/stage_changed",
            "/actions/0/send_message/text",
            "/actions/1/key",
            "/actions/1/webhook/url",
            "/actions/2",
            "/actions/2/not_after");
    assertThat(parsed.problems().toString())
        .contains("prioritee")
        .contains("unknown variable lead.nmae");
  }

  /** Columns: a rule without its id and its actions, and the places of all that is wrong. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'trigger': {'event': 'lead_updated'}, 'active': {'from': '09:00', 'outside': 'wait'}, 'agent': 'anna' | /active/outside /actions/0/add_note/text
          'trigger': {'event': 'nope'}, 'active': {'from': '09:00', 'outside': 'wait'}, 'agent': 'anna' | /active/outside /actions/0/add_note/text /trigger/event
          'when': {'field_value': {'field': 'price', 'operator': 'greater', 'value': 'abc'}} | /actions/0/add_note/text /when/field_value /trigger /agent
          'when': {'all': [{'time_elapsed': {'since': 'creation', 'before': '1h'}}]}, 'agent': 'anna' | /actions/0/add_note/text /when/all/0/time_elapsed
          'trigger': {'time': true}, 'when': {'field_value': {'operator': 'empty'}} | /actions/0/add_note/text /when/field_value /trigger/time /agent
          'trigger': {}, 'agent': 5 | /actions/0/add_note/text /trigger /agent
          'trigger': {'event': []}, 'agent': 'Not A Slug' | /actions/0/add_note/text /trigger/event /agent
          'trigger': 'lead_updated', 'active': 'wait' | /actions/0/add_note/text /trigger /active /agent
          """)
  void aMistakeHidesNoOtherAndNoneIsToldTwice(String more, String places) {
    Parsed parsed =
        parse(
            "{'id': 'r', %s, 'actions': [{'key': 'a', 'add_note': {'text': '{{ lead.nope }}'}}, {'key': 'b', 'ai_response': {}}]}"
                .formatted(more));

    assertThat(parsed.problems())
        .extracting(Problem::pointer)
        .containsExactlyInAnyOrder(places.split(" "));
  }

  @Test
  void textThatIsNotJsonIsAProblemWithItsPlace() {
    assertThat(PARSER.parse("{\"id\": ").problems())
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.message()).contains("not JSON").contains("line 1"));
    assertThat(PARSER.parse("{\"id\": \"a\", \"id\": \"b\"}").problems().toString())
        .contains("Duplicate");
    assertThat(PARSER.parse("").ok()).isFalse();
    assertThat(PARSER.parse("[]").ok()).isFalse();
    assertThat(PARSER.parse("null").ok()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'field': 'a', 'operator': 'equals'}                                      | /value | needs it
          {'field': 'a', 'operator': 'in', 'value': 1}                              | ``     | needs values
          {'field': 'a', 'operator': 'empty', 'value': 1}                           | /value | not used
          {'field': 'a', 'operator': 'between', 'min': 5, 'max': 1}                 | /max   | less than min
          {'field': 'a', 'operator': 'greater', 'value': 'x'}                       | ``     | compares numbers
          {'field': 'a', 'operator': 'greater', 'value': 'x', 'type': 'number'}     | /value | not a number
          {'field': 'a', 'operator': 'less', 'value': 'soon', 'type': 'date'}       | /value | not a date
          {'field': 'a', 'operator': 'less', 'value': 999999999999999999, 'type': 'date'} | /value | not a date
          {'field': 'a', 'operator': 'contains', 'value': 5, 'type': 'number'}      | ``     | compares texts
          {'field': 'a', 'operator': 'matches', 'value': 5}                         | /value | regular expression
          {'field': 'a', 'operator': 'matches', 'value': '(a)\\\\1'}                | /value | linear time
          {'field': 'a', 'operator': 'equals', 'value': 1, 'ignore_case': true, 'type': 'number'} | /ignore_case | only texts
          {'field': 'a', 'part': 'enum_id', 'operator': 'equals', 'value': '1'}     | /part  | only custom
          {'operator': 'equals', 'value': 1}                                        | ``     | exactly one of
          {'field': 'a', 'operator': 'like', 'value': 1}                            | /operator | enumeration
          """)
  void aTestOfAFieldHasToMakeSense(String test, String place, String message) {
    Parsed parsed = withWhen("{'field_value': %s}".formatted(test));

    assertThat(parsed.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.pointer()).isEqualTo("/when/field_value" + place);
              assertThat(problem.message()).contains(message);
            });
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'change_stage': {}                                              | /change_stage          | stage
          'change_stage': {'stage': 1}, 'add_note': {'text': 'x'}         | ``                     | exactly one of
          'create_task': {'text': 'x'}                                    | /create_task           | due
          'create_task': {'text': 'x', 'due': '2 hours'}                  | /create_task/due       | pattern
          'create_task': {'text': 'x', 'due': 'PT0S'}                     | /create_task/due       | above zero
          'send_message': {'text': ''}                                    | /send_message/text     | least 1
          'webhook': {'url': '/relative'}                                 | /webhook/url           | absolute
          'webhook': {'url': 'https://user:pw@example.test/'}             | /webhook/url           | without user
          'webhook': {'url': 'https://x.test:99999/'}                     | /webhook/url           | no port 99999
          'webhook': {'url': 'https://x.test', 'headers': {'Host': 'y'}}  | /webhook/headers/Host  | cannot be set
          'webhook': {'url': 'https://x.test', 'headers': {'A': 'b\\nc'}}   | /webhook/headers/A     | control character
          'webhook': {'url': 'https://x.test', 'headers': {'A B': 'c'}}   | /webhook/headers       | A B
          'update_field': {'writes': [{'field': 'status_id', 'value': 1}]} | /update_field/writes/0/field | change_stage
          'update_field': {'writes': [{'field_id': 1}]}                   | /update_field/writes/0 | exactly one of
          'update_field': {'writes': [{'field': 'price', 'clear': true}]} | /update_field/writes/0 | exactly one value
          'send_message': {'text': 'Hi {{ lead.name'}                     | /send_message/text     | column 16: something that was opened
          'add_note': {'text': '{% if lead.name %}x'}                   | /add_note/text         | is not closed
          'webhook': {'url': 'https://x.test', 'body': '{{ lead.x }}'}    | /webhook/body          | unknown variable lead.x
          'create_task': {'due': '1h', 'text': '{% for i in x %}{% endfor %}'} | /create_task/text | tag for is not allowed
          'update_field': {'writes': [{'field_id': 1, 'values': ['a', '{{ b }}']}]} | /update_field/writes/0/values/1 | unknown variable b
          'add_tags': {'tags': []}                                        | /add_tags/tags         | least 1
          'add_tags': {'tags': ['vip', '{{ lead.name }}']}                | /add_tags/tags/1       | takes no variables
          'add_tags': {'tags': [' ']}                                     | /add_tags/tags/0       | pattern
          'webhook': {'url': 'https://x.test', 'headers': {'A': 'v', 'B': '{{ lead.id }}'}} | /webhook/headers/B | takes no variables
          'run_salesbot': {}                                              | /run_salesbot          | bot
          'send_message': {'text': 'x', 'talk': '{{ event.talk_id }}'}    | /send_message/talk     | pattern
          'change_stage': {'stage': '142 '}                               | /change_stage/stage    | pattern
          'add_note': {'text': ' \\n '}                                 | /add_note/text         | letters
          'send_message': {'text': ' '}                                   | /send_message/text     | letters
          'create_task': {'text': ' ', 'due': '1h'}                       | /create_task/text      | letters
          'send_email': {'sender': 's', 'to': 'Anna', 'subject': 's', 'text': 't'} | /send_email/to | one address
          'send_email': {'sender': 's', 'to': 'a@x.test, b@x.test', 'subject': 's', 'text': 't'} | /send_email/to | one address
          'update_field': {'writes': [{'field': 'price', 'value': 'many'}]} | /update_field/writes/0/value | whole number
          'update_field': {'writes': [{'field': 'price', 'value': 1.5}]}  | /update_field/writes/0/value | whole number
          'update_field': {'writes': [{'field': 'responsible_user_id', 'value': 'Anna'}]} | /update_field/writes/0/value | whole number
          'update_field': {'writes': [{'field_id': 7, 'value': 1}, {'field_id': '7', 'clear': true}]} | /update_field/writes/1 | field 7 is written already
          'teleport': {}                                                  | ``                     | teleport
          """)
  void parametersAreCheckedPerKindOfAction(String action, String place, String message) {
    Parsed parsed = withAction("{'key': 'a', %s}".formatted(action));

    assertThat(parsed.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.pointer()).isEqualTo("/actions/0" + place);
              assertThat(problem.message()).contains(message);
            });
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'update_field': {'writes': [{'field': 'price', 'value': '{{ lead.field.7 }}'}, {'field': 'name', 'value': ''}]}
          'update_field': {'writes': [{'field': 'price', 'value': -5}, {'field': 'responsible_user_id', 'value': '7'}]}
          'update_field': {'writes': [{'field_id': 7, 'value': ''}, {'field_code': '7', 'value': ' '}]}
          'send_email': {'sender': 's', 'to': '{{ contact.name }}', 'subject': ' ', 'text': ' '}
          'send_email': {'sender': 's', 'to': 'анна@почта.рф', 'subject': 's', 'text': 't'}
          'add_tags': {'tags': ['{vip}', 'горячий клиент']}
          'webhook': {'url': 'https://x.test', 'body': ' '}
          """)
  void whatMayWorkIsTaken(String action) {
    assertThat(withAction("{'key': 'a', %s}".formatted(action)).problems()).isEmpty();
  }

  @Test
  void depthAndSizeAreBounded() {
    String leaf = "{'field_value': {'field': 'a', 'operator': 'empty'}}";
    String deep = "{'not': ".repeat(30) + leaf + "}".repeat(30);
    assertThat(withWhen(deep).problems().toString()).contains("nest at most");

    String wide =
        "{'any': [%s]}".formatted(String.join(",", java.util.Collections.nCopies(50, leaf)));
    String wider =
        "{'all': [%s]}".formatted(String.join(",", java.util.Collections.nCopies(30, wide)));
    assertThat(withWhen(wider).problems().toString()).contains("at most 1000 conditions");
  }

  @Test
  void nothingEndsAWaitForADateThatLiesAhead() {
    Parsed parsed =
        withWhen("{'time_elapsed': {'field_id': 9, 'before': '1d', 'unless': 'message_received'}}");

    assertThat(parsed.problems())
        .containsExactly(
            new Problem(
                "/when/time_elapsed/unless",
                "nothing can have happened since a date that lies ahead"));
    assertThat(withWhen("{'time_elapsed': {'field_id': 9, 'before': '1d'}}").ok()).isTrue();
  }

  @Test
  void changesAreOfTheLeadNotOfTheEvent() {
    assertThat(
            withWhen(
                    "{'event_triggered': {'event': 'task_created', 'where': [{'field': 'text', 'operator': 'changed'}]}}")
                .problems()
                .toString())
        .contains("/when/event_triggered/where/0/operator");
  }
}
