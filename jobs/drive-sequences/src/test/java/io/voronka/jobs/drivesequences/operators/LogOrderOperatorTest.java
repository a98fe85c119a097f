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

import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.EventKind;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** A job that was away reads the topics in any order, and what happened has one order. */
class LogOrderOperatorTest {
  private static final long MINUTE = 60_000;
  private static final String TWO = WELCOME.replace("{'id': 'day', 'wait': {'for': '1d'}},", "");

  /** Back at T0 + 1 day, with all the day still to be read. */
  private static DriveHarness back(OperatorSubtaskState state) throws Exception {
    DriveHarness job = state == null ? DriveHarness.fresh() : DriveHarness.restored(state);
    return job.clock(T0 + DAY).control(whole(tenant(), sequence(1, 0, TWO))).time(T0 + 1);
  }

  private static ActionRequested asked(DriveHarness job) {
    return job.actions().get(job.actions().size() - 1);
  }

  @Test
  void anOutcomeIsNotTakenPastAReplyThatIsStillToBeRead() throws Exception {
    OperatorSubtaskState state;
    ActionRequested hello;
    try (DriveHarness job = back(null)) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0)).time(T0 + 2);
      hello = asked(job);
      state = job.snapshot(1);
    }
    for (ActionOutcome outcome :
        new ActionOutcome[] {ActionOutcome.CONFIRMED, ActionOutcome.WITHDRAWN}) {
      try (DriveHarness job = back(state)) {
        job.outcome(completed(hello, outcome, T0 + 3 * MINUTE)).time(T0 + 3);
        assertThat(job.told()).isEmpty();
        job.event(event(EventKind.MESSAGE_RECEIVED, "7", T0 + 2 * MINUTE)).time(T0 + DAY);

        assertThat(job.told()).containsExactly("exited(hello):exit");
        assertThat(job.actions()).isEmpty();
      }
    }
  }

  @Test
  void whatWaitsIsInTheCheckpointAndComesAtItsOwnTime() throws Exception {
    OperatorSubtaskState state;
    try (DriveHarness job = back(null)) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0)).time(T0 + 2);
      job.outcome(completed(asked(job), ActionOutcome.CONFIRMED, T0 + 3 * MINUTE));
      state = job.snapshot(1);
    }
    try (DriveHarness job = back(state)) {
      job.time(T0 + 3 * MINUTE);
      assertThat(job.told()).containsExactly("concluded(hello):confirmed", "requested(note)");
      assertThat(asked(job).getFiredAt()).isEqualTo(T0 + 3 * MINUTE);
    }
  }

  @Test
  void whatARuleAsksForCountsAmongTheEventsOfItsTime() throws Exception {
    try (DriveHarness job = back(null)) {
      CommandRequested start = command(CommandKind.START, "7", "c1", T0 + 9 * MINUTE);
      start.setDecisionId("d");
      job.command(start);
      job.event(event(EventKind.LEAD_UPDATED, "7", T0 + MINUTE));
      job.event(event(EventKind.MESSAGE_RECEIVED, "7", T0 + 2 * MINUTE)).time(T0 + 9 * MINUTE);
      assertThat(job.told())
          .as("the reply was before")
          .containsExactly("entered(hello)", "requested(hello)");

      CommandRequested stop = command(CommandKind.STOP, "8", "c2", T0 + 20 * MINUTE);
      stop.setDecisionId("e");
      job.command(stop);
      job.event(event(EventKind.LEAD_CREATED, "8", T0 + 19 * MINUTE)).time(T0 + 20 * MINUTE);
      assertThat(job.told())
          .endsWith("entered(hello)", "requested(hello)", "exited(hello):stopped");
    }
  }

  @Test
  void whatARuleAsksForComesBehindTheEventThatItIsAbout() throws Exception {
    try (DriveHarness job = back(null)) {
      CommandRequested start = command(CommandKind.START, "7", "c1", T0 + 9 * MINUTE);
      start.setDecisionId("d");
      job.command(start).time(T0 + 2);
      job.event(event(EventKind.LEAD_UPDATED, "7", T0 + MINUTE));
      job.event(event(EventKind.MESSAGE_RECEIVED, "7", T0 + 9 * MINUTE)).time(T0 + 9 * MINUTE);

      assertThat(job.told())
          .as("the message that lets it in does not let it out")
          .containsExactly("entered(hello)", "requested(hello)");
    }
  }

  @Test
  void aPersonWhoWantsARunEndedIsNotKeptWaiting() throws Exception {
    try (DriveHarness job = back(null)) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0)).time(T0 + 2);
      job.command(command(CommandKind.CANCEL, "7", "c1", T0 + 9 * MINUTE));
      job.time(T0 + 3);

      assertThat(job.told()).endsWith("exited(hello):cancelled");
    }
  }

  @Test
  void whoIsUpToDateWaitsForNothing() throws Exception {
    try (DriveHarness job = back(null).time(T0 + DAY - 500)) {
      job.event(event(EventKind.LEAD_CREATED, "7", T0 + DAY - 100));
      job.outcome(completed(asked(job), ActionOutcome.CONFIRMED, T0 + DAY));

      assertThat(job.told()).endsWith("concluded(hello):confirmed", "requested(note)");
    }
  }
}
