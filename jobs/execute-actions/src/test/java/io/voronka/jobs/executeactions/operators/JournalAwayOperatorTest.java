package io.voronka.jobs.executeactions.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.voronka.jobs.executeactions.JournalInMemory;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.SendJournal;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Salesbots while the journal of sends is out of reach, or while two lives of the job use it. */
final class JournalAwayOperatorTest {
  private static final long NOW = Requests.NOW;
  private static final long LATER = NOW + 5_000;
  private static final SendResult BUSY = SendResult.notDone(503, 0, Reason.SERVER_ERROR, null);
  private static final AccountRow PAUSED = Requests.account().setEffectsPaused(true).build();

  private final JournalInMemory journal = new JournalInMemory();
  private final HandTransport before = new HandTransport(journal);
  private final HandTransport after = new HandTransport(journal);

  @Test
  void whatCannotBeWrittenDownIsSentLater() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      journal.away(true);
      executor.request(bot("a"));
      assertThat(before.sent()).isEmpty();
      assertThat(executor.outcomes()).isEmpty();

      journal.away(false);
      executor.timeIs(NOW + 5_000);

      assertThat(before.sent()).containsExactly("a");
    }
  }

  /** The control database is away for two hours: longer than twelve attempts take. */
  @Test
  void howeverLongTheJournalIsAwayNothingIsGivenUp() throws Exception {
    OperatorSubtaskState state = waiting();
    journal.away(true);
    try (ExecutorHarness executor = ExecutorHarness.restored(after, state, LATER)) {
      executor.request(bot("b"));
      pass(executor, 0, 24);
      assertThat(executor.outcomes()).isEmpty();

      journal.away(false);
      pass(executor, 24, 1);
      assertThat(after.sent()).containsExactlyInAnyOrder("a", "b");
      // Nor has it used up what is granted to a target that is busy.
      after.answer("b", BUSY);
      executor.drainMailbox();
      assertThat(executor.outcomes()).isEmpty();
      pass(executor, 25, 1);
      after.answer("b", SendResult.done(202, null));
      executor.drainMailbox();

      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome, ActionCompleted::getAttempts)
          .containsExactly(tuple(ActionOutcome.CONFIRMED, 2));
    }
  }

  @Test
  void anEndThatCannotBeWrittenDownHoldsNothingUp() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      executor.request(bot("a"));
      executor.request(bot("b"));
      journal.away(true);
      before.answer("a", SendResult.done(202, null));
      before.answer("b", BUSY);
      executor.drainMailbox();
      assertOutcomes(executor, ActionOutcome.CONFIRMED);

      journal.away(false);
      executor.timeIs(NOW + 5_000);

      assertThat(before.sent()).containsExactly("a", "b", "b");
    }
  }

  @Test
  void aJobWithoutAJournalRefusesWhatLeavesNoTrace() throws Exception {
    HandTransport none = new HandTransport(SendJournal.NONE);
    try (ExecutorHarness executor = ExecutorHarness.ready(none)) {
      executor.request(bot("a"));
      executor.request(Requests.builder(ActionKind.ADD_NOTE, "note").setSubjectId("9").build());

      assertThat(none.sent()).containsExactly("note");
      assertThat(executor.outcomes())
          .extracting(
              ActionCompleted::getOutcome, ActionCompleted::getReason, ActionCompleted::getAttempts)
          .containsExactly(tuple(ActionOutcome.REFUSED, Reason.JOURNAL_MISSING.text(), 0));
    }
  }

  /** It had one when the checkpoint was made, or a build that needed none. */
  @Test
  void aJobWithoutAJournalSaysOfNothingThatItHasNotLeft() throws Exception {
    OperatorSubtaskState state = waiting();
    try (ExecutorHarness executor =
        ExecutorHarness.restored(new HandTransport(SendJournal.NONE), state, LATER)) {
      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome, ActionCompleted::getReason)
          .containsExactly(tuple(ActionOutcome.MAYBE_SENT, Reason.JOURNAL_MISSING.text()));
    }
  }

  /** Its own attempts that the journal did not take are no later ones than that which has left. */
  @Test
  void alsoAnEarlierAttemptThanThoseThatTheJournalDidNotTakeStandsInTheWay() throws Exception {
    OperatorSubtaskState state = waiting();
    try (ExecutorHarness executor = restored(after, state, PAUSED);
        ExecutorHarness cutOff = restored(before, state, Requests.account().build())) {
      assertThat(before.sent()).containsExactly("a");
      journal.away(true);
      executor.control(3, Requests.account().build());
      pass(executor, 0, 6);
      journal.away(false);
      pass(executor, 6, 1);

      assertOutcomes(executor, ActionOutcome.MAYBE_SENT);
      assertThat(after.sent()).isEmpty();
      assertThat(cutOff.outcomes()).isEmpty();
    }
  }

  /** A life that was cut off and does not know it: of two that both may send, one does. */
  @Test
  void ofTwoLivesOneSends() throws Exception {
    OperatorSubtaskState state = waiting();
    try (ExecutorHarness executor = restored(after, state, PAUSED);
        ExecutorHarness cutOff = restored(before, state, PAUSED)) {
      executor.control(3, Requests.account().build());
      assertThat(after.sent()).containsExactly("a");
      cutOff.control(3, Requests.account().build());
      cutOff.drainMailbox();

      assertThat(before.sent()).isEmpty();
      assertOutcomes(cutOff, ActionOutcome.MAYBE_SENT);
    }
  }

  /** Each may try when the other has heard that it was not done, and never both. */
  @Test
  void twoLivesTakeTurns() throws Exception {
    OperatorSubtaskState state = waiting();
    try (ExecutorHarness executor = restored(after, state, PAUSED);
        ExecutorHarness cutOff = restored(before, state, PAUSED)) {
      cutOff.control(3, Requests.account().build());
      before.answer("a", BUSY);
      cutOff.drainMailbox();
      executor.control(3, Requests.account().build());
      assertThat(after.sent()).containsExactly("a");
      cutOff.timeIs(LATER + 60_000);
      cutOff.drainMailbox();

      assertThat(before.sent()).containsExactly("a");
      assertOutcomes(cutOff, ActionOutcome.MAYBE_SENT);
    }
  }

  /** So many times five minutes. */
  private static void pass(ExecutorHarness executor, int from, int times) throws Exception {
    for (int i = from + 1; i <= from + times; i++) {
      executor.timeIs(LATER + i * 300_000L);
      executor.drainMailbox();
      // Asked again some seconds later.
      executor.timeIs(LATER + i * 300_000L + 5_000);
      executor.drainMailbox();
    }
  }

  /** Wanted for a day. */
  private static ActionRequested bot(String id) {
    return Requests.builder(ActionKind.RUN_SALESBOT, id)
        .setSubjectId(id)
        .setNotAfter(NOW + 86_400_000)
        .build();
  }

  /** It waits for its control rows at the checkpoint, and nothing follows. */
  private OperatorSubtaskState waiting() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(before)) {
      executor.request(bot("a"));
      return executor.snapshot(1);
    }
  }

  private static void assertOutcomes(ExecutorHarness executor, ActionOutcome... outcomes) {
    assertThat(executor.outcomes())
        .extracting(ActionCompleted::getOutcome)
        .containsExactly(outcomes);
  }

  private static ExecutorHarness restored(
      HandTransport transport, OperatorSubtaskState state, AccountRow account) throws Exception {
    return ExecutorHarness.restored(transport, state, LATER, account);
  }
}
