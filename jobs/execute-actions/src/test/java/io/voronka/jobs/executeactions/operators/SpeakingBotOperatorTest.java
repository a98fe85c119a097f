package io.voronka.jobs.executeactions.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.JournalInMemory;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.kit.testing.ControlRows;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.MessageBot;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages of an account whose salesbot speaks for it: never twice, whatever dies. */
final class SpeakingBotOperatorTest {
  private static final long NOW = Requests.NOW;
  private static final long LATER = NOW + 5_000;
  private static final AccountRow SPOKEN_FOR =
      Requests.account().setMessageBot(new MessageBot("9001", "600002")).build();

  private final JournalInMemory journal = new JournalInMemory();
  private final HandTransport before = new HandTransport(journal);
  private final HandTransport after = new HandTransport(journal);

  @ParameterizedTest
  @EnumSource(names = {"SEND_MESSAGE", "AI_RESPONSE"})
  void aMessageLeavesAtItsTurn(ActionKind kind) throws Exception {
    try (ExecutorHarness executor = ready(before)) {
      executor.request(Requests.of(kind, "a"));
      before.answer("a", SendResult.done(202, null));
      executor.drainMailbox();

      assertThat(before.sent()).containsExactly("a");
      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome)
          .containsExactly(ActionOutcome.CONFIRMED);
    }
  }

  @Test
  void anAnswerThatIsLostLeavesItUnknown() throws Exception {
    try (ExecutorHarness executor = ready(before)) {
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "a"));
      before.answer("a", SendResult.unclear(null, Reason.TIMED_OUT, null));
      executor.drainMailbox();

      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome)
          .containsExactly(ActionOutcome.MAYBE_SENT);
      assertThat(before.read()).isEmpty();
      assertThat(before.sent()).containsExactly("a");
    }
  }

  @Test
  void whatWasOnItsWayWhenTheJobDiedIsUnknownAndNotSaidAgain() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ready(before)) {
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "a"));
      state = executor.snapshot(1);
      assertThat(before.sent()).containsExactly("a");
    }

    try (ExecutorHarness executor = restored(state, SPOKEN_FOR)) {
      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome)
          .containsExactly(ActionOutcome.MAYBE_SENT);
      assertThat(after.sent()).isEmpty();
      assertThat(after.read()).isEmpty();
    }
  }

  /** The row says by now that messages go into the talk: the bot may have said it all the same. */
  @Test
  void alsoWhenTheAccountHasAnotherWayByThen() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ready(before)) {
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "a"));
      state = executor.snapshot(1);
    }

    try (ExecutorHarness executor = restored(state, Requests.account().build())) {
      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome)
          .containsExactly(ActionOutcome.MAYBE_SENT);
    }
  }

  /** It waits behind the first one of its lead, and nothing of it can have left. */
  @Test
  void whatWaitedIsSaidAfterARestartWithoutALook() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ready(before)) {
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "a"));
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "b"));
      state = executor.snapshot(1);
    }

    try (ExecutorHarness executor = restored(state, SPOKEN_FOR)) {
      executor.timeIs(LATER + 10_000);

      assertThat(after.read()).isEmpty();
      assertThat(after.sent()).containsExactly("b");
    }
  }

  /** Read before the account's row was: it is looked for where messages usually are. */
  @Test
  void ofWhatIsMetAnewTheTalkIsAskedAndWhereItCannotBeReadNothingWasSaid() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ready(before)) {
      state = executor.snapshot(1);
    }

    try (ExecutorHarness executor = restored(state, SPOKEN_FOR)) {
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "a"));
      assertThat(after.read()).containsExactly("a");
      after.answerRead(
          "a", ReadResult.unreadable(402, Reason.PAYMENT_REQUIRED, null).sentElsewhere());
      executor.drainMailbox();
      executor.timeIs(LATER + 10_000);

      assertThat(after.sent()).containsExactly("a");
    }
  }

  /** The bot reads the field a moment after it was run. */
  @Test
  void theNextTextForTheSameLeadWaitsUntilTheBotHasReadTheFirst() throws Exception {
    try (ExecutorHarness executor = ready(before)) {
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "a"));
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "b"));
      executor.request(Requests.builder(ActionKind.SEND_MESSAGE, "c").setSubjectId("101").build());
      before.answer("a", SendResult.done(202, null));
      executor.drainMailbox();
      assertThat(before.sent()).containsExactly("a", "c");

      executor.timeIs(NOW + 4_999);
      assertThat(before.sent()).containsExactly("a", "c");
      executor.timeIs(NOW + 5_000);
      assertThat(before.sent()).containsExactly("a", "c", "b");
    }
  }

  @Test
  void aChangeOfTheWayIsFollowed() throws Exception {
    try (ExecutorHarness executor = ready(before)) {
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "a"));
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "b"));
      executor.control(2, Requests.account().build());
      before.answer("a", SendResult.done(202, null));
      executor.drainMailbox();

      // No bot says it, so that there is none to wait for.
      assertThat(before.sent()).containsExactly("a", "b");
    }
  }

  /** The checkpoint knows that a bot will say it, and the account gets another way after it. */
  @Test
  void whatLeftByAnotherWayThanTheCheckpointKnowsIsNotSaidAgain() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ready(before)) {
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "a"));
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "b"));
      state = executor.snapshot(1);
      executor.control(2, Requests.account().build());
      before.answer("a", SendResult.done(202, null));
      executor.drainMailbox();
      assertThat(before.sent()).containsExactly("a", "b");
    }

    try (ExecutorHarness executor = restored(state, SPOKEN_FOR)) {
      executor.timeIs(LATER + 10_000);

      assertThat(after.sent()).isEmpty();
      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome)
          .containsExactly(ActionOutcome.CONFIRMED, ActionOutcome.MAYBE_SENT);
    }
  }

  /** The other way round: it was to be written into the talk, and a bot has said it. */
  @Test
  void whatABotHasSaidAfterTheCheckpointIsNotLookedForInTheTalk() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.start(before)) {
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "a"));
      state = executor.snapshot(1);
      executor.control(1, SPOKEN_FOR);
      assertThat(before.sent()).containsExactly("a");
    }

    try (ExecutorHarness executor = restored(state, Requests.account().build())) {
      assertThat(after.read()).isEmpty();
      assertThat(after.sent()).isEmpty();
      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome)
          .containsExactly(ActionOutcome.MAYBE_SENT);
    }
  }

  /** People put it back; the talk, where it does not stand, says nothing of what a bot has said. */
  @Test
  void whatABotMayHaveSaidStaysUnknownWhenItIsPutBack() throws Exception {
    try (ExecutorHarness executor = ready(before)) {
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "a"));
      before.answer("a", SendResult.unclear(null, Reason.TIMED_OUT, null));
      executor.drainMailbox();

      executor.request(Requests.builder(ActionKind.SEND_MESSAGE, "a").setRedelivery(1).build());
      executor.timeIs(NOW + 10_000);

      assertThat(before.read()).isEmpty();
      assertThat(before.sent()).containsExactly("a");
      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome)
          .containsExactly(ActionOutcome.MAYBE_SENT, ActionOutcome.MAYBE_SENT);
    }
  }

  private static ExecutorHarness ready(HandTransport transport) throws Exception {
    ExecutorHarness executor = ExecutorHarness.start(transport);
    executor.control(
        ControlRows.of(1)
            .tenant(Requests.tenant().build())
            .account(SPOKEN_FOR)
            .agent(new AgentRow("acme", "anna", "main", "Anna", true, false, 0L)));
    return executor;
  }

  private ExecutorHarness restored(OperatorSubtaskState state, AccountRow account)
      throws Exception {
    return ExecutorHarness.restored(after, state, LATER, account);
  }
}
