package io.voronka.jobs.executeactions.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Salesbots that were about to leave when the job died: the journal tells which have left. */
final class JournalOperatorTest {
  private static final long NOW = Requests.NOW;
  private static final long LATER = NOW + 5_000;

  private final JournalInMemory journal = new JournalInMemory();
  private final HandTransport before = new HandTransport(journal);
  private final HandTransport after = new HandTransport(journal);

  /** Marked in a checkpoint, and the job dies before it leaves. */
  @Test
  void whatHasNotLeftIsSent() throws Exception {
    OperatorSubtaskState state = marked();

    try (ExecutorHarness executor = restored(state)) {
      assertThat(executor.outcomes()).isEmpty();
      assertThat(after.read()).as("the CRM cannot be asked").isEmpty();
      rememberMarks(executor);
      assertThat(after.sent()).containsExactly("a");
      after.answer("a", SendResult.done(202, null));
      executor.drainMailbox();

      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome)
          .containsExactly(ActionOutcome.CONFIRMED);
    }
  }

  @Test
  void whatHasLeftStaysUnknown() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      executor.request(bot("a"));
      state = executor.snapshot(1);
      executor.completeCheckpoint(1);
      assertThat(before.sent()).containsExactly("a");
    }

    try (ExecutorHarness executor = restored(state)) {
      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome, ActionCompleted::getReason)
          .containsExactly(tuple(ActionOutcome.MAYBE_SENT, Reason.RESTARTED_WHILE_SENDING.text()));
      assertThat(after.sent()).isEmpty();
    }
  }

  /** An attempt that failed and stands in the checkpoint is not the one that is asked about. */
  @Test
  void anAttemptThatIsKnownToHaveFailedDoesNotCount() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      executor.request(bot("a"));
      rememberMarks(executor);
      before.answer("a", SendResult.notDone(503, 60_000, Reason.SERVER_ERROR, null));
      executor.drainMailbox();
      state = executor.snapshot(2);
    }

    try (ExecutorHarness executor = restored(state)) {
      // The pause that the target asked for holds for its journal, too.
      executor.timeIs(LATER + 60_000);
      executor.drainMailbox();
      executor.timeIs(LATER + 120_000);
      rememberMarks(executor);

      assertThat(after.sent()).containsExactly("a");
      assertThat(executor.outcomes()).isEmpty();
    }
  }

  /** A life that was cut off and does not know it: of two, one sends. */
  @Test
  void anAttemptThatAnotherLifeHasBegunIsNotSentAgain() throws Exception {
    OperatorSubtaskState state = marked();
    try (ExecutorHarness executor = restored(state);
        ExecutorHarness cutOff = restored(before, state)) {
      rememberMarks(cutOff);
      assertThat(before.sent()).containsExactly("a");
      rememberMarks(executor);

      assertThat(after.sent()).isEmpty();
      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome)
          .containsExactly(ActionOutcome.MAYBE_SENT);
    }
  }

  @Test
  void withoutAJournalNothingLeavesAndNothingIsGivenUp() throws Exception {
    OperatorSubtaskState state = marked();
    journal.away(true);
    try (ExecutorHarness executor = restored(state)) {
      assertThat(executor.outcomes()).isEmpty();
      rememberMarks(executor);
      assertThat(after.sent()).isEmpty();

      journal.away(false);
      executor.timeIs(LATER + 60_000);
      rememberMarks(executor);

      assertThat(after.sent()).containsExactly("a");
    }
  }

  @Test
  void whatCannotBeWrittenDownIsSentLater() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      journal.away(true);
      executor.request(bot("a"));
      rememberMarks(executor);
      assertThat(before.sent()).isEmpty();
      assertThat(executor.outcomes()).isEmpty();

      journal.away(false);
      executor.timeIs(NOW + 60_000);

      assertThat(before.sent()).containsExactly("a");
    }
  }

  /** The control database is away for two hours: longer than twelve attempts take. */
  @Test
  void howeverLongTheJournalIsAwayNothingIsGivenUp() throws Exception {
    OperatorSubtaskState state = marked();
    journal.away(true);
    try (ExecutorHarness executor = restored(state)) {
      executor.request(bot("b"));
      rememberMarks(executor);
      pass(executor, 0, 24);
      assertThat(executor.outcomes()).isEmpty();

      journal.away(false);
      pass(executor, 24, 3);
    }

    assertThat(after.sent()).containsExactlyInAnyOrder("a", "b");
  }

  /** So many times five minutes. */
  private static void pass(ExecutorHarness executor, int from, int times) throws Exception {
    for (int i = from + 1; i <= from + times; i++) {
      executor.timeIs(LATER + i * 300_000L);
      rememberMarks(executor);
    }
  }

  /** Wanted for a day. */
  private static ActionRequested bot(String id) {
    return Requests.builder(ActionKind.RUN_SALESBOT, id)
        .setSubjectId(id)
        .setNotAfter(NOW + 86_400_000)
        .build();
  }

  private OperatorSubtaskState marked() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      executor.request(bot("a"));
      return executor.snapshot(1);
    }
  }

  private static void rememberMarks(ExecutorHarness executor) throws Exception {
    executor.snapshot(7);
    executor.completeCheckpoint(7);
    executor.drainMailbox();
  }

  private ExecutorHarness restored(OperatorSubtaskState state) throws Exception {
    return restored(after, state);
  }

  private static ExecutorHarness restored(HandTransport transport, OperatorSubtaskState state)
      throws Exception {
    ExecutorHarness executor = ExecutorHarness.restore(transport, state, LATER);
    executor.control(2, Requests.account().build());
    executor.timeIs(LATER + 1_000);
    executor.drainMailbox();
    return executor;
  }
}
