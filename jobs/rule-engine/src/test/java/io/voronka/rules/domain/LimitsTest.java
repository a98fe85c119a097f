package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.voronka.rules.LeadEvents;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
  private static final long HOUR = 3600;

  /** The next 09:00 in UTC, seconds after the start. */
  private static final long MORNING = 24 * HOUR + 400;

  private static String rule(String id, String more) {
    return "{'id': '%s', 'trigger': {'event': 'lead_updated'}, %s 'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}"
        .formatted(id, more);
  }

  @Test
  void aCooldownHoldsBackUntilItIsOver() {
    Deciding deciding = Deciding.by(rule("r", "'limits': {'cooldown': '1h'},"));

    assertThat(deciding.after(updated("a")).fired()).isTrue();
    deciding.after(updated("b").at(HOUR - 1));
    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.HELD);
    assertThat(deciding.verdict().getClause()).isEqualTo("/limits/cooldown");
    assertThat(deciding.verdict().getActual())
        .isEqualTo("fired at " + Instant.ofEpochMilli(LeadEvents.T0 + 500));
    assertThat(deciding.after(updated("c").at(HOUR)).fired()).isTrue();
    assertThat(deciding.after(updated("d").at(HOUR + 1)).fired()).isFalse();
  }

  @Test
  void soManyTimesForASubjectWithinATime() {
    Deciding deciding =
        Deciding.by(rule("r", "'limits': {'per_subject': {'times': 2, 'within': '1d'}},"));
    deciding.after(updated("a"), updated("b").at(HOUR), updated("c").at(2 * HOUR));

    assertThat(deciding.verdict().getClause()).isEqualTo("/limits/per_subject");
    assertThat(deciding.verdict().getActual()).isEqualTo("2 times");
    assertThat(deciding.after(updated("d").at(24 * HOUR)).fired()).isTrue();
    assertThat(deciding.after(updated("e").at(24 * HOUR + 1)).fired()).isFalse();
  }

  @Test
  void waitsThatAreOverTogetherCountOnce() {
    String rule =
        """
        {'id': 'r', 'limits': {'per_subject': {'times': 2, 'within': '1d'}},
         'when': {'any': [{'time_elapsed': {'since': 'creation', 'for': '2h'}},
                          {'time_elapsed': {'since': 'stage_entry', 'for': '2h'}},
                          {'time_elapsed': {'since': 'last_message_sent', 'for': '2h'}}]},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """;
    LeadEvents created =
        event(EventKind.LEAD_CREATED, "c")
            .stage("1", "10")
            .field("date_create", "" + LeadEvents.T0 / 1000);

    Deciding deciding = Deciding.by(rule).after(created, sent("m", HOUR), sent("n", 4 * HOUR));

    assertThat(deciding.pass(20 * HOUR).firedAt()).containsExactly(2 * HOUR, 3 * HOUR);
    assertThat(deciding.allActions()).hasSize(2);
    assertThat(deciding.verdict().getActual()).isEqualTo("2 times");
  }

  @Test
  void limitsOfOneRuleAreNotThoseOfAnother() {
    Deciding deciding =
        Deciding.by(rule("a", "'limits': {'cooldown': '1h'},"), rule("b", "")).after(updated("1"));

    deciding.after(updated("2").at(10));

    assertThat(deciding.verdicts())
        .extracting(RuleVerdict::getOutcome)
        .containsExactly(VerdictOutcome.HELD, VerdictOutcome.FIRED);
  }

  @Test
  void anObservedRuleDecidesAndAsksForNothing() {
    Deciding deciding = Deciding.by(rule("r", "'mode': 'observe', 'limits': {'cooldown': '1h'},"));

    deciding.after(updated("a"));
    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.OBSERVED);
    assertThat(deciding.verdict().getActionIds()).isEmpty();
    assertThat(deciding.actions()).isEmpty();
    assertThat(deciding.after(updated("b").at(1)).outcome()).isEqualTo(VerdictOutcome.HELD);
  }

  @Test
  void afterARuleThatStopsNoOtherFires() {
    Deciding deciding =
        Deciding.by(
            rule("a", "'priority': 2, 'mode': 'observe', 'stop_after_match': true,"),
            rule("b", "'priority': 1, 'stop_after_match': true,"),
            rule("c", ""));

    deciding.after(updated("e"));

    assertThat(deciding.verdicts())
        .extracting(RuleVerdict::getOutcome)
        .containsExactly(VerdictOutcome.OBSERVED, VerdictOutcome.FIRED, VerdictOutcome.HELD);
    assertThat(deciding.verdicts().get(2).getActual()).isEqualTo("b does");
  }

  /** At nine in the morning three waits of the night are over; two began with one message. */
  @Test
  void aRuleThatStopsLeavesTheWaitsThatBeganWithSomethingElse() {
    String active = "'active': {'from': '09:00', 'to': '18:00', 'outside': 'wait'},";
    String rule =
        "{'id': '%s', 'priority': %d, 'stop_after_match': %s, "
            + active
            + " 'when': {'any': [%s]}, 'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}";
    String silence = "{'time_elapsed': {'since': 'last_message_sent', 'for': '14h'}}";
    String stage = "{'time_elapsed': {'since': 'stage_entry', 'for': '12h'}}";
    Deciding deciding =
        Deciding.by(
                rule.formatted("a", 3, true, silence),
                rule.formatted("b", 2, false, silence),
                rule.formatted("c", 1, false, stage),
                rule.formatted("d", 0, false, silence + ", " + stage))
            .after(event(EventKind.LEAD_CREATED, "c").stage("1", "10"), sent("m", 1));

    deciding.pass(MORNING);

    assertThat(deciding.verdicts())
        .extracting(RuleVerdict::getRuleId, RuleVerdict::getOutcome)
        .containsExactly(
            tuple("a", VerdictOutcome.FIRED),
            tuple("b", VerdictOutcome.HELD),
            tuple("c", VerdictOutcome.FIRED),
            tuple("d", VerdictOutcome.FIRED));
    assertThat(deciding.verdicts().get(1).getActual()).isEqualTo("a does");
    assertThat(deciding.pass(60 * HOUR).allActions()).hasSize(3);
  }

  @Test
  void aDailyLimitIsLeftToWhoSeesTheWholeDay() {
    Deciding deciding = Deciding.by(rule("r", "'limits': {'per_day': 5, 'cooldown': '1h'},"));

    for (int i = 0; i < 3; i++) {
      assertThat(deciding.after(updated("e" + i).at(i)).fired()).isTrue();
    }
  }

  /** The start of the tests is Thursday, 2025-10-09 08:53:20 UTC, and 11:53:20 in Moscow. */
  @Test
  void outsideOfItsHoursARuleIsHeldBack() {
    String active = "'active': {'from': '09:00', 'to': '12:00', 'days': ['thu']},";
    Deciding deciding = Deciding.by(rule("r", active)).in("Europe/Moscow");

    assertThat(deciding.after(updated("a")).fired()).isTrue();
    deciding.after(updated("b").at(HOUR));
    assertThat(deciding.verdict().getClause()).isEqualTo("/active");
    assertThat(deciding.verdict().getExpected()).isEqualTo("09:00-12:00 on THU Europe/Moscow");
    assertThat(deciding.verdict().getActual()).contains("2025-10-09T12:53:20");
  }

  @Test
  void aWaitThatIsOverAtNightCanWaitForTheMorning() {
    String definition =
        """
        {'id': 'r', 'when': {'time_elapsed': {'since': 'last_message_sent', 'for': '10h', 'unless': 'message_received'}},
         'active': {'from': '09:00', 'to': '18:00', 'outside': '%s'},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """;
    LeadEvents sent = event(EventKind.MESSAGE_SENT, "m").entity(EntityType.MESSAGE, "m");
    Deciding waits = Deciding.by(definition.formatted("wait")).in("Europe/Moscow").after(sent);
    long nine = (21 * 60 + 6) * 60 + 40; // the next 09:00 in Moscow, seconds after the start

    assertThat(waits.pass(20 * HOUR).firedAt()).isEmpty();
    waits.after(updated("u").at(20 * HOUR));
    assertThat(waits.pass(30 * HOUR).firedAt()).containsExactly(nine);

    Deciding replied = Deciding.by(definition.formatted("wait")).in("Europe/Moscow").after(sent);
    replied.after(
        event(EventKind.MESSAGE_RECEIVED, "r").entity(EntityType.MESSAGE, "r").at(15 * HOUR));
    assertThat(replied.pass(60 * HOUR).firedAt()).isEmpty();

    Deciding skips = Deciding.by(definition.formatted("skip")).in("Europe/Moscow").after(sent);
    assertThat(skips.pass(60 * HOUR).firedAt()).isEmpty();
    assertThat(skips.moments()).hasSize(1);
  }

  @Test
  void whatIsNotTrueAtNightIsJudgedAgainInTheMorning() {
    String definition =
        """
        {'id': 'r', 'active': {'from': '09:00', 'to': '18:00', 'outside': 'wait'},
         'when': {'all': [{'field_value': {'field': '%s', 'operator': '%s', 'value': 100}},
                          {'time_elapsed': {'since': 'last_message_sent', 'for': '14h'}}]},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """;
    // What a rule can be looked up by ends its wait while it does not hold.
    for (String[] test : new String[][] {{"price", "greater"}, {"status_id", "equals"}}) {
      Deciding deciding =
          Deciding.by(definition.formatted((Object[]) test))
              .after(updated("u").field(test[0], "50"), sent("m", 1))
              .after(
                  updated("v")
                      .at(16 * HOUR)
                      .field(test[0], test[1].equals("equals") ? "100" : "500"));

      assertThat(deciding.pass(90 * HOUR).firedAt()).as(test[0]).containsExactly(MORNING);
    }
  }

  @Test
  void whatIsNotTrueInTheMorningEitherIsNotJudgedAgain() {
    String definition =
        """
        {'id': 'r', 'active': {'from': '09:00', 'to': '18:00', 'outside': 'wait'},
         'when': {'all': [{'field_value': {'field': 'price', 'operator': 'greater', 'value': 100}},
                          {'time_elapsed': {'since': 'last_message_sent', 'for': '14h'}}]},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """;
    Deciding deciding =
        Deciding.by(definition)
            .after(updated("u").field("price", "50"), sent("m", 1))
            .after(updated("v").at(26 * HOUR).field("price", "500"));

    assertThat(deciding.pass(90 * HOUR).firedAt()).isEmpty();
    assertThat(deciding.moments()).as("at night and in the morning").hasSize(2);
  }

  @Test
  void aMomentThatTheLogJumpsIntoTheNightFromWaitsForTheMorning() {
    String definition =
        """
        {'id': 'r', 'active': {'from': '09:00', 'to': '18:00', 'outside': 'wait'},
         'when': {'time_elapsed': {'since': 'last_message_sent', 'for': '3h'}},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """;
    Deciding deciding = Deciding.by(definition).after(sent("m", 1)).jump(15 * HOUR);

    assertThat(deciding.moments()).hasSize(1);
    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.HELD);
    assertThat(deciding.pass(60 * HOUR).firedAt()).containsExactly(MORNING);
  }

  @Test
  void waitsThatAreOverInOneNightFireOnceInTheMorning() {
    String definition =
        """
        {'id': 'r', 'limits': {'cooldown': '1d'},
         'when': {'any': [{'time_elapsed': {'since': 'last_message_sent', 'for': '2h'}},
                          {'time_elapsed': {'since': 'stage_entry', 'for': '11h'}}]},
         'active': {'from': '09:00', 'to': '18:00', 'outside': 'wait'},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """;
    Deciding deciding =
        Deciding.by(definition)
            .after(event(EventKind.LEAD_CREATED, "c").stage("1", "10"), sent("m", 10 * HOUR));

    assertThat(deciding.pass(20 * HOUR).moments()).as("each held back at night").hasSize(2);
    assertThat(deciding.pass(60 * HOUR).firedAt()).containsExactly(MORNING);
    assertThat(deciding.allActions()).hasSize(1);
  }

  private static LeadEvents sent(String id, long at) {
    return event(EventKind.MESSAGE_SENT, id).entity(EntityType.MESSAGE, id).at(at);
  }

  @Test
  void eventsAreCountedWithinATime() {
    String often =
        """
        {'id': 'r', 'trigger': {'event': 'lead_updated'},
         'when': {'event_triggered': {'event': 'message_received', 'times': 3, 'within': '1h',
             'where': [{'field': 'text', 'operator': 'contains', 'value': 'price'}]}},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """;
    Deciding deciding = Deciding.by(often);
    for (int i = 0; i < 3; i++) {
      deciding.after(message("m" + i, i * 60, "the price?"), message("n" + i, i * 60, "hello"));
    }

    assertThat(deciding.after(updated("a").at(200)).fired()).isTrue();
    deciding.after(updated("b").at(HOUR + 1));
    assertThat(deciding.verdict().getActual()).isEqualTo("2 times");
    assertThat(deciding.verdict().getExpected()).endsWith("3 times within 1h");
    assertThat(deciding.state().past().counts()).hasSize(1);
    deciding.change(2 * HOUR, rule("other", "")).after(updated("c").at(2 * HOUR));
    assertThat(deciding.state().past().counts()).as("of a rule that is gone").isEmpty();
  }

  private static LeadEvents message(String id, long at, String text) {
    return event(EventKind.MESSAGE_RECEIVED, id)
        .entity(EntityType.MESSAGE, id)
        .at(at)
        .field("text", text);
  }

  @Test
  void rulesThatCauseEachOtherAreCut() {
    String there =
        "{'id': 'there', 'trigger': {'event': 'lead_stage_changed'}, 'when': {'stage_changed': {'to': 10}}, 'actions': [{'key': 'm', 'change_stage': {'stage': 20}}]}";
    String back =
        "{'id': 'back', 'trigger': {'event': 'lead_stage_changed'}, 'when': {'stage_changed': {'to': 20}}, 'actions': [{'key': 'm', 'change_stage': {'stage': 10}}]}";
    Deciding deciding = Deciding.by(there, back).integrationUser("77");
    deciding.after(event(EventKind.LEAD_CREATED, "c").stage("1", "10"));
    int moves = 0;
    while (!deciding.actions().isEmpty() && moves < 50) {
      String to = deciding.actions().get(0).getChangeStage().getStatusId();
      assertThat(deciding.actions().get(0).getChainDepth()).isEqualTo(moves + 1);
      moves++;
      deciding.after(updated("echo" + moves).at(moves).stage("1", to).by("77"));
    }

    assertThat(moves).isEqualTo(Chains.DEEPEST);
    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.HELD);
    assertThat(deciding.verdict().getClause()).isEqualTo("/trigger");

    String next = deciding.state().stageId().equals("10") ? "20" : "10";
    deciding.after(updated("person").at(100).stage("1", next).by("5"));
    assertThat(deciding.fired()).as("a person begins a new chain").isTrue();
    assertThat(List.of(deciding.actions().get(0).getChainDepth())).containsExactly(1);
  }

  /** Columns: what is written, and the echo of it as text#id#code, several parted by semicolons. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'field_id': 5, 'enum_ids': [12]             | Large#12#BIG
          'field_id': 5, 'enum_codes': ['BIG']        | Large#12#BIG
          'field_code': 'SIZE', 'enum_ids': [12]      | Large#12#BIG
          'field_code': 'SIZE', 'enum_codes': ['BIG'] | Large#12#BIG
          'field_id': 5, 'value': 'Large'             | Large#12#BIG
          'field_id': 5, 'enum_ids': [12, 11]         | Small#11#LOW;Large#12#BIG
          'field_id': 5, 'values': ['Large', 'Small'] | Small#11#LOW;Large#12#BIG
          """)
  void anEchoIsKnownByAnyNameOfAChoice(String write, String echo) {
    Deciding deciding =
        Deciding.by(
                """
                {'id': 'r', 'trigger': {'event': 'lead_updated'}, 'actions': [
                  {'key': 'w', 'update_field': {'writes': [{%s}]}}]}
                """
                    .formatted(write))
            .integrationUser("77")
            .after(updated("u"));
    FieldValue[] values =
        Stream.of(echo.split(";"))
            .map(value -> value.split("#"))
            .map(value -> new FieldValue(value[0], value[1], value[2]))
            .toArray(FieldValue[]::new);

    deciding.after(updated("echo").at(1).custom("5", "SIZE", values).by("77"));
    assertThat(deciding.actions().get(0).getChainDepth()).isEqualTo(2);

    FieldValue[] others = {new FieldValue("Huge", "13", "TOP")};
    deciding.after(updated("other").at(2).custom("5", "SIZE", others).by("77"));
    assertThat(deciding.actions().get(0).getChainDepth()).as("another choice").isEqualTo(1);
  }

  @Test
  void rulesThatChooseFromAListAreCutToo() {
    String rule =
        "{'id': '%s', 'trigger': {'event': 'lead_updated'}, 'when': {'field_value': {'field_id': 5, 'operator': 'changed_to', 'value': '%s'}}, 'actions': [{'key': 'w', 'update_field': {'writes': [{'field_id': 5, 'enum_ids': [%s]}]}}]}";
    Deciding deciding =
        Deciding.by(rule.formatted("p", "Small", 12), rule.formatted("q", "Large", 11))
            .integrationUser("77");
    deciding.after(updated("a").custom("5", null, new FieldValue("Large", "12", null)));
    deciding.after(updated("b").at(1).custom("5", null, new FieldValue("Small", "11", null)));
    int writes = 0;
    while (!deciding.actions().isEmpty() && writes < 50) {
      String id =
          deciding
              .actions()
              .get(0)
              .getUpdateField()
              .getWrites()
              .get(0)
              .getValues()
              .get(0)
              .getEnumId();
      writes++;
      FieldValue chosen = new FieldValue(id.equals("12") ? "Large" : "Small", id, null);
      deciding.after(updated("e" + writes).at(1 + writes).custom("5", null, chosen).by("77"));
    }

    assertThat(writes).isEqualTo(Chains.DEEPEST);
  }
}
