package io.voronka.jobs.drivesequences.operators;

import static io.voronka.jobs.drivesequences.Records.DAY;
import static io.voronka.jobs.drivesequences.Records.T0;
import static io.voronka.jobs.drivesequences.Records.WELCOME;
import static io.voronka.jobs.drivesequences.Records.command;
import static io.voronka.jobs.drivesequences.Records.completed;
import static io.voronka.jobs.drivesequences.Records.event;
import static io.voronka.jobs.drivesequences.Records.sequence;
import static io.voronka.jobs.drivesequences.Records.tenant;
import static io.voronka.jobs.drivesequences.Records.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.drivesequences.Records;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecordRejected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class DriveSequencesOperatorTest {

  private static DriveHarness inForce() throws Exception {
    return DriveHarness.fresh().control(whole(tenant(), sequence(1, 0, WELCOME))).time(T0 - 1);
  }

  private static DriveHarness confirmed(DriveHarness job, long at) throws Exception {
    List<ActionRequested> actions = job.actions();
    ActionRequested last = actions.get(actions.size() - 1);
    return job.outcome(completed(last, ActionOutcome.CONFIRMED, at));
  }

  @Test
  void takesALeadThroughAllSteps() throws Exception {
    try (DriveHarness job = inForce()) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0)).time(T0 + 100);
      confirmed(job, T0 + 100).time(T0 + DAY);
      assertThat(job.told())
          .containsExactly(
              "entered(hello)", "requested(hello)", "concluded(hello):confirmed", "waiting(day)");
      assertThat(job.actions().get(0).getSendMessage().getText()).isEqualTo("Hi Lead 7");

      job.time(T0 + DAY + 60_000);
      confirmed(job, T0 + DAY + 60_000);
      assertThat(job.told())
          .endsWith("requested(note)", "concluded(note):confirmed", "exited:completed");
      assertThat(job.actions().get(1).getFiredAt())
          .as("at its own moment, however late the clock came by")
          .isEqualTo(T0 + 100 + DAY);
      job.time(T0 + 3 * DAY);
      assertThat(job.timers()).isZero();
    }
  }

  @Test
  void anExitEndsTheWaitAtOnceAndItsTimer() throws Exception {
    try (DriveHarness job = inForce()) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0)).time(T0 + 100);
      confirmed(job, T0 + 100);
      assertThat(job.timers()).isEqualTo(1);
      job.event(event(EventKind.MESSAGE_RECEIVED, "7", T0 + 1000));

      assertThat(job.told()).endsWith("exited(day):exit");
      assertThat(job.timers()).isZero();
      assertThat(job.withdrawals()).isEmpty();
    }
  }

  @Test
  void thirtyDaysEndOnTheFirstWithTheEventAndNothingIsLeft() throws Exception {
    String month = WELCOME.replace("'for': '1d'", "'for': '30d'");
    try (DriveHarness job =
        DriveHarness.fresh().control(whole(tenant(), sequence(1, 0, month))).time(T0 - 1)) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0)).time(T0 + 100);
      confirmed(job, T0 + 100).time(T0 + DAY);
      job.event(event(EventKind.MESSAGE_RECEIVED, "7", T0 + DAY + 1));

      assertThat(job.told()).endsWith("exited(day):exit");
      assertThat(job.progress().get(job.progress().size() - 1).getFiredAt())
          .isEqualTo(T0 + DAY + 1);
      job.time(T0 + 40 * DAY);
      assertThat(job.actions()).hasSize(1);
      assertThat(job.timers()).isZero();
    }
  }

  @Test
  void leadsThatNoSequenceConcernsAreNotRemembered() throws Exception {
    String ofAnother = WELCOME.replace("'entry'", "'account': 'kommo-2', 'entry'");
    OperatorSubtaskState nothing;
    try (DriveHarness job = DriveHarness.fresh().control(whole(tenant())).time(T0 - 1)) {
      nothing = job.snapshot(1);
    }
    try (DriveHarness job =
        DriveHarness.fresh().control(whole(tenant(), sequence(1, 0, ofAnother))).time(T0 - 1)) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0));
      job.event(event(EventKind.LEAD_UPDATED, "7", T0 + 1000));
      assertThat(job.snapshot(1).getStateSize()).isEqualTo(nothing.getStateSize());
    }
  }

  @Test
  void whatComesInPiecesIsKnownWhenTheLeadEntersLater() throws Exception {
    String late =
        WELCOME.replace(
            "'event': 'lead_created'",
            "'event': 'call_made', 'when': {'field_value': {'field': 'price', 'operator':"
                + " 'greater', 'value': 100}}");
    OperatorSubtaskState snapshot;
    try (DriveHarness job =
        DriveHarness.fresh().control(whole(tenant(), sequence(1, 0, late))).time(T0 - 1)) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0));
      CrmEvent priced = event(EventKind.LEAD_UPDATED, "7", T0 + 1000);
      priced.setFields(Map.of("price", "500"));
      job.event(priced);
      snapshot = job.snapshot(1);
    }
    try (DriveHarness job = DriveHarness.restored(snapshot)) {
      job.control(whole(tenant(), sequence(1, 0, late))).time(T0 + 2000);
      CrmEvent called = event(EventKind.CALL_MADE, "7", T0 + 3000);
      called.setFields(Map.of());
      job.event(called);
      assertThat(job.told()).startsWith("entered(hello)");
      assertThat(job.actions().get(0).getSendMessage().getText()).isEqualTo("Hi Lead 7");
    }
  }

  @Test
  void aSequenceThatIsGoneLetsItsLeadsGoAndTheyAreForgotten() throws Exception {
    OperatorSubtaskState inside;
    try (DriveHarness job = inForce()) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0));
      inside = job.snapshot(1);
    }
    try (DriveHarness job = DriveHarness.restored(inside)) {
      job.control(whole(tenant())).time(T0 + 1);
      job.event(event(EventKind.LEAD_UPDATED, "7", T0 + 1000));
      assertThat(job.told()).containsExactly("exited(hello):stopped");
      assertThat(job.timers()).isZero();
    }
  }

  @Test
  void whatIsAskedForAndNotSentIsTakenBack() throws Exception {
    try (DriveHarness job = inForce()) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0));
      job.event(event(EventKind.MESSAGE_RECEIVED, "7", T0 + 10));

      CommandRequested withdrawal = job.withdrawals().get(0);
      assertThat(withdrawal.getKind()).isEqualTo(CommandKind.WITHDRAW);
      assertThat(withdrawal.getActionId()).isEqualTo(job.actions().get(0).getId());
      assertThat(withdrawal.getTarget()).isEqualTo("acme|kommo-1");
      job.command(withdrawal);
      job.outcome(completed(job.actions().get(0), ActionOutcome.WITHDRAWN, T0 + 20));
      assertThat(job.told()).endsWith("exited(hello):exit");
      assertThat(job.timers()).isZero();
    }
  }

  @Test
  void eachEventAndCommandCountsOnce() throws Exception {
    try (DriveHarness job = inForce()) {
      CrmEvent created = event(EventKind.LEAD_CREATED, "7", T0);
      job.event(created).event(created);
      CommandRequested pause = command(CommandKind.PAUSE, "7", "p", T0 + 5);
      job.command(pause).command(pause);

      assertThat(job.told()).containsExactly("entered(hello)", "requested(hello)", "paused(hello)");
    }
  }

  @Test
  void obeysCommands() throws Exception {
    try (DriveHarness job = inForce()) {
      job.command(command(CommandKind.START, "7", "c1", T0));
      assertThat(job.told())
          .as("nothing is known of its name")
          .endsWith("concluded(hello):failed", "waiting(day)");
      job.command(command(CommandKind.PAUSE, "7", "c2", T0)).time(T0 + 3 * DAY);
      CommandRequested resume = command(CommandKind.RESUME, "7", "c3", T0 + 3 * DAY);
      resume.setShiftWaits(true);
      job.command(resume);
      assertThat(job.told()).endsWith("paused(day)", "resumed(day):shifting", "waiting(day)");
      assertThat(job.progress().get(job.progress().size() - 1).getUntil())
          .isBetween(T0 + 4 * DAY - 10, T0 + 4 * DAY + 10);
      job.command(command(CommandKind.SKIP, "7", "c4", T0 + 3 * DAY));
      assertThat(job.told()).endsWith("skipped(day)", "requested(note)");
      job.command(command(CommandKind.CANCEL, "7", "c5", T0 + 3 * DAY));
      assertThat(job.told()).endsWith("exited(note):cancelled");
      assertThat(job.withdrawals()).hasSize(1);
    }
  }

  @Test
  void startsRunsByKey() throws Exception {
    try (DriveHarness job = inForce()) {
      for (String key : new String[] {"a", "b", "a"}) {
        CommandRequested start = command(CommandKind.START, "7", "c" + job.told().size(), T0);
        start.setRunKey(key);
        job.command(start);
      }
      CommandRequested cancel = command(CommandKind.CANCEL, "7", "x", T0);
      cancel.setRunKey("b");
      job.command(cancel);

      assertThat(job.told()).endsWith("refused(hello):inside", "exited(day):cancelled");
      assertThat(job.progress().get(job.progress().size() - 1).getRunKey()).isEqualTo("b");
    }
  }

  @Test
  void aClockThatHasGoneWrongIsNotBelieved() throws Exception {
    try (DriveHarness job = inForce()) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0)).time(T0 + 500);
      confirmed(job, T0 + 2 * DAY);
      assertThat(job.progress().get(job.progress().size() - 1).getUntil())
          .isEqualTo(T0 + 500 + DAY);
      job.command(command(CommandKind.PAUSE, "7", "p", T0 - 2 * DAY));
      assertThat(job.progress().get(job.progress().size() - 1).getFiredAt()).isEqualTo(T0 + 500);
      job.event(event(EventKind.LEAD_CREATED, "8", T0 + 600));
      confirmed(job, T0 - DAY);
      assertThat(job.progress().get(job.progress().size() - 1).getUntil())
          .as("nothing comes about before it was asked for")
          .isEqualTo(T0 + 600 + DAY);
    }
  }

  @Test
  void aCommandThatComesTooLateIsNotObeyed() throws Exception {
    try (DriveHarness job = inForce()) {
      CommandRequested start = command(CommandKind.START, "7", "c1", T0);
      start.setNotAfter(T0 + 100);
      job.time(T0 + 200).command(start);
      assertThat(job.told()).isEmpty();
      start.setCommandId("c2");
      start.setNotAfter(T0 + 60 * 60_000);
      job.command(start);
      assertThat(job.told()).startsWith("entered(hello)");
    }
  }

  @Test
  void nothingIsDoneBeforeTheControlTablesAreWhole() throws Exception {
    try (DriveHarness job = DriveHarness.fresh()) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0));
      assertThat(job.progress()).isEmpty();
      job.control(whole(tenant(), sequence(1, 0, WELCOME))).time(T0 + 10);

      assertThat(job.told()).containsExactly("entered(hello)", "requested(hello)");
    }
  }

  @Test
  void goesOnFromASnapshotInTheMiddleOfAWait() throws Exception {
    OperatorSubtaskState snapshot;
    try (DriveHarness job = inForce()) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0)).time(T0 + 100);
      confirmed(job, T0 + 100);
      snapshot = job.snapshot(1);
    }
    try (DriveHarness job = DriveHarness.restored(snapshot)) {
      job.control(whole(tenant(), sequence(1, 0, WELCOME))).time(T0 + 5 * DAY);

      assertThat(job.told()).containsExactly("requested(note)");
      assertThat(job.actions().get(0).getSubjectId()).isEqualTo("7");
    }
  }

  @Test
  void anOutcomeOfWhatARestoredJobHasNotAskedForYetIsKept() throws Exception {
    OperatorSubtaskState before;
    ActionRequested asked;
    try (DriveHarness job = inForce()) {
      before = job.snapshot(1);
      job.event(event(EventKind.LEAD_CREATED, "7", T0));
      asked = job.actions().get(0);
    }
    try (DriveHarness job = DriveHarness.restored(before)) {
      job.control(whole(tenant(), sequence(1, 0, WELCOME))).time(T0 - 1);
      job.outcome(completed(asked, ActionOutcome.CONFIRMED, T0 - 1));
      assertThat(job.progress()).isEmpty();
      job.event(event(EventKind.LEAD_CREATED, "7", T0));

      assertThat(job.told())
          .containsExactly(
              "entered(hello)", "requested(hello)", "concluded(hello):confirmed", "waiting(day)");
      assertThat(job.actions().get(0).getId()).isEqualTo(asked.getId());
    }
  }

  @Test
  void aNewVersionReachesThoseWhoWait() throws Exception {
    String longer =
        WELCOME
            .replace("'for': '1d'", "'for': '5d'")
            .replace("'steps'", "'running': 'move', 'steps'");
    try (DriveHarness job = inForce()) {
      for (int lead = 0; lead < 1200; lead++) {
        job.event(event(EventKind.LEAD_CREATED, "" + lead, T0));
        confirmed(job, T0);
      }
      int before = job.progress().size();
      job.control(List.of(sequence(2, T0 + 1000, longer))).time(T0 + 900);
      assertThat(job.progress()).as("not yet").hasSize(before);
      job.time(T0 + 1000);
      assertThat(job.told().subList(before, job.told().size()))
          .hasSize(2400)
          .containsOnly("moved(day)", "waiting(day)");
      job.time(T0 + 4 * DAY);
      assertThat(job.actions()).hasSize(1200);
      job.time(T0 + 6 * DAY);
      assertThat(job.actions()).hasSize(2400);
    }
  }

  @Test
  void aStoppedSequenceIsLeftByAllAndARestartDoesNotGoThroughThemAgain() throws Exception {
    String stopped = WELCOME.replace("'steps'", "'state': 'stopped', 'steps'");
    try (DriveHarness job = inForce()) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0));
      job.control(List.of(sequence(2, T0 + 1000, stopped))).time(T0 + 1000);
      assertThat(job.told()).endsWith("exited(hello):stopped");
      assertThat(job.withdrawals()).hasSize(1);
      job.event(event(EventKind.LEAD_CREATED, "8", T0 + 2000));
      assertThat(job.told()).endsWith("exited(hello):stopped");
    }
  }

  @Test
  void aMemoryIsWrittenAgainBeforeItsLifetimeEnds() throws Exception {
    String decade = WELCOME.replace("'for': '1d'", "'for': '1000d'");
    try (DriveHarness job =
        DriveHarness.fresh().control(whole(tenant(), sequence(1, 0, decade))).time(T0 - 1)) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0)).time(T0 + 100);
      confirmed(job, T0 + 100);
      for (int days = 150; days < 1000; days += 150) {
        job.time(T0 + days * DAY);
        assertThat(job.timers()).isEqualTo(1);
      }
      job.time(T0 + 1001 * DAY);
      assertThat(job.told()).endsWith("requested(note)");
    }
  }

  @Test
  void whatIsNoRecordLeavesWithItsReason() throws Exception {
    String key = Records.lead("7").key();
    try (DriveHarness job = inForce()) {
      byte[] junk = "junk".getBytes(StandardCharsets.UTF_8);
      job.input(SubjectInput.Kind.EVENT, key, junk, T0);
      job.input(SubjectInput.Kind.COMMAND, key, junk, T0);
      CrmEvent other = event(EventKind.LEAD_CREATED, "8", T0);
      job.input(SubjectInput.Kind.EVENT, key, Records.bytes(other), T0);

      assertThat(job.rejected())
          .extracting(RecordRejected::getReason)
          .containsExactly("malformed", "malformed", "other-subject");
    }
  }
}
