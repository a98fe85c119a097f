package io.voronka.sequences.domain;

import static io.voronka.sequences.SequenceTexts.event;
import static io.voronka.sequences.SequenceTexts.happens;
import static io.voronka.sequences.SequenceTexts.lead;
import static io.voronka.sequences.SequenceTexts.millis;
import static io.voronka.sequences.SequenceTexts.sequence;
import static io.voronka.sequences.SequenceTexts.set;
import static io.voronka.sequences.SequenceTexts.told;
import static io.voronka.sequences.SequenceTexts.withSteps;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.StableId;
import io.voronka.sequences.domain.Command.Kind;
import io.voronka.sequences.simulation.Effects;
import io.voronka.sequences.simulation.LeadRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SequenceMachineTest {
  private static final long DAY = 86_400_000L;
  private static final String MESSAGE = "{'id': '%s', 'send_message': {'text': 'Hi'}}";
  private static final String WAIT = "{'id': '%s', 'wait': {'for': '%s'}}";

  private static Effects outcome(ActionOutcome outcome) {
    return action -> new Effects.Effect(outcome, "because", 1000);
  }

  private static String message(String id) {
    return MESSAGE.formatted(id);
  }

  private static String wait(String id, String time) {
    return WAIT.formatted(id, time);
  }

  @Test
  void goesThroughItsStepsAndWaitsForWhatBecomesOfThem() {
    LeadRun lead =
        lead(set(withSteps(message("hi") + "," + wait("w", "3d") + "," + message("bye"))));

    happens(lead, EventKind.LEAD_CREATED);
    assertThat(told(lead.progress())).containsExactly("entered(hi)", "requested(hi)");
    lead.until(lead.now() + 1000);
    assertThat(told(lead.progress())).endsWith("concluded(hi):confirmed", "waiting(w)");
    long from = lead.now();
    lead.until(from + 3 * DAY - 1);
    assertThat(lead.sent()).hasSize(1);
    lead.until(from + 3 * DAY + 1000);

    assertThat(told(lead.progress()))
        .endsWith("waiting(w)", "requested(bye)", "concluded(bye):confirmed", "exited:completed");
    assertThat(lead.enrolments().running()).isEmpty();
  }

  @Test
  void idsFollowFromWhatCausedThem() {
    LeadRun lead = lead(set(withSteps(message("hi"))));
    happens(lead, EventKind.LEAD_CREATED);

    ActionRequested action = lead.sent().get(0);
    String enrolment = lead.enrolments().running().get(0).id();
    assertThat(enrolment)
        .isEqualTo(StableId.of("t|a|LEAD|7", "s", "", "LEAD_CREATED@" + lead.now()));
    assertThat(action.getId()).isEqualTo(StableId.of(StableId.of(enrolment, "1"), "hi"));
    assertThat(action.getStep().getVisit()).isEqualTo(1);
    assertThat(action.getRuleId()).isNull();
    assertThat(action.getRuleVersion()).isNull();
  }

  @Test
  void aRequiredStepThatFailsTakesTheWayOfFailure() {
    String steps =
        "{'id': 'm', 'send_message': {'text': 'x'}, 'required': true, 'on_failure': [%s]}, %s"
            .formatted(wait("sad", "1h"), wait("after", "1h"));
    for (ActionOutcome outcome : ActionOutcome.values()) {
      LeadRun lead = lead(set(withSteps(steps)), "2026-01-05T09:00", outcome(outcome));
      happens(lead, EventKind.LEAD_CREATED);
      lead.until(lead.now() + 1000);

      boolean well = outcome == ActionOutcome.CONFIRMED || outcome == ActionOutcome.MAYBE_SENT;
      assertThat(told(lead.progress())).endsWith(well ? "waiting(after)" : "waiting(sad)");
    }
  }

  @Test
  void aRequiredStepThatFailsWithoutSuchAWayEndsIt() {
    String steps =
        "{'id': 'm', 'send_message': {'text': 'x'}, 'required': true}, " + wait("w", "1h");
    LeadRun lead = lead(set(withSteps(steps)), "2026-01-05T09:00", outcome(ActionOutcome.FAILED));
    happens(lead, EventKind.LEAD_CREATED);
    lead.until(lead.now() + 1000);

    assertThat(told(lead.progress())).endsWith("concluded(m):failed", "exited(m):failed");
  }

  @Test
  void whatIsNotRequiredMayFail() {
    LeadRun lead =
        lead(
            set(withSteps(message("m") + "," + wait("w", "1h"))),
            "2026-01-05T09:00",
            outcome(ActionOutcome.FAILED));
    happens(lead, EventKind.LEAD_CREATED);
    lead.until(lead.now() + 1000);

    assertThat(told(lead.progress())).endsWith("concluded(m):failed", "waiting(w)");
  }

  @Test
  void aTextThatCannotBeFilledFailsItsStepAlone() {
    String steps = "{'id': 'm', 'send_message': {'text': 'Hi {{ lead.name }}'}}," + wait("w", "1h");
    LeadRun lead = lead(set(withSteps(steps)));
    happens(lead, EventKind.LEAD_CREATED);

    assertThat(told(lead.progress()))
        .containsExactly("entered(m)", "concluded(m):failed", "waiting(w)");
    assertThat(lead.sent()).isEmpty();
  }

  @Test
  void anActionThatNothingIsHeardOfIsAskedForAgainOnce() {
    Effects silence = action -> new Effects.Effect(ActionOutcome.CONFIRMED, null, 900 * DAY);
    LeadRun lead =
        lead(set(withSteps(message("m") + "," + wait("w", "1h"))), "2026-01-05T09:00", silence);
    happens(lead, EventKind.LEAD_CREATED);
    lead.until(lead.now() + 10 * DAY);

    assertThat(lead.sent()).hasSize(2);
    assertThat(lead.sent().get(1).getId()).isEqualTo(lead.sent().get(0).getId());
    assertThat(told(lead.progress()))
        .containsExactly(
            "entered(m)",
            "requested(m)",
            "requested(m)",
            "concluded(m):unknown",
            "waiting(w)",
            "exited:completed");
  }

  @Test
  void anExitAppliesAtOnceWhereverItWaits() {
    String definition =
        """
        {'id': 's', 'entry': {'event': 'lead_created'}, 'exits': [{'event': 'message_received'}],
         'steps': [%s]}
        """;
    LeadRun waiting = lead(set(sequence(definition.formatted(wait("w", "30d")))));
    happens(waiting, EventKind.LEAD_CREATED);
    waiting.until(waiting.now() + DAY);
    happens(waiting, EventKind.MESSAGE_RECEIVED);
    assertThat(told(waiting.progress()))
        .containsExactly("entered(w)", "waiting(w)", "exited(w):exit");
    assertThat(waiting.enrolments().nextDue()).isEqualTo(Position.NEVER);

    LeadRun asking =
        lead(set(sequence(definition.formatted(message("m") + "," + wait("w", "1d")))));
    happens(asking, EventKind.LEAD_CREATED);
    assertThat(asking.sent()).hasSize(1);
    happens(asking, EventKind.MESSAGE_RECEIVED);
    asking.until(asking.now() + 40 * DAY);
    assertThat(told(asking.progress()))
        .containsExactly("entered(m)", "requested(m)", "exited(m):exit");
    assertThat(asking.sent()).as("taken back").isEmpty();
    assertThat(asking.enrolments().early()).isEmpty();
  }

  @Test
  void leavesForTheReasonThatComesFirst() {
    String definition =
        """
        {'id': 's', 'entry': {'event': 'lead_created'}, 'stay_when_closed': %s,
         'exits': [{'as': 'goal', 'event': 'lead_stage_changed', 'when': {'stage_changed': {'to': 142}}},
                   {'as': 'opt_out', 'when': {'field_value': {'field': 'no_mail', 'operator': 'equals', 'value': '1'}}}],
         'steps': [{'id': 'w', 'wait': {'for': '30d'}}]}
        """;
    assertThat(leaving(definition.formatted("false"), EventKind.LEAD_UPDATED, "status_id", "142"))
        .isEqualTo("exited(w):goal");
    assertThat(
            leaving(
                definition.formatted("false"), EventKind.LEAD_STAGE_CHANGED, "status_id", "143"))
        .isEqualTo("exited(w):lead-closed");
    assertThat(
            leaving(definition.formatted("true"), EventKind.LEAD_STAGE_CHANGED, "status_id", "143"))
        .isEqualTo("waiting(w)");
    assertThat(leaving(definition.formatted("false"), EventKind.LEAD_UPDATED, "no_mail", "1"))
        .isEqualTo("exited(w):opt-out");
    assertThat(leaving(definition.formatted("false"), EventKind.LEAD_DELETED, "x", "y"))
        .isEqualTo("exited(w):lead-deleted");
  }

  private static String leaving(String definition, EventKind kind, String field, String value) {
    LeadRun lead = lead(set(sequence(definition)));
    lead.event(event(EventKind.LEAD_CREATED, lead.now(), Map.of("status_id", "11")));
    lead.until(lead.now() + DAY);
    lead.event(event(kind, lead.now(), Map.of(field, value)));
    List<String> told = told(lead.progress());
    return told.get(told.size() - 1);
  }

  @Test
  void waitsForAnEventUntilItsTimeIsOver() {
    String steps =
        """
        {'id': 'f', 'wait_for': {'event': 'message_received', 'timeout': {'for': '2d'},
          'then': [{'id': 'y', 'wait': {'for': '1h'}}], 'on_timeout': [{'id': 'n', 'wait': {'for': '1h'}}]}}
        """;
    LeadRun answers = lead(set(withSteps(steps)));
    happens(answers, EventKind.LEAD_CREATED);
    answers.until(answers.now() + DAY);
    happens(answers, EventKind.MESSAGE_RECEIVED);
    assertThat(told(answers.progress()))
        .containsExactly("entered(f)", "waiting(f)", "branched(f):happened", "waiting(y)");

    LeadRun silent = lead(set(withSteps(steps)));
    happens(silent, EventKind.LEAD_CREATED);
    silent.until(silent.now() + 2 * DAY);
    assertThat(told(silent.progress())).endsWith("branched(f):timeout", "waiting(n)");
  }

  @Test
  void aConditionIsWaitedForToo() {
    String steps =
        """
        {'id': 'f', 'wait_for': {'when': {'field_value': {'field': 'price', 'operator': 'greater', 'value': 100}},
          'timeout': {'for': '2d'}}}, {'id': 'w', 'wait': {'for': '1h'}}
        """;
    LeadRun already = lead(set(withSteps(steps)));
    already.event(event(EventKind.LEAD_CREATED, already.now(), Map.of("price", "500")));
    assertThat(told(already.progress()))
        .containsExactly("entered(f)", "branched(f):holds-already", "waiting(w)");

    LeadRun later = lead(set(withSteps(steps)));
    later.event(event(EventKind.LEAD_CREATED, later.now(), Map.of("price", "50")));
    later.event(event(EventKind.LEAD_UPDATED, later.now() + 1000, Map.of("price", "101")));
    assertThat(told(later.progress())).endsWith("branched(f):happened", "waiting(w)");
  }

  @Test
  void aWaitFollowsTheDateInItsField() {
    String steps =
        """
        {'id': 'm', 'wait': {'until': {'field': 'meeting', 'before': '2h'}, 'missed': [{'id': 'late', 'wait': {'for': '1h'}}]}},
        {'id': 'after', 'wait': {'for': '1h'}}
        """;
    LeadRun lead = lead(set(withSteps(steps)));
    lead.event(event(EventKind.LEAD_CREATED, lead.now(), meeting("2026-01-07T12:00")));
    assertThat(lead.enrolments().nextDue()).isEqualTo(millis("2026-01-07T10:00"));

    lead.event(event(EventKind.LEAD_UPDATED, lead.now() + 1000, meeting("2026-01-09T12:00")));
    assertThat(lead.enrolments().nextDue()).isEqualTo(millis("2026-01-09T10:00"));
    lead.event(event(EventKind.LEAD_UPDATED, lead.now() + 1000, meeting("2026-01-05T10:00")));
    assertThat(told(lead.progress()))
        .containsExactly(
            "entered(m)", "waiting(m)", "waiting(m)", "branched(m):date-passed", "waiting(late)");

    LeadRun unknown = lead(set(withSteps(steps)));
    happens(unknown, EventKind.LEAD_CREATED);
    assertThat(told(unknown.progress())).endsWith("branched(m):date-unknown", "waiting(late)");
  }

  private static Map<String, String> meeting(String local) {
    return Map.of("meeting", Long.toString(millis(local) / 1000));
  }

  @Test
  void waitsGoByTheLeadsOwnClocksWhereItsZoneIsKnown() {
    Sequence sequence =
        sequence(
            """
            {'id': 's', 'time_zone': {'field': 'tz'}, 'entry': {'event': 'lead_created'},
             'steps': [{'id': 'w', 'wait': {'at': '10:00'}}]}
            """);
    for (String[] zone :
        new String[][] {
          {"Asia/Tokyo", "2026-01-06T02:00"},
          {"nonsense", "2026-01-05T10:00"},
          {"", "2026-01-05T10:00"}
        }) {
      LeadRun lead = lead(set(sequence));
      lead.event(event(EventKind.LEAD_CREATED, lead.now(), Map.of("tz", zone[0])));
      assertThat(lead.enrolments().nextDue()).as(zone[0]).isEqualTo(millis(zone[1]));
    }
  }

  @Test
  void unknownIsNotTaken() {
    String steps =
        """
        {'id': 'b', 'branch': {'when': {'field_value': {'field': 'price', 'operator': 'less', 'value': 100}},
          'then': [{'id': 'y', 'wait': {'for': '1h'}}], 'otherwise': [{'id': 'n', 'wait': {'for': '1h'}}]}}
        """;
    LeadRun lead = lead(set(withSteps(steps)));
    happens(lead, EventKind.LEAD_CREATED);

    assertThat(told(lead.progress()))
        .containsExactly("entered(b)", "branched(b):unknown", "waiting(n)");
  }

  @Test
  void aLoopEnds() {
    String steps = message("m") + ", {'id': 'g', 'go_to': 'm'}";
    LeadRun lead = lead(set(withSteps(steps)));
    happens(lead, EventKind.LEAD_CREATED);
    lead.until(lead.now() + DAY);

    assertThat(lead.sent()).hasSize(100);
    assertThat(lead.sent().stream().map(ActionRequested::getId).distinct()).hasSize(100);
    assertThat(told(lead.progress())).endsWith("exited(m):looping");
  }

  @Test
  void aPauseKeepsOrShiftsWhatIsWaitedFor() {
    for (Kind kind : new Kind[] {Kind.RESUME_KEEPING, Kind.RESUME_SHIFTING}) {
      LeadRun lead = lead(set(withSteps(wait("w", "3d") + "," + message("m"))));
      happens(lead, EventKind.LEAD_CREATED);
      long entered = lead.now();
      lead.until(entered + DAY);
      lead.command("c1", "s", new Command(Kind.PAUSE, null, null, false));
      lead.until(entered + 2 * DAY);
      lead.command("c2", "s", new Command(kind, null, null, false));

      assertThat(lead.enrolments().nextDue())
          .isEqualTo(entered + (kind == Kind.RESUME_KEEPING ? 3 : 4) * DAY);
    }
  }

  @Test
  void nothingMovesDuringAPauseButExits() {
    String definition =
        """
        {'id': 's', 'entry': {'event': 'lead_created'}, 'exits': [{'event': 'message_received'}],
         'steps': [{'id': 'm', 'send_message': {'text': 'x'}}, {'id': 'w', 'wait': {'for': '1d'}}, {'id': 'e', 'wait': {'for': '1d'}}]}
        """;
    LeadRun lead = lead(set(sequence(definition)));
    happens(lead, EventKind.LEAD_CREATED);
    lead.command("c1", "s", new Command(Kind.PAUSE, null, null, false));
    lead.until(lead.now() + 9 * DAY);
    assertThat(told(lead.progress()))
        .containsExactly("entered(m)", "requested(m)", "paused(m)", "concluded(m):confirmed");
    lead.command("c2", "s", new Command(Kind.PAUSE, null, null, false));
    assertThat(told(lead.progress())).endsWith("refused(w):paused-already");
    happens(lead, EventKind.MESSAGE_RECEIVED);
    assertThat(told(lead.progress())).endsWith("exited(w):exit");
  }

  @Test
  void whatWasDueDuringAPauseThatKeepsComesAtItsEnd() {
    LeadRun lead = lead(set(withSteps(wait("w", "1d") + "," + message("m"))));
    happens(lead, EventKind.LEAD_CREATED);
    lead.command("c1", "s", new Command(Kind.PAUSE, null, null, false));
    lead.until(lead.now() + 5 * DAY);
    assertThat(lead.sent()).isEmpty();
    lead.command("c2", "s", new Command(Kind.RESUME_KEEPING, null, null, false));

    assertThat(told(lead.progress()))
        .containsExactly(
            "entered(w)", "waiting(w)", "paused(w)", "resumed(w):keeping", "requested(m)");
  }

  @Test
  void commandsSkipAndEnd() {
    SequenceSet sequences =
        set(withSteps(wait("a", "1d") + "," + message("b") + "," + wait("c", "1d")));
    LeadRun next = lead(sequences);
    happens(next, EventKind.LEAD_CREATED);
    next.command("c1", "s", new Command(Kind.SKIP, null, null, false));
    assertThat(told(next.progress())).endsWith("skipped(a)", "requested(b)");
    next.command("c2", "s", new Command(Kind.SKIP, null, null, false));
    assertThat(told(next.progress())).endsWith("skipped(b)", "waiting(c)");
    assertThat(next.sent()).as("taken back").isEmpty();
    next.command("c3", "s", new Command(Kind.SKIP, null, "nowhere", false));
    assertThat(told(next.progress())).endsWith("refused(c):no-such-step");
    next.command("c4", "s", new Command(Kind.SKIP, null, "b", false));
    SequenceProgressed again = next.progress().get(next.progress().size() - 1);
    assertThat(again.getStepId()).isEqualTo("b");
    assertThat(again.getVisit()).isEqualTo(2);
    next.command("c5", "s", new Command(Kind.CANCEL, null, null, false));
    assertThat(told(next.progress())).endsWith("exited(b):cancelled");

    LeadRun last = lead(sequences);
    happens(last, EventKind.LEAD_CREATED);
    last.command("c1", "s", new Command(Kind.SKIP, null, "end", false));
    assertThat(told(last.progress())).endsWith("skipped(a)", "exited:completed");

    LeadRun stopped = lead(sequences);
    happens(stopped, EventKind.LEAD_CREATED);
    stopped.command("c1", "s", new Command(Kind.STOP, null, null, false));
    assertThat(told(stopped.progress())).endsWith("exited(a):stopped");
  }
}
