package io.voronka.rules.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.explain.Language;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.EventKind;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClauseTextTest {
  private static final RuleParser PARSER = RuleParser.create();
  private static final Words ENGLISH = new Words(Language.EN, ZoneId.of("UTC"));
  private static final Words RUSSIAN = new Words(Language.RU, ZoneId.of("UTC"));

  private static Condition condition(String when) {
    String rule =
        """
        {'id': 'r', 'trigger': {'event': ['lead_updated', 'call_made', 'note_added', 'message_received']}, 'when': %s,
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """
            .formatted(when)
            .replace('\'', '"');
    return PARSER.parse(rule).rule().orElseThrow().when().orElseThrow();
  }

  static Stream<Arguments> clauses() {
    return Stream.of(
        field("'equals', 'value': 'VIP'", "name is ‘VIP’", "название — „VIP“"),
        field("'not_equals', 'value': 'VIP'", "name is not ‘VIP’", "название — не „VIP“"),
        field("'contains', 'value': 'цена'", "name contains ‘цена’", "название содержит „цена“"),
        field(
            "'not_contains', 'value': 'a'",
            "name does not contain ‘a’",
            "название не содержит „a“"),
        field("'starts_with', 'value': 'a'", "name starts with ‘a’", "название начинается с „a“"),
        field("'ends_with', 'value': 'a'", "name ends with ‘a’", "название заканчивается на „a“"),
        field("'greater', 'value': 5", "name is greater than 5", "название — больше 5"),
        field("'greater_or_equal', 'value': 5", "name is at least 5", "название — не меньше 5"),
        field("'less', 'value': 5", "name is less than 5", "название — меньше 5"),
        field("'less_or_equal', 'value': 5", "name is at most 5", "название — не больше 5"),
        field("'between', 'min': 1, 'max': 2", "name is between 1 and 2", "название — от 1 до 2"),
        field("'in', 'values': [1, 2]", "name is one of 1, 2", "название — одно из: 1, 2"),
        field("'not_in', 'values': [1, 2]", "name is none of 1, 2", "название — ни одно из: 1, 2"),
        field("'empty'", "name is empty", "название — пусто"),
        field("'not_empty'", "name is not empty", "название — не пусто"),
        field("'changed'", "name changes", "название меняется"),
        field("'changed_to', 'value': 3", "name changes to 3", "название меняется на 3"),
        field("'changed_from', 'value': 3", "name changes from 3", "название меняется с 3"),
        field(
            "'matches', 'value': '^a+$'",
            "name matches ‘^a+$’",
            "название подходит под шаблон „^a+$“"),
        field("'equals', 'value': true", "name is yes", "название — да"),
        field(
            "'greater', 'value': '2026-01-02', 'type': 'date'",
            "name is after 00:00:00 on 2 Jan 2026",
            "название — позже 00:00:00 2 января 2026"),
        Arguments.of(
            "{'field_value': {'field_code': 'PHONE', 'operator': 'empty'}}",
            "field PHONE is empty",
            "поле PHONE — пусто"),
        Arguments.of(
            "{'stage_changed': {'from': 1, 'to': [2, 3], 'pipeline': 7}}",
            "the lead enters stage 2 or 3 of pipeline 7 from stage 1",
            "сделка входит на этап 2 или 3 воронки 7 с этапа 1"),
        Arguments.of(
            "{'event_triggered': {'event': 'message_received', 'where': [{'field': 'text', 'operator': 'contains', 'value': 'price'}], 'times': 3, 'within': '36h'}}",
            "incoming message with text contains ‘price’ happened 3 times within 1 day 12 hours",
            "входящее сообщение, где текст содержит „price“ было 3 раза за 1 день 12 часов"),
        Arguments.of(
            "{'time_elapsed': {'since': 'stage_entry', 'for': '21m'}}",
            "21 minutes after the entry into the stage",
            "через 21 минуту после входа на этап"),
        Arguments.of(
            "{'time_elapsed': {'field_id': 5, 'before': '2h'}}",
            "2 hours before the date in field 5",
            "за 2 часа до даты в поле 5"),
        Arguments.of(
            "{'time_elapsed': {'field_id': 5, 'for': '2h', 'unless': ['call_made', 'call_received']}}",
            "2 hours after the date in field 5 with no incoming call or outgoing call since",
            "через 2 часа после даты в поле 5, если с тех пор не было: входящий звонок или исходящий звонок"),
        Arguments.of(
            "{'any': [{'not': {'field_value': {'field': 'price', 'operator': 'less', 'value': 5}}}, {'all': [{'field_value': {'field': 'price', 'operator': 'equals', 'value': 1}}, {'field_value': {'field': 'name', 'operator': 'empty'}}]}]}",
            "it is not so that budget is less than 5 or (budget is 1 and name is empty)",
            "неверно, что бюджет — меньше 5 или (бюджет — 1 и название — пусто)"));
  }

  private static Arguments field(String test, String english, String russian) {
    return Arguments.of(
        "{'field_value': {'field': 'name', 'operator': " + test + "}}", english, russian);
  }

  @ParameterizedTest
  @MethodSource("clauses")
  void aClauseIsSaidFromItsDefinition(String when, String english, String russian) {
    assertThat(new ClauseText(ENGLISH).of(condition(when))).isEqualTo(english);
    assertThat(new ClauseText(RUSSIAN).of(condition(when))).isEqualTo(russian);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'field_value': {'field': 'price', 'operator': 'less', 'value': 5}} | 7 | budget was 7 | бюджет — 7
          {'field_value': {'field': 'price', 'operator': 'less', 'value': 5}} | '' | budget was empty | бюджет — пусто
          {'field_value': {'field': 'price', 'operator': 'less', 'value': 5}} | | budget was never seen | бюджет — неизвестно
          {'field_value': {'field': 'x', 'operator': 'changed'}} | not in this event | this event did not touch field x | событие не касалось: поле x
          {'field_value': {'field': 'x', 'operator': 'changed_to', 'value': 2}} | 1 -> 3 | field x went from 1 to 3 | поле x: было 1, стало 3
          {'stage_changed': {'to': 5}} | no change, in stage 4 | the lead stayed in stage 4 | сделка осталась на этапе 4
          {'stage_changed': {'to': 5}} | no change, in stage unknown | the lead entered no stage with it | сделка с ним ни на какой этап не вошла
          {'stage_changed': {'to': 5}} | older than the move to 4 | the lead had since moved to stage 4 | сделка с тех пор перешла на этап 4
          {'stage_changed': {'to': 5}} | created in 4 in pipeline 1 | the lead was created in stage 4 of pipeline 1 | сделка создана на этапе 4 воронки 1
          {'stage_changed': {'to': 5}} | from unknown to 4 | the lead came to stage 4, nobody saw from where | сделка пришла на этап 4 неизвестно откуда
          {'stage_changed': {'to': 5}} | | nobody saw how the lead came to its stage | неизвестно, как сделка попала на свой этап
          {'event_triggered': {'event': 'call_made'}} | note_added | it was note added | это — новое примечание
          {'event_triggered': {'event': 'call_made'}} | no event | there was no event, a moment had come | события не было, наступил срок
          {'event_triggered': {'event': 'call_made', 'times': 3, 'within': '1h'}} | 1 times | it happened once | было 1 раз
          {'event_triggered': {'event': 'note_added', 'where': [{'field': 'text', 'operator': 'empty'}]}} | text hi | text was ‘hi’ | текст — „hi“
          {'time_elapsed': {'since': 'creation', 'for': '3d'}} | 2d 4h | 2 days 4 hours had passed | прошло времени — 2 дня 4 часа
          {'time_elapsed': {'since': 'creation', 'for': '3d'}} | | that was never seen | этого ещё не было
          {'time_elapsed': {'field': 'd', 'before': '3d'}} | 5d before it | it was 5 days before that | до этого ещё 5 дней
          {'any': [{'stage_changed': {'to': 5}}, {'field_value': {'field': 'price', 'operator': 'less', 'value': 5}}]} | no change, in stage 4; unknown | the lead stayed in stage 4; budget was never seen | сделка осталась на этапе 4; бюджет — неизвестно
          {'any': [{'stage_changed': {'to': 5}}, {'field_value': {'field': 'price', 'operator': 'less', 'value': 5}}]} | written otherwise | written otherwise | written otherwise
          """)
  void whatWasThereIsSaidFromTheRecord(
      String when, String recorded, String english, String russian) {
    assertThat(new FoundText(ENGLISH).of(condition(when), recorded)).isEqualTo(english);
    assertThat(new FoundText(RUSSIAN).of(condition(when), recorded)).isEqualTo(russian);
  }

  @Test
  void russianNumbersAgreeWithTheirNouns() {
    assertThat(Stream.of(1L, 2L, 5L, 11L, 21L, 104L, 112L).map(RUSSIAN::times))
        .containsExactly("1 раз", "2 раза", "5 раз", "11 раз", "21 раз", "104 раза", "112 раз");
  }

  @Test
  void everyKindHasANameInBothLanguages() {
    assertThat(Arrays.stream(EventKind.values()).map(ENGLISH::event)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(EventKind.values()).map(RUSSIAN::event))
        .doesNotHaveDuplicates()
        .noneMatch(name -> name.matches(".*[a-z].*"));
    assertThat(Arrays.stream(ActionKind.values()).map(RUSSIAN::action)).doesNotHaveDuplicates();
  }
}
