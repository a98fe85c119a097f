package io.voronka.sequences.parsing;

import static io.voronka.sequences.SequenceTexts.parsed;
import static io.voronka.sequences.SequenceTexts.sequence;
import static io.voronka.sequences.SequenceTexts.withSteps;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.parsing.Problem;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.step.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceParserTest {

  @Test
  void aMinimalSequenceHasDefaults() {
    Sequence sequence = sequence("{'id': 's', 'steps': [{'id': 'a', 'wait': {'for': '1d'}}]}");

    assertThat(sequence.name()).isEqualTo("s");
    assertThat(sequence.state()).isEqualTo(Sequence.State.ON);
    assertThat(sequence.running()).isEqualTo(Sequence.Running.FINISH);
    assertThat(sequence.entry()).isEmpty();
    assertThat(sequence.exits()).isEmpty();
    assertThat(sequence.first()).isEqualTo("a");
    assertThat(sequence.steps()).containsOnlyKeys("a");
  }

  @Test
  void everyKindOfStepCanBeRead() {
    Sequence sequence =
        sequence(
            """
            {'id': 's', 'agent': 'anna', 'time_zone': {'field_code': 'TZ'}, 'running': 'move',
             'entry': {'event': 'lead_created', 'again': '30d', 'key': '{{ lead.id }}',
               'when': {'field_value': {'field': 'price', 'operator': 'greater', 'value': 5}}},
             'exits': [{'event': 'message_received'},
               {'as': 'goal', 'when': {'field_value': {'field': 'status_id', 'operator': 'equals', 'value': 142}}}],
             'steps': [
               {'id': 'message', 'send_message': {'text': 'Hi {{ lead.name }}'}, 'required': true,
                'on_failure': [{'id': 'call', 'create_task': {'text': 'Call', 'due': '1d'}}]},
               {'id': 'mail', 'send_email': {'sender': 'sales', 'subject': 'S', 'text': 'T'}, 'not_after': '4h'},
               {'id': 'hook', 'webhook': {'url': 'https://x.test/'}, 'urgency': 'bulk'},
               {'id': 'answer', 'ai_response': {'question': 'What else?'}},
               {'id': 'move', 'kommo_action': {'change_stage': {'stage': 5}}},
               {'id': 'pause', 'wait': {'for': '2d', 'at': '10:00', 'days': ['mon', 'tue']}},
               {'id': 'office', 'wait': {'hours': {'from': '09:00', 'to': '18:00', 'days': ['fri']}}},
               {'id': 'meeting', 'wait': {'until': {'field_id': 77, 'before': '2h'}, 'missed': [{'id': 'no', 'go_to': 'end'}]}},
               {'id': 'reply', 'wait_for': {'event': 'message_received', 'timeout': {'for': '3d'},
                 'then': [{'id': 'x', 'kommo_action': {'add_tags': {'tags': ['warm']}}}]}},
               {'id': 'rich', 'branch': {'when': {'field_value': {'field': 'price', 'operator': 'greater', 'value': 1000}},
                 'then': [{'id': 'vip', 'kommo_action': {'add_note': {'text': 'vip'}}}]}},
               {'id': 'half', 'split': [{'name': 'a', 'percent': 33.33, 'steps': [{'id': 'again', 'go_to': 'message'}]},
                 {'name': 'b', 'percent': 66.67}]}
             ]}
            """);

    assertThat(sequence.steps().keySet())
        .containsExactlyInAnyOrder(
            "message", "call", "mail", "hook", "answer", "move", "pause", "office", "meeting", "no",
            "reply", "x", "rich", "vip", "half", "again");
    assertThat(sequence.conditions()).hasSize(3);
    assertThat(sequence.entry().orElseThrow().afterMillis()).isEqualTo(30 * 86_400_000L);
  }

  @Test
  void whatStandsBehindANestedListFollowsIt() {
    Sequence sequence =
        withSteps(
            """
            {'id': 'b', 'branch': {'when': {'stage_changed': {'to': 5}},
              'then': [{'id': 't1', 'wait': {'for': '1h'}}, {'id': 't2', 'wait': {'for': '1h'}}]}},
            {'id': 'after', 'wait': {'for': '1h'}}
            """);

    Step.Branch branch = (Step.Branch) sequence.step("b");
    assertThat(branch.then()).isEqualTo("t1");
    assertThat(branch.otherwise()).isEqualTo("after");
    assertThat(sequence.step("t1").next()).isEqualTo("t2");
    assertThat(sequence.step("t2").next()).isEqualTo("after");
    assertThat(sequence.step("after").next()).isNull();
  }

  @Test
  void tellsWhereWhatIsNoJsonBreaksOff() {
    assertThat(parsed("{'id': 's',\n 'steps': [}").problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.message()).contains("not JSON").contains("line 2, column 12"));
  }

  @Test
  void tellsAllThatIsWrongAtOnceWithItsPlace() {
    ParsedSequence parsed =
        parsed(
            """
            {'id': 'Not A Slug', 'stat': 'on',
             'entry': {'event': 'lead_made', 'again': 'sometimes'},
             'exits': [{'as': 'goal'}, {'when': {'time_elapsed': {'since': 'creation', 'for': '1d'}}}],
             'steps': [
               {'id': 'a', 'wait': {'for': '1d', 'until': {'field': 'x'}, 'days': ['mon']}},
               {'id': 'a', 'send_message': {'text': '{{ lead.nmae }}'}, 'on_failure': [{'id': 'f', 'go_to': 'end'}]},
               {'id': 'end', 'go_to': 'nowhere'},
               {'id': 'c', 'wait': {'for': '1d'}, 'required': true},
               {'id': 'd', 'split': [{'name': 'x', 'percent': 50}, {'name': 'x', 'percent': 40.001}]},
               {'id': 'e', 'ai_response': {}},
               {'id': 'g', 'kommo_action': {'webhook': {'url': 'https://x.test'}}},
               {'id': 'h'},
               {'id': 'i', 'wait_for': {'timeout': {}}}]}
            """);

    assertThat(parsed.sequence()).isEmpty();
    assertThat(parsed.problems())
        .extracting(Problem::pointer)
        .contains(
            "/id",
            "/entry/event",
            "/entry/again",
            "/exits/0",
            "/exits/1/when",
            "/steps/0/wait",
            "/steps/0/wait/days",
            "/steps/1/id",
            "/steps/1/send_message/text",
            "/steps/1/on_failure",
            "/steps/2/id",
            "/steps/2/go_to",
            "/steps/3/required",
            "/steps/4/split",
            "/steps/4/split/1/name",
            "/steps/4/split/1/percent",
            "/steps/5/ai_response",
            "/steps/6/kommo_action",
            "/steps/7",
            "/steps/8/wait_for",
            "/steps/8/wait_for/timeout");
    assertThat(parsed.problems()).anyMatch(problem -> problem.message().contains("stat"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'id': 'a', 'go_to': 'end'}, {'id': 'b', 'wait': {'for': '1d'}}; /steps/1; no way leads",
        "{'id': 'a', 'wait': {'missed': [{'id': 'b', 'go_to': 'end'}], 'for': '1d'}}; /steps/0/wait/missed; date",
        "{'id': 'a', 'wait': {'until': {'field': 'x', 'field_id': 1}}}; /steps/0/wait/until; exactly one",
        "{'id': 'a', 'wait': {'until': {'field': 'x', 'before': '1d', 'after': '1d'}}}; /steps/0/wait/until; either",
        "{'id': 'a', 'wait': {'for': '0d'}}; /steps/0/wait/for; duration",
        "{'id': 'a', 'wait': {'at': '25:00'}}; /steps/0/wait/at; pattern",
        "{'id': 'a', 'wait': {'for': '1d'}, 'go_to': 'end'}; /steps/0; exactly one",
      })
  void tellsWhatIsWrong(String steps, String place, String words) {
    ParsedSequence parsed = parsed("{'id': 's', 'steps': [" + steps + "]}");

    assertThat(parsed.problems())
        .anyMatch(problem -> problem.pointer().equals(place) && problem.message().contains(words));
  }
}
