package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static io.voronka.rules.domain.Deciding.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.VerdictOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeElapsedTest {
  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;
  private static final String NO_REPLY =
      "{'time_elapsed': {'since': 'last_message_sent', 'for': '3d', 'unless': 'message_received'}}";

  private static LeadEvents sent(String id, long at) {
    return event(EventKind.MESSAGE_SENT, id).entity(EntityType.MESSAGE, id).at(at);
  }

  private static LeadEvents received(String id, long at) {
    return event(EventKind.MESSAGE_RECEIVED, id).entity(EntityType.MESSAGE, id).at(at);
  }

  private static LeadEvents created() {
    return event(EventKind.LEAD_CREATED, "c").stage("1", "10");
  }

  @Test
  void isCancelledAtOnceWhenItsGroundFallsAway() {
    Deciding deciding =
        Deciding.by(waiting("r", NO_REPLY)).after(sent("m1", 0), received("m2", 2 * DAY));

    assertThat(deciding.state().standing().armed()).isEmpty();
    assertThat(deciding.pass(30 * DAY).moments()).isEmpty();
  }

  @Test
  void anEventOfTheVeryInstantComesFirstAndDoesNotTakeTheMomentAway() {
    long due = LeadEvents.T0 + (100 + 3 * DAY) * 1000;
    Deciding updated = Deciding.by(waiting("r", NO_REPLY)).after(sent("m1", 100));
    assertThat(updated.after(updated("u").received(due)).firedAt()).containsExactly(100 + 3 * DAY);

    Deciding answered = Deciding.by(waiting("r", NO_REPLY)).after(sent("m1", 100));
    assertThat(answered.after(received("m2", 0).at(100 + 3 * DAY).received(due)).firedAt())
        .isEmpty();
  }

  @Test
  void aNewerBeginningStartsTheWaitAnew() {
    Deciding deciding =
        Deciding.by(waiting("r", NO_REPLY)).after(sent("m1", 0), sent("m2", 2 * DAY));

    assertThat(deciding.pass(30 * DAY).firedAt()).containsExactly(5 * DAY);
  }

  @Test
  void anAnswerOfTheSameSecondIsToldFromAQuestionByItsArrival() {
    Deciding answered = Deciding.by(waiting("r", NO_REPLY));
    answered.after(received("q", 50), sent("a", 50).received(LeadEvents.T0 + 50_900));
    assertThat(answered.pass(30 * DAY).firedAt()).hasSize(1);

    Deciding replied = Deciding.by(waiting("r", NO_REPLY));
    replied.after(sent("a", 50), received("q", 50).received(LeadEvents.T0 + 50_900));
    assertThat(replied.pass(30 * DAY).firedAt()).isEmpty();
  }

  /** Else it would depend on whether the rules changed meanwhile what is waited for. */
  @Test
  void whatALateHookCarriesArmsNothingThatIsKnownNotToBe() {
    String lost =
        "{'all': [{'field_value': {'field': 'price', 'operator': 'equals', 'value': 13}},"
            + " {'time_elapsed': {'since': 'stage_entry', 'for': '3d'}}]}";
    Deciding deciding = Deciding.by(waiting("r", lost));
    deciding.after(created().at(0), updated("u").field("price", "10").at(HOUR));

    deciding.after(updated("late").field("price", "13").at(1).received(LeadEvents.T0 + DAY * 1000));

    assertThat(deciding.state().text("price")).isEqualTo("10");
    assertThat(deciding.state().standing().armed()).isEmpty();
  }

  @Test
  void anOldHookThatComesLateEndsNoWaitAndBeginsNone() {
    Deciding deciding = Deciding.by(waiting("r", NO_REPLY)).after(sent("m2", DAY));
    long late = LeadEvents.T0 + 2 * DAY * 1000;

    deciding.after(received("m1", DAY / 2).received(late), sent("m0", 10).received(late + 1));

    assertThat(deciding.pass(30 * DAY).firedAt()).containsExactly(4 * DAY);
  }

  @Test
  void aBeginningThatIsToldAfterItsMomentIsDueAtOnce() {
    Deciding deciding =
        Deciding.by(waiting("r", "{'time_elapsed': {'since': 'last_message_sent', 'for': '1h'}}"));

    deciding.after(sent("m1", 0).received(LeadEvents.T0 + 95 * 60_000));

    assertThat(deciding.firedAt()).containsExactly(95 * 60L);
  }

  @Test
  void aCreationThatIsToldAfterItsMomentIsDueAtOnceUnlessItWasKnown() {
    String wait = waiting("r", "{'time_elapsed': {'since': 'creation', 'for': '10s'}}");
    long late = LeadEvents.T0 + 30_000;
    String made = "" + LeadEvents.T0 / 1000;

    Deciding told =
        Deciding.by(wait)
            .after(created().field("date_create", made).received(late))
            .after(updated("u").field("created_at", made).received(late + 60_000))
            .after(created().field("date_create", made).received(late + 90_000));
    assertThat(told.pass(DAY).firedAt()).containsExactly(30L);

    Deciding known = Deciding.by().after(updated("u").field("created_at", made));
    known.change(20, wait).after(created().field("date_create", made).received(late));
    assertThat(known.pass(DAY).firedAt()).as("a new rule does not act on the past").isEmpty();

    Deciding updated =
        Deciding.by(wait).after(updated("u").field("created_at", made).received(late));
    assertThat(updated.pass(DAY).firedAt()).as("an old lead comes into sight").isEmpty();
  }

  @Test
  void ofTwoWaitsWithOneBeginningEachIsJudgedAtItsOwnMoment() {
    String wait =
        """
        {'all': [{'field_value': {'field': 'price', 'operator': 'greater', 'value': 100}},
                 {'any': [{'time_elapsed': {'since': 'last_message_sent', 'for': '1h'}},
                          {'time_elapsed': {'since': 'last_message_sent', 'for': '20h'}}]}]}
        """;
    Deciding deciding =
        Deciding.by(waiting("r", wait))
            .after(updated("u").field("price", "50"), sent("m", 1))
            .after(updated("v").at(2 * HOUR).field("price", "500"));

    assertThat(deciding.moments()).as("of the first wait").hasSize(1);
    assertThat(deciding.pass(30 * DAY).firedAt()).containsExactly(20 * HOUR + 1);
  }

  @Test
  void waitsThatAreOverTogetherFireTheirRuleOnce() {
    String either =
        """
        {'any': [{'time_elapsed': {'since': 'creation', 'for': '%1$s'}},
                 {'time_elapsed': {'since': 'stage_entry', 'for': '%1$s'}}]}
        """;
    Deciding deciding =
        Deciding.by(waiting("r", either.formatted("2h")))
            .after(created().field("date_create", "" + LeadEvents.T0 / 1000))
            .pass(2 * HOUR);

    assertThat(deciding.moments()).hasSize(1);
    assertThat(deciding.moments().get(0).getVerdicts()).hasSize(1);
    assertThat(deciding.allActions()).hasSize(1);
    deciding.change(2 * HOUR, waiting("r", either.formatted("3h")));
    assertThat(deciding.pass(30 * DAY).allActions()).as("the other wait, made longer").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"'before': '2h',18000", "'for': '2h',32400", "'unless': 'lead_deleted',25200"})
  void aDateFieldIsWaitedForWithItsOffset(String offset, long due) {
    Deciding deciding =
        Deciding.by(waiting("r", "{'time_elapsed': {'field_id': 9, %s}}".formatted(offset)));
    long date = LeadEvents.T0 / 1000 + 7 * HOUR;

    deciding.after(updated("u").texts("9", "" + date));

    assertThat(deciding.pass(DAY).firedAt()).containsExactly(due);
    deciding.after(updated("again").at(DAY).texts("9", "" + date));
    assertThat(deciding.pass(2 * DAY).firedAt()).as("the same date is no new one").hasSize(1);
    deciding.after(updated("other").at(2 * DAY).texts("9", "" + (date + 3 * DAY)));
    assertThat(deciding.pass(9 * DAY).firedAt()).as("another date").hasSize(2);
  }

  @Test
  void aDateThatLiesInThePastIsNotWaitedFor() {
    Deciding deciding =
        Deciding.by(waiting("r", "{'time_elapsed': {'field_id': 9, 'before': '1d'}}"));

    deciding.after(updated("u").texts("9", "" + (LeadEvents.T0 / 1000 + HOUR)));

    assertThat(deciding.pass(30 * DAY).moments()).isEmpty();
  }

  @Test
  void theOtherConditionsAreJudgedAtTheMoment() {
    String wait =
        """
        {'all': [{'field_value': {'field': 'status_id', 'operator': 'equals', 'value': 10}},
                 {'field_value': {'field': 'price', 'operator': 'greater', 'value': 100}},
                 {'time_elapsed': {'since': 'stage_entry', 'for': '1d'}}]}
        """;
    Deciding deciding = Deciding.by(waiting("r", wait)).after(created().field("price", "50"));

    deciding.pass(DAY);

    assertThat(deciding.moments()).hasSize(1);
    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.NOT_MATCHED);
    assertThat(deciding.verdict().getClause()).isEqualTo("/when/all/1/field_value");
    deciding.after(updated("u").at(2 * DAY).field("price", "500"));
    assertThat(deciding.pass(30 * DAY).firedAt()).as("its moment has passed").isEmpty();
  }

  @Test
  void leavingTheStageEndsItsWait() {
    String wait =
        """
        {'all': [{'field_value': {'field': 'status_id', 'operator': 'equals', 'value': 10}},
                 {'time_elapsed': {'since': 'stage_entry', 'for': '1d'}}]}
        """;
    Deciding deciding = Deciding.by(waiting("r", wait)).after(created());
    assertThat(deciding.state().standing().armed()).hasSize(1);

    deciding.after(updated("u").at(HOUR).stage("1", "20"));

    assertThat(deciding.state().standing().armed()).isEmpty();
    assertThat(deciding.pass(30 * DAY).moments()).isEmpty();
    deciding.after(updated("back").at(31 * DAY).stage("1", "10"));
    assertThat(deciding.pass(40 * DAY).firedAt()).containsExactly(32 * DAY);
  }

  @Test
  void aWaitThatIsMadeShorterThanWhatHasPassedFiresAtOnce() {
    Deciding deciding = Deciding.by(waiting("r", NO_REPLY)).after(sent("m", 0)).pass(2 * DAY);

    deciding.change(2 * DAY, waiting("r", NO_REPLY.replace("3d", "1d")));

    assertThat(deciding.pass(30 * DAY).firedAt()).containsExactly(2 * DAY);
  }

  @Test
  void aNewRuleWaitsForWhatLiesAheadAndDoesNotActOnThePast() {
    Deciding deciding = Deciding.by().after(sent("m", 0));
    deciding.change(2 * DAY, waiting("r", NO_REPLY));
    assertThat(deciding.pass(30 * DAY).firedAt()).containsExactly(3 * DAY);

    Deciding late = Deciding.by().after(sent("m", 0)).change(9 * DAY, waiting("r", NO_REPLY));
    assertThat(late.pass(30 * DAY).firedAt()).isEmpty();
  }

  @Test
  void aRuleThatIsSwitchedOffWaitsForNothing() {
    String off = waiting("r", NO_REPLY).replace("'id'", "'mode': 'off', 'id'");
    Deciding deciding = Deciding.by(waiting("r", NO_REPLY)).after(sent("m", 0));

    deciding.change(DAY, off);
    assertThat(deciding.pass(2 * DAY).state().standing().armed()).isEmpty();
    deciding.change(2 * DAY, waiting("r", NO_REPLY));
    assertThat(deciding.pass(30 * DAY).firedAt()).containsExactly(3 * DAY);
    deciding.change(31 * DAY, off).change(32 * DAY, waiting("r", NO_REPLY));
    assertThat(deciding.pass(60 * DAY).firedAt()).as("not twice").hasSize(1);
  }

  @Test
  void withATriggerAndWithoutTimeItIsJudgedAtTheEventAlone() {
    String definition =
        """
        {'id': 'r', 'trigger': {'event': 'message_received', 'time': false},
         'when': {'time_elapsed': {'since': 'creation', 'for': '30d'}},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """;
    Deciding deciding = Deciding.by(definition).after(created(), received("m1", DAY));
    assertThat(deciding.verdict().getActual()).isEqualTo("1d");

    assertThat(deciding.pass(40 * DAY).moments()).isEmpty();
    assertThat(deciding.after(received("m2", 41 * DAY)).fired()).isTrue();
  }

  @Test
  void whatWasNeverSeenIsUnknown() {
    Deciding deciding =
        Deciding.when("{'time_elapsed': {'since': 'last_message_sent', 'for': '1h'}}")
            .after(updated("u"));

    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.NOT_MATCHED);
    assertThat(deciding.verdict().getActual()).isNull();
    assertThat(deciding.verdict().getExpected()).isEqualTo("1h since the last message_sent");
  }

  @Test
  void nothingIsWaitedForOfALeadThatIsDeleted() {
    Deciding deciding =
        Deciding.by(
            Deciding.waiting("r", "{'time_elapsed': {'since': 'creation', 'for': '2h'}}"),
            Deciding.waiting("gone", "{'time_elapsed': {'since': 'lead_deleted', 'for': '3h'}}"));
    deciding.after(event(EventKind.LEAD_CREATED, "c"), event(EventKind.LEAD_DELETED, "d").at(60));

    assertThat(deciding.pass(5 * 3600).firedAt())
        .as("3 h after it")
        .containsExactly(60L + 3 * 3600);
  }

  @Test
  void aLeadThatIsRestoredIsWaitedForAgain() {
    Deciding deciding =
        Deciding.by(Deciding.waiting("r", "{'time_elapsed': {'since': 'creation', 'for': '2h'}}"));
    deciding.after(
        event(EventKind.LEAD_CREATED, "c"),
        event(EventKind.LEAD_DELETED, "d").at(60),
        event(EventKind.LEAD_RESTORED, "r").at(120));

    assertThat(deciding.pass(5 * 3600).firedAt()).hasSize(1);
  }
}
