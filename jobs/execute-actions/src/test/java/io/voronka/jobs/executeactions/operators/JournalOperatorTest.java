package io.voronka.jobs.executeactions.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.voronka.jobs.executeactions.JournalInMemory;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/**
 * Salesbots of an earlier life of the job: the journal tells which have left, and how they ended.
 */
final class JournalOperatorTest {
  private static final long NOW = Requests.NOW;
  private static final long LATER = NOW + 5_000;
  private static final SendResult BUSY = SendResult.notDone(503, 0, Reason.SERVER_ERROR, null);

  private final JournalInMemory journal = new JournalInMemory();
  private final HandTransport before = new HandTransport(journal);
  private final HandTransport after = new HandTransport(journal);

  @Test
  void whatLeftAfterTheCheckpointStaysUnknown() throws Exception {
    OperatorSubtaskState state = leavingAfterTheCheckpoint();

    try (ExecutorHarness executor = restored(state)) {
      assertThat(after.sent()).isEmpty();
      assertThat(after.read()).as("the CRM cannot be asked").isEmpty();
      assertThat(executor.outcomes())
          .extracting(
              ActionCompleted::getOutcome,
              ActionCompleted::getReason,
              ActionCompleted::getAttempts,
              ActionCompleted::getSentAt)
          .containsExactly(
              tuple(
                  ActionOutcome.MAYBE_SENT,
                  Reason.RESTARTED_WHILE_SENDING.text(),
                  1,
                  JournalInMemory.BEGUN_AT));
    }
  }

