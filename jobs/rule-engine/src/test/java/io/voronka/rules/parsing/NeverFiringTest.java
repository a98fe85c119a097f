package io.voronka.rules.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that can never fire are refused, and only those. */
class NeverFiringTest {
  private static final RuleParser PARSER = RuleParser.create();

  private static Parsed parse(String trigger, String when, String action) {
    return PARSER.parse(
        "{'id': 'r', 'agent': 'anna', %s 'when': %s, 'actions': [{'key': 'a', %s}]}"
            .formatted(trigger == null ? "" : "'trigger': {" + trigger.strip() + "},", when, action)
            .replace('\'', '"'));
  }

  private static final String WAIT = "{'time_elapsed': {'since': 'stage_entry', 'for': '5s'}}";

  /** Columns: trigger, condition with W for a wait, where it is wrong (nothing: nowhere). */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
                                        | {'all': [W, {'stage_changed': {'to': 5}}]} | /when/all/1/stage_changed
                                        | {'all': [{'any': [{'stage_changed': {}}, {'event_triggered': {'event': 'message_received'}}]}, W]} | /when/all/0/any/0/stage_changed
                                        | {'all': [W, {'field_value': {'field': 'price', 'operator': 'changed'}}]} | /when/all/1/field_value
                                        | {'not': {'any': [{'not': W}, {'not': {'stage_changed': {}}}]}} | /when/not/any/1/not/stage_changed
                                        | {'all': [W, {'not': {'stage_changed': {'to': 5}}}]} |
                                        | {'any': [W, {'stage_changed': {'to': 5}}]} |
                                        | {'all': [W, {'event_triggered': {'event': 'message_received', 'times': 2, 'within': '1h'}}]} |
                                        | {'all': [W, {'field_value': {'field': 'price', 'operator': 'not_empty'}}]} |
          'event': 'lead_stage_changed' | {'all': [W, {'stage_changed': {'to': 5}}]} |
          'event': 'message_received'   | {'all': [W, {'stage_changed': {'to': 5}}]} | /when/all/1/stage_changed
          'event': 'message_received'   | {'any': [W, {'stage_changed': {'to': 5}}]} |
          'event': 'message_received', 'time': false | {'stage_changed': {'to': 5}} | /when/stage_changed
          'event': 'lead_updated'       | {'stage_changed': {'to': 5}} |
          'event': 'lead_updated'       | {'event_triggered': {'event': 'message_received'}} | /when/event_triggered
          'event': 'lead_updated'       | {'event_triggered': {'event': 'lead_stage_changed'}} |
          'event': 'lead_stage_changed' | {'event_triggered': {'event': 'lead_updated'}} |
          'event': 'lead_updated'       | {'event_triggered': {'event': 'message_received', 'times': 2, 'within': '1h'}} |
          'event': ['lead_updated', 'message_received'] | {'event_triggered': {'event': 'message_received'}} |
          """)
  void conditionsThatNothingSatisfies(String trigger, String when, String place) {
    Parsed parsed = parse(trigger, when.replace("W", WAIT), "'add_note': {'text': 'x'}");

    assertThat(parsed.problems())
        .extracting(Problem::pointer)
        .isEqualTo(place == null ? List.of() : List.of(place));
  }

  /** Columns: trigger, action, whether it is fine. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
                                      ; 'ai_response': {}                                   ; false
                                      ; 'ai_response': {'question': 'Say hello'}            ; true
                                      ; 'add_note': {'text': 'Said {{ event.text }}'}       ; false
                                      ; 'add_note': {'text': '{{ event.kind | upcase }}'}   ; false
                                      ; 'add_note': {'text': '{{ event.text | default: "nothing" }}'} ; true
                                      ; 'add_note': {'text': '{% if event.text %}{{ event.text }}{% endif %}'} ; true
                                      ; 'add_note': {'text': '{{ lead.name }}'}             ; true
          'event': 'message_received' ; 'ai_response': {}                                   ; true
          """)
  void actionsThatNeedAnEventWhereThereIsNone(String trigger, String action, boolean fine) {
    Parsed parsed = parse(trigger, WAIT, action.replace("\"", "\\\""));

    assertThat(parsed.ok()).as(parsed.problems().toString()).isEqualTo(fine);
    if (!fine) {
      assertThat(parsed.problems()).extracting(Problem::pointer).containsExactly("/actions/0");
    }
  }
}
