package io.voronka.rules.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.parsing.ExampleParser;
import io.voronka.rules.parsing.Parsed;
import io.voronka.rules.parsing.ParsedExample;
import io.voronka.rules.parsing.Problem;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.VerdictOutcome;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleTest {
  private static final RuleParser RULES = RuleParser.create();
  private static final ExampleParser EXAMPLES = ExampleParser.create();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AccountSetting MOSCOW = new AccountSetting(ZoneId.of("Europe/Moscow"), null);

  private static final String REMIND =
      """
      {'id': 'remind', 'when': {'time_elapsed': {'since': 'last_message_sent', 'for': '3d', 'unless': 'message_received'}},
       'limits': {'cooldown': '5d'}, 'active': {'from': '09:00', 'to': '18:00', 'outside': 'wait'},
       'actions': [{'key': 'ask', 'send_message': {'text': 'Still there, {{ lead.name }}?'}}]}
      """;
  private static final String WINNERS =
      """
      {'id': 'winners', 'trigger': {'event': 'lead_stage_changed'},
       'when': {'all': [{'stage_changed': {'to': 142}}, {'field_value': {'field': 'price', 'operator': 'greater', 'value': 100}}]},
       'actions': [{'key': 'mark', 'update_field': {'writes': [{'field_id': 5, 'value': 'won by {{ lead.name }}'}, {'field_code': 'GIFT', 'clear': true}]}},
                   {'key': 'call', 'create_task': {'text': 'Call', 'due': '2h'}}]}
      """;

  private static ParsedExample parse(String definition) {
    try {
      return EXAMPLES.parse(JSON.readTree(definition.replace('\'', '"')), "acme", "main", MOSCOW);
    } catch (JsonProcessingException e) {
      throw new AssertionError(definition, e);
    }
  }

  private static Played play(String example, String... rules) {
    ParsedExample parsed = parse(example);
    assertThat(parsed.problems()).isEmpty();
    List<RuleVersion> members =
        Arrays.stream(rules)
            .map(rule -> RULES.parse(rule.replace('\'', '"')))
            .map(Parsed::rule)
            .map(rule -> new RuleVersion(rule.orElseThrow(), 1))
            .toList();
    return parsed.example().orElseThrow().play(members);
  }

  private static List<String> differences(Played played) {
    return played.steps().stream()
        .flatMap(step -> step.differences().stream())
        .map(difference -> difference.pointer() + ": " + difference.message())
        .toList();
  }

  @Test
  void rulesThatWaitFireByThemselvesBetweenTheSteps() {
    Played played =
        play(
            """
            {'name': 'silence', 'lead': {'fields': {'name': 'Anna'}},
             'steps': [
               {'at': '2026-03-02T10:00', 'event': 'message_sent', 'expect': {}},
               {'wait': '71h', 'expect': {'remind': 'not_matched'}},
               {'wait': '10h', 'expect': {'remind': {'outcome': 'fired', 'times': 1, 'actions': [
                  {'key': 'ask', 'send_message': {'text': 'Still there, Anna?'}}]}}}]}
            """,
            REMIND);

    assertThat(differences(played)).isEmpty();
    assertThat(played.asExpected()).isTrue();
    Played.Judged fired = played.steps().get(2).judged().get(0);
    assertThat(fired.at()).isEqualTo(at("2026-03-05T10:00:00Z") - 3 * 3_600_000);
  }

  @Test
  void anAnswerEndsTheWaitAndLimitsHoldBack() {
    Played played =
        play(
            """
            {'name': 'answered', 'lead': {'fields': {'name': 'Anna'}},
             'steps': [
               {'at': '2026-03-02T10:00', 'event': 'message_sent'},
               {'wait': '1d', 'event': 'message_received', 'fields': {'text': 'yes'}},
               {'wait': '9d', 'expect': {'remind': 'not_matched'}},
               {'event': 'message_sent'},
               {'wait': '3d', 'expect': {'remind': 'fired'}},
               {'event': 'message_sent'},
               {'wait': '3d', 'expect': {'remind': {'outcome': 'held', 'because': '/limits/cooldown'}}}]}
            """,
            REMIND);

    assertThat(differences(played)).isEmpty();
  }

  @Test
  void activeHoursAreThoseOfTheExamplesZone() {
    String example =
        """
        {'name': 'hours', 'zone': '%s', 'lead': {'fields': {'name': 'A'}, 'last': {'message_sent': '2026-03-02T12:00:00Z'}},
         'start': '2026-03-02T12:00:00Z', 'steps': [{'at': '2026-03-05T12:00:00Z', 'expect': {'remind': %s}}]}
        """;

    assertThat(differences(play(example.formatted("UTC", "'fired'"), REMIND))).isEmpty();
    assertThat(
            differences(
                play(
                    example.formatted("Asia/Tokyo", "{'outcome': 'held', 'because': '/active'}"),
                    REMIND)))
        .isEmpty();
  }

  @Test
  void tellsEveryDifferenceWithItsPlace() {
    Played played =
        play(
            """
            {'name': 'wrong', 'lead': {'fields': {'name': 'Anna', 'price': 200, 'status_id': 11}},
             'steps': [
               {'event': 'lead_stage_changed', 'fields': {'status_id': 142},
                'expect': {'winners': {'outcome': 'fired', 'times': 2, 'actions': [
                   {'key': 'mark', 'update_field': {'writes': [{'value': 'won by Bob'}, {'field_code': 'GIFT', 'clear': true}]}},
                   {'key': 'gone', 'add_note': {'text': 'x'}},
                   {'key': 'call', 'send_message': {'text': 'Call'}}]}}},
               {'event': 'lead_stage_changed', 'fields': {'status_id': 11}},
               {'event': 'lead_stage_changed', 'fields': {'status_id': 142}, 'expect': {}},
               {'event': 'message_received', 'expect': {'winners': 'fired'}},
               {'event': 'lead_stage_changed', 'fields': {'status_id': 143}, 'expect': {'winners': 'held'}}]}
            """,
            WINNERS);

    assertThat(played.asExpected()).isFalse();
    assertThat(differences(played))
        .containsExactly(
            "/steps/0/expect/winners/times: winners is expected to be fired 2 times, and was 1 times",
            "/steps/0/expect/winners/actions/0/update_field/writes/0/value:"
                + " writes/0/value of mark is expected to be \"won by Bob\", and is \"won by Anna\"",
            "/steps/0/expect/winners/actions/1:"
                + " winners is expected to ask for the action gone, and asked for mark, call",
            "/steps/0/expect/winners/actions/2: call is expected to be a send_message, and is"
                + " call: create_task text=\"Call\" due=\"2026-01-05T11:00\"",
            "/steps/2/expect: winners is not expected to fire, and did",
            "/steps/3/expect/winners: winners is expected to be fired, and was not judged:"
                + " nothing in this step could set it off",
            "/steps/4/expect/winners: winners is expected to be held, and was not matched at"
                + " /when/all/0/stage_changed (stage changed to 142): from 142 to 143");
  }

  @Test
  void limitsOverAllSubjectsAreGrantedByTheDay() {
    String capped =
        """
        {'id': 'capped', 'trigger': {'event': 'note_added'}, 'limits': {'per_day': 1, 'cooldown': '1h'},
         'actions': [{'key': 'n', 'add_tags': {'tags': ['seen']}}]}
        """;
    Played played =
        play(
            """
            {'name': 'day', 'steps': [
              {'at': '2026-03-02T10:00', 'event': 'note_added', 'expect': {'capped': 'fired'}},
              {'wait': '10m', 'event': 'note_added', 'expect': {'capped': {'outcome': 'held', 'because': '/limits/cooldown'}}},
              {'wait': '2h', 'event': 'note_added', 'expect': {'capped': {'outcome': 'held', 'because': '/limits/per_day'}}},
              {'at': '2026-03-03T00:01', 'event': 'note_added', 'expect': {'capped': {'outcome': 'fired',
                'actions': [{'key': 'n', 'add_tags': {'tags': ['seen']}}]}}}]}
            """,
            capped);

    assertThat(differences(played)).isEmpty();
  }

  @Test
  void onlyNamedRulesAreInForceAndLateHooksAreStale() {
    Played played =
        play(
            """
            {'name': 'late', 'rules': 'winners', 'lead': {'fields': {'name': 'A', 'price': 101}},
             'steps': [
               {'event': 'lead_updated', 'fields': {'status_id': 11}},
               {'wait': '5m', 'event': 'lead_updated', 'fields': {'status_id': 143}},
               {'wait': '1m', 'event': 'lead_stage_changed', 'happened_at': '2026-01-05T09:02', 'fields': {'status_id': 142},
                'expect': {'winners': 'stale'}}]}
            """,
            WINNERS,
            REMIND);

    assertThat(differences(played)).isEmpty();
    assertThat(played.steps().get(2).judged())
        .extracting(Played.Judged::ruleId, Played.Judged::outcome)
        .containsExactly(tuple("winners", VerdictOutcome.STALE));
  }

  @Test
  void tellsAllThatIsWrongWithADefinition() {
    ParsedExample parsed =
        parse(
            """
            {'name': 'x', 'zone': 'Mars/Base', 'lead': {'last': {'lead_imported': '2026-01-01T00:00'}, 'age': 3},
             'steps': [
               {'at': 'noon'},
               {'at': '2026-01-01T00:00', 'wait': '1d', 'event': 'lead_exploded'},
               {'wait': '1y', 'fields': {'price': 1}},
               {'event': 'note_added', 'expect': {'r': 'exploded', 's': {'outcome': 'held', 'actions': [{'key': 'a', 'dance': {}}]}}}]}
            """);

    assertThat(parsed.example()).isEmpty();
    assertThat(parsed.problems())
        .extracting(Problem::pointer)
        .contains(
            "/lead",
            "/zone",
            "/lead/last/lead_imported",
            "/steps/0/at",
            "/steps/1",
            "/steps/2/wait",
            "/steps/2/fields",
            "/steps/3/expect/r",
            "/steps/3/expect/s/actions",
            "/steps/3/expect/s/actions/0/dance");
  }

  private static long at(String instant) {
    return java.time.Instant.parse(instant).toEpochMilli();
  }

  @Test
  void rulesCompareByTheTypesThatTheExampleGives() {
    String large =
        """
        {'id': 'large', 'trigger': {'event': 'lead_updated'},
         'when': {'all': [{'field_value': {'field_id': 600004, 'operator': 'equals', 'value': '10'}},
                          {'field_value': {'field_code': 'SIZE', 'operator': 'equals', 'value': 'Large'}}]},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """;
    String example =
        """
        {'name': 'types', %s
         'steps': [{'event': 'lead_updated',
           'custom_fields': {'600004': '10.00', 'SIZE': {'value': 'Gross', 'enum_id': 12}},
           'expect': {'large': '%s'}}]}
        """;
    String catalogue =
        "'catalogue': {'600004': 'numeric', 'SIZE': {'type': 'select', 'choices': {'12': 'Large'}}},";

    assertThat(differences(play(example.formatted("", "not_matched"), large))).isEmpty();
    assertThat(differences(play(example.formatted(catalogue, "fired"), large))).isEmpty();
  }

  @Test
  void textsNameTheContactThatTheExampleGives() {
    String greet =
        """
        {'id': 'greet', 'trigger': {'event': ['lead_updated', 'contact_updated']},
         'actions': [{'key': 'g', 'add_note': {'text': '{{ contact.name }} {{ contact.code.PHONE }}'}}]}
        """;
    Played played =
        play(
            """
            {'name': 'contact',
             'lead': {'contact': {'id': 31, 'fields': {'name': 'Anna'}, 'custom_fields': {'PHONE': '+7900'}}},
             'steps': [
               {'event': 'lead_updated', 'expect': {'greet': {'outcome': 'fired', 'actions': [
                 {'key': 'g', 'add_note': {'text': 'Anna +7900'}}]}}},
               {'wait': '1m', 'event': 'contact_updated', 'fields': {'name': 'Ann'},
                'expect': {'greet': {'outcome': 'fired', 'actions': [
                 {'key': 'g', 'add_note': {'text': 'Ann +7900'}}]}}}]}
            """,
            greet);

    assertThat(differences(played)).isEmpty();
  }

  @Test
  void whatTheIndexRulesOutIsHeldBackByItsClauseToo() {
    String rule =
        """
        {'id': 'r', 'trigger': {'event': 'lead_updated'},
         'when': {'all': [{'field_value': {'field': 'price', 'operator': 'equals', 'value': 10}},
                          {'field_value': {'field': 'name', 'operator': 'not_empty'}}]},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """;
    String example =
        """
        {'name': 'x', 'steps': [{'at': '2026-03-02T10:00', 'event': '%s', 'fields': {'price': 11},
           'expect': {'r': %s}}]}
        """;
    String because = "{'outcome': 'not_matched', 'because': '%s'}";

    assertThat(
            differences(
                play(example.formatted("lead_updated", because.formatted("/when/all/0")), rule)))
        .isEmpty();
    assertThat(
            differences(
                play(example.formatted("lead_updated", because.formatted("/when/all/1")), rule)))
        .containsExactly(
            "/steps/0/expect/r/because: r is expected to be held back by /when/all/1, and was not"
                + " matched at /when/all/0/field_value (price equals 10): 11");
    assertThat(differences(play(example.formatted("lead_updated", "'fired'"), rule)))
        .containsExactly(
            "/steps/0/expect/r: r is expected to be fired, and was not matched at /when/all/0/field_value"
                + " (price equals 10): 11");
    assertThat(
            differences(play(example.formatted("note_added", because.formatted("/trigger")), rule)))
        .isEmpty();
    assertThat(differences(play(example.formatted("note_added", because.formatted("/when")), rule)))
        .containsExactly(
            "/steps/0/expect/r/because: r is expected to be held back by /when, and was not judged:"
                + " nothing in this step could set it off");
  }

  @Test
  void aWaitThatIsNotOverIsHeldBackByItself() {
    String example =
        """
        {'name': 'x', 'lead': {'fields': {'name': 'Anna'}}, 'steps': [
           {'at': '2026-03-02T10:00', 'event': 'message_sent'},
           {'wait': '1h', 'expect': {'remind': {'outcome': 'not_matched', 'because': '%s'}}}]}
        """;

    assertThat(differences(play(example.formatted("/when"), REMIND))).isEmpty();
    assertThat(differences(play(example.formatted("/active"), REMIND))).hasSize(1);
  }
}