  @Test
  void whatWasOnItsWayAtTheCheckpointStaysUnknown() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      executor.request(bot("a"));
      state = executor.snapshot(1);
      assertThat(before.sent()).containsExactly("a");
    }

    try (ExecutorHarness executor = restored(state)) {
      assertOutcomes(executor, ActionOutcome.MAYBE_SENT);
      assertThat(after.sent()).isEmpty();
    }
  }

  /** The checkpoint is older than the request: the log gives it again. */
  @Test
  void whatIsReadAnewAndHasLeftStaysUnknown() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      state = executor.snapshot(1);
      executor.request(bot("a"));
      assertThat(before.sent()).containsExactly("a");
    }

    try (ExecutorHarness executor = restored(state)) {
      executor.request(bot("a"));
      executor.request(bot("b"));

      assertOutcomes(executor, ActionOutcome.MAYBE_SENT);
      assertThat(after.sent()).as("which was never begun").containsExactly("b");
    }
  }

  @Test
  void whatHasNotLeftIsSent() throws Exception {
    OperatorSubtaskState state = waiting();

    try (ExecutorHarness executor = restored(state)) {
      assertThat(after.sent()).containsExactly("a");
      after.answer("a", SendResult.done(202, null));
      executor.drainMailbox();

      assertOutcomes(executor, ActionOutcome.CONFIRMED);
    }
  }

  /** The job dies between its note that it sends and the journal's. */
  @Test
  void whatWasAboutToBeBegunIsSent() throws Exception {
    OperatorSubtaskState state;
    journal.silent(true);
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      executor.request(bot("a"));
      state = executor.snapshot(1);
      assertThat(before.sent()).isEmpty();
    }
    journal.silent(false);

    try (ExecutorHarness executor = restored(state)) {
      assertThat(executor.outcomes()).isEmpty();
      assertThat(after.sent()).containsExactly("a");
    }
  }

  @Test
  void whatWasDoneAfterTheCheckpointIsConfirmed() throws Exception {
    OperatorSubtaskState state =
        answeredAfterTheCheckpoint(SendResult.done(202, "77").madeFrom(List.of("price")));

    try (ExecutorHarness executor = restored(state)) {
      assertThat(after.sent()).isEmpty();
      ActionCompleted outcome = executor.outcomes().get(0);
      assertThat(outcome.getOutcome()).isEqualTo(ActionOutcome.CONFIRMED);
      assertThat(outcome.getVerifiedByRead()).isFalse();
      assertThat(outcome.getReason()).isNull();
      assertThat(outcome.getStatusCode()).isEqualTo(202);
      assertThat(outcome.getVendorId()).isEqualTo("77");
      assertThat(outcome.getScripts()).containsExactly("price");
      assertThat(outcome.getAttempts()).isEqualTo(1);
      assertThat(outcome.getSentAt()).isEqualTo(JournalInMemory.BEGUN_AT);
    }
  }

  @Test
  void whatHasFailedAfterTheCheckpointHasFailed() throws Exception {
    OperatorSubtaskState state =
        answeredAfterTheCheckpoint(SendResult.denied(404, Reason.NOT_FOUND, "no such bot"));

    try (ExecutorHarness executor = restored(state)) {
      assertThat(after.sent()).isEmpty();
      assertThat(executor.outcomes())
          .extracting(
              ActionCompleted::getOutcome, ActionCompleted::getReason, ActionCompleted::getDetail)
          .containsExactly(tuple(ActionOutcome.FAILED, Reason.NOT_FOUND.text(), "no such bot"));
    }
  }

  @Test
  void whatCanBeTriedAgainIsTriedAgain() throws Exception {
    OperatorSubtaskState state = answeredAfterTheCheckpoint(BUSY);

    try (ExecutorHarness executor = restored(state)) {
      assertThat(executor.outcomes()).isEmpty();
      assertThat(after.sent()).containsExactly("a");
    }
  }

  /** The first attempt failed, the second one left: the checkpoint knows of none. */
  @Test
  void alsoALaterAttemptThanTheCheckpointCountsStandsInTheWay() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.start(before)) {
      executor.request(bot("a"));
      state = executor.snapshot(1);
      executor.control(1, Requests.account().build());
      before.answer("a", BUSY);
      executor.drainMailbox();
      executor.timeIs(NOW + 1_000);
      assertThat(before.sent()).containsExactly("a", "a");
    }

    try (ExecutorHarness executor = restored(state)) {
      assertOutcomes(executor, ActionOutcome.MAYBE_SENT);
      assertThat(executor.outcomes().get(0).getAttempts()).isEqualTo(2);
      assertThat(after.sent()).isEmpty();
    }
  }

  /** What is over when the job comes back has perhaps been done before. */
  @Test
  void onlyWhatHasNotLeftExpires() throws Exception {
    long over = LATER - 1;
    assertOutcomes(leavingAfterTheCheckpoint(over), ActionOutcome.MAYBE_SENT);
    assertOutcomes(waiting("b", over), ActionOutcome.EXPIRED);
  }

  @Test
  void onlyWhatHasNotLeftIsTakenBack() throws Exception {
    OperatorSubtaskState begun = leavingAfterTheCheckpoint();
    OperatorSubtaskState waiting = waiting("b", Requests.DEADLINE);

    try (ExecutorHarness executor = ExecutorHarness.restore(after, begun, LATER)) {
      executor.withdraw("a");
      comeBack(executor);
      assertOutcomes(executor, ActionOutcome.MAYBE_SENT);
    }
    try (ExecutorHarness executor = ExecutorHarness.restore(after, waiting, LATER)) {
      executor.withdraw("b");
      comeBack(executor);
      assertOutcomes(executor, ActionOutcome.WITHDRAWN);
    }
  }

  /** Put back by people, in a later life of the job. */
  @Test
  void whatHasFailedIsBegunAnewWhenItIsPutBack() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      executor.request(bot("a"));
      before.answer("a", SendResult.denied(404, Reason.NOT_FOUND, null));
      executor.drainMailbox();
      state = executor.snapshot(1);
    }
    try (ExecutorHarness executor = restored(state)) {
      executor.request(putBack("a"));
      assertThat(after.sent()).containsExactly("a");
    }

    // The same request once more, by a life that does not know that it was begun.
    HandTransport third = new HandTransport(journal);
    try (ExecutorHarness executor = ExecutorHarness.restored(third, state, LATER)) {
      executor.request(putBack("a"));

      assertThat(third.sent()).isEmpty();
      assertOutcomes(executor, ActionOutcome.MAYBE_SENT);
    }
  }

  private static void comeBack(ExecutorHarness executor) throws Exception {
    executor.control(2, Requests.account().build());
    executor.timeIs(LATER + 1_000);
    executor.drainMailbox();
  }

  /** Wanted for a day. */
  private static ActionRequested bot(String id) {
    return bot(id, NOW + 86_400_000);
  }

  private static ActionRequested bot(String id, long notAfter) {
    return Requests.builder(ActionKind.RUN_SALESBOT, id)
        .setSubjectId(id)
        .setNotAfter(notAfter)
        .build();
  }

  private static ActionRequested putBack(String id) {
    return ActionRequested.newBuilder(bot(id)).setRedelivery(1).build();
  }

  /** It waits for its control rows at the checkpoint, and nothing follows. */
  private OperatorSubtaskState waiting() throws Exception {
    return waiting("a", NOW + 86_400_000);
  }

  private OperatorSubtaskState waiting(String id, long notAfter) throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(before)) {
      executor.request(bot(id, notAfter));
      return executor.snapshot(1);
    }
  }

  private OperatorSubtaskState leavingAfterTheCheckpoint() throws Exception {
    return leavingAfterTheCheckpoint(NOW + 86_400_000);
  }

  private OperatorSubtaskState leavingAfterTheCheckpoint(long notAfter) throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(before)) {
      executor.request(bot("a", notAfter));
      OperatorSubtaskState state = executor.snapshot(1);
      executor.control(1, Requests.account().build());
      assertThat(before.sent()).containsExactly("a");
      return state;
    }
  }

  private OperatorSubtaskState answeredAfterTheCheckpoint(SendResult result) throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(before)) {
      executor.request(bot("a"));
      OperatorSubtaskState state = executor.snapshot(1);
      executor.control(1, Requests.account().build());
      before.answer("a", result);
      executor.drainMailbox();
      return state;
    }
  }

  private void assertOutcomes(OperatorSubtaskState state, ActionOutcome... outcomes)
      throws Exception {
    try (ExecutorHarness executor = restored(state)) {
      assertOutcomes(executor, outcomes);
      assertThat(after.sent()).isEmpty();
    }
  }

  private static void assertOutcomes(ExecutorHarness executor, ActionOutcome... outcomes) {
    assertThat(executor.outcomes())
        .extracting(ActionCompleted::getOutcome)
        .containsExactly(outcomes);
  }

  private ExecutorHarness restored(OperatorSubtaskState state) throws Exception {
    return ExecutorHarness.restored(after, state, LATER);
  }
}
