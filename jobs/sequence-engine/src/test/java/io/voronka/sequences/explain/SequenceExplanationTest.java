package io.voronka.sequences.explain;

import static io.voronka.sequences.SequenceTexts.sequence;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.explain.Language;
import io.voronka.sequences.RandomSequences;
import io.voronka.sequences.domain.Sequence;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceExplanationTest {
  private static final Sequence WELCOME =
      sequence(
          """
          {'id': 'welcome', 'name': 'Welcome', 'running': 'move', 'time_zone': {'field_code': 'TIME_ZONE'},
           'entry': {'event': 'lead_created', 'when': {'field_value': {'field': 'price', 'operator': 'greater', 'value': 0}}, 'again': '30d'},
           'exits': [{'event': 'message_received'}, {'as': 'goal', 'event': 'call_made'}],
           'steps': [
             {'id': 'hello', 'send_message': {'text': 'Hello {{ lead.name }}'}, 'required': true,
              'on_failure': [{'id': 'call', 'create_task': {'text': 'Call', 'due': '4h'}}]},
             {'id': 'office', 'wait': {'for': '1d', 'hours': {'from': '09:00', 'to': '18:00', 'days': ['mon', 'tue', 'wed', 'thu', 'fri']}}},
             {'id': 'reply', 'wait_for': {'event': 'note_added', 'timeout': {'at': '10:00', 'days': ['mon']}, 'then': [{'id': 'done', 'go_to': 'end'}]}},
             {'id': 'half', 'split': [{'name': 'offer', 'percent': 12.5, 'steps': [{'id': 'ten', 'send_message': {'text': 'Ten'}}]}, {'name': 'none', 'percent': 87.5}]},
             {'id': 'big', 'branch': {'when': {'field_value': {'field': 'price', 'operator': 'greater', 'value': 9}}, 'then': [{'id': 'gift', 'send_message': {'text': 'Gift'}}]}},
             {'id': 'meeting', 'wait': {'until': {'field_code': 'MEETING', 'before': '2h'}, 'missed': [{'id': 'late', 'go_to': 'end'}]}}
           ]}
          """);

  @Test
  void tellsTheWholeAndEachStepInEnglish() {
    assertThat(SequenceExplanation.in(Language.EN).lines(WELCOME))
        .containsExactly(
            "Welcome (welcome)",
            "  Entered when a lead is created, if the price is more than 0.",
            "  Whoever has left may enter again, but not within 30 days of the last entry.",
            "  Left at once when a message comes in; when a call is made (the goal); when the lead"
                + " is won or lost; when the lead is deleted.",
            "  Times of day go by the time zone in the custom field TIME_ZONE, or else by the"
                + " tenant's.",
            "  Whoever is inside when this version comes moves to it, where it has their step.",
            "  - hello: send the message “Hello {{ lead.name }}”; if that fails, on to “call”; then"
                + " on to “office”",
            "    - call: create the task “Call” due in 4 hours",
            "  - office: wait 1 day, then for the next hour from 09:00 to 18:00 on Monday to"
                + " Friday",
            "  - reply: wait for this: when a note is added, at most until 10:00 on Monday; then on"
                + " to “done”, and on to “half” when the time is over",
            "    - done: on to the end",
            "  - half: each lead always the same way: “offer” (12.5 %) on to “ten”, “none” (87.5 %)"
                + " on to “big”",
            "    - ten: send the message “Ten”",
            "  - big: if the price is more than 9, on to “gift”, otherwise on to “meeting”",
            "    - gift: send the message “Gift”",
            "  - meeting: wait until 2 hours before the date in the custom field MEETING; if that"
                + " date is unknown or past, on to “late”; then on to the end",
            "    - late: on to the end");
  }

  @Test
  void tellsTheSameInRussian() {
    assertThat(SequenceExplanation.in(Language.RU).lines(WELCOME))
        .contains(
            "  Вход: когда сделка создана, если бюджет больше 0.",
            "  После выхода можно войти снова, но не раньше чем через 30 дней после прошлого"
                + " входа.",
            "  Выход сразу: когда пришло сообщение; когда совершён звонок (цель достигнута); когда"
                + " сделка закрыта; когда сделка удалена.",
            "  - office: ждать 1 день, затем ближайшего времени с 09:00 до 18:00 в дни: понедельник"
                + " – пятница",
            "  - half: каждая сделка всегда своим путём: «offer» (12.5 %) к «ten», «none» (87.5 %)"
                + " к «big»")
        .hasSize(17);
  }

  @Test
  void whatIsUnusualIsTold() {
    Sequence odd =
        sequence(
            """
            {'id': 's', 'state': 'closed', 'account': 'shop', 'stay_when_closed': true, 'running': 'restart',
             'exits': [{'as': 'opt_out', 'when': {'field_value': {'field_code': 'NO_MAIL', 'operator': 'equals', 'value': 'yes'}}}],
             'steps': [{'id': 'm', 'send_message': {'text': 'x'}, 'required': true}]}
            """);

    assertThat(SequenceExplanation.in(Language.EN).lines(odd))
        .containsExactly(
            "s (s)",
            "  Nobody is let in any more.",
            "  Only in the account shop.",
            "  Entered when a rule or a person says so.",
            "  Left at once as soon as the custom field NO_MAIL is “yes” (no more messages wanted);"
                + " when the lead is deleted.",
            "  Whoever is inside when this version comes begins anew.",
            "  - m: send the message “x”; if that fails, the lead leaves");
  }

  @Test
  void everySequenceHasALineForEachStepInBothLanguages() {
    for (int seed = 0; seed < 200; seed++) {
      Sequence sequence =
          sequence(
              new RandomSequences(new Random(seed), true, RandomSequences.noCoverage())
                  .definition("s"));
      for (Language language : Language.values()) {
        for (String id : sequence.steps().keySet()) {
          assertThat(SequenceExplanation.in(language).lines(sequence))
              .filteredOn(line -> line.strip().startsWith("- " + id + ": "))
              .singleElement()
              .asString()
              .doesNotContain("null");
        }
      }
    }
  }
}
