package io.voronka.jobs.executeactions.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The job dies between a request and its answer, and comes back from its last checkpoint. */
final class RestoreOperatorTest {
  private static final long NOW = Requests.NOW;
  private static final long LATER = NOW + 5_000;
  private final HandTransport before = new HandTransport();
  private final HandTransport after = new HandTransport();

  @ParameterizedTest
  @EnumSource(
      names = {
        "CHANGE_STAGE",
        "UPDATE_FIELD",
        "CREATE_TASK",
        "SEND_MESSAGE",
        "ADD_NOTE",
        "ADD_TAGS"
      })
  void whatWasOnItsWayIsReadBackAndNotSentAgainWhenItIsThere(ActionKind kind) throws Exception {
    OperatorSubtaskState state = snapshotWhileSending(Requests.of(kind, "a"));

    try (ExecutorHarness executor = restored(state)) {
      assertThat(after.sent()).isEmpty();
      assertThat(after.read()).containsExactly("a");
      after.answerRead("a", ReadResult.found("77"));
      executor.drainMailbox();

      ActionCompleted outcome = executor.outcomes().get(0);
      assertThat(outcome.getOutcome()).isEqualTo(ActionOutcome.CONFIRMED);
      assertThat(outcome.getVerifiedByRead()).isTrue();
      assertThat(outcome.getReason()).isEqualTo("restarted-while-sending");
      assertThat(outcome.getAttempts()).isEqualTo(1);
      assertThat(after.sent()).isEmpty();
    }
  }

  @Test
  void whatIsNotThereIsSentAgain() throws Exception {
    OperatorSubtaskState state = snapshotWhileSending(Requests.of(ActionKind.CREATE_TASK, "a"));

    try (ExecutorHarness executor = restored(state)) {
      assertThat(after.since("a")).isEqualTo(NOW - 10_000);
      after.answerRead("a", ReadResult.absent());
      executor.drainMailbox();
      assertThat(after.sent()).containsExactly("a");
      after.answer("a", SendResult.done(200, "78"));
      executor.drainMailbox();

      assertThat(executor.outcomes()).extracting(ActionCompleted::getAttempts).containsExactly(2);
    }
  }

  @Test
  void aWebhookIsSentAgain() throws Exception {
    OperatorSubtaskState state = snapshotWhileSending(Requests.of(ActionKind.WEBHOOK, "a"));

    try (ExecutorHarness executor = restored(state)) {
      assertThat(executor.outcomes()).isEmpty();
      assertThat(after.read()).isEmpty();
      assertThat(after.sent()).containsExactly("a");
    }
  }

  /** Sent after the checkpoint, so that the checkpoint knows nothing of it. */
  @Test
  void whatWaitedAtTheCheckpointMayHaveBeenSentAfterIt() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.start(before)) {
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));
      state = executor.snapshot(1);
      executor.control(1, Requests.account().build());
      assertThat(before.sent()).containsExactly("a");
    }

    try (ExecutorHarness executor = restored(state)) {
      assertThat(after.read()).containsExactly("a");
      assertThat(after.sent()).isEmpty();
    }
  }

  /** Read and sent after the checkpoint; the log gives it again. */
  @Test
  void aRequestOfBeforeTheStartIsReadBackFirst() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      state = executor.snapshot(1);
    }

    try (ExecutorHarness executor = restored(state)) {
      executor.request(Requests.of(ActionKind.CREATE_TASK, "replayed"));
      executor.request(
          Requests.builder(ActionKind.CREATE_TASK, "new")
              .setSubjectId("101")
              .setFiredAt(LATER + 6_000)
              .build());

      assertThat(after.read()).containsExactly("replayed");
      assertThat(after.sent()).containsExactly("new");
    }
  }

  @Test
  void anOutcomeSurvivesAndAnswersARepeatedRequest() throws Exception {
    OperatorSubtaskState state;
    ActionCompleted recorded;
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));
      before.answer("a", SendResult.done(200, "77"));
      executor.drainMailbox();
      recorded = executor.outcomes().get(0);
      state = executor.snapshot(1);
    }

    try (ExecutorHarness executor = restored(state)) {
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));

      assertThat(executor.outcomes()).containsExactly(recorded);
      assertThat(after.sent()).isEmpty();
      assertThat(after.read()).isEmpty();
    }
  }

  @Test
  void theOrderOfArrivalSurvives() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.start(before)) {
      for (String id : new String[] {"z", "m", "a"}) {
        executor.request(Requests.note(id, "1"));
      }
      state = executor.snapshot(1);
    }

    try (ExecutorHarness executor = restored(state)) {
      for (String id : new String[] {"z", "m", "a"}) {
        after.answerRead(id, ReadResult.absent());
        executor.drainMailbox();
        after.answer(id, SendResult.done(200, null));
        executor.drainMailbox();
        executor.timeIs(LATER + 10_000);
      }

      assertThat(after.sent()).containsExactly("z", "m", "a");
    }
  }

  @Test
  void aPauseThatTheTargetAskedForSurvives() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));
      before.answer("a", SendResult.limited(429, 60_000));
      executor.drainMailbox();
      state = executor.snapshot(1);
    }

    try (ExecutorHarness executor = restored(state)) {
      assertThat(after.read()).isEmpty();
      executor.timeIs(NOW + 60_000);

      assertThat(after.read()).containsExactly("a");
    }
  }

  @Test
  void whatATargetTaughtUsSurvives() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      executor.request(Requests.note("a", "1"));
      before.answer("a", SendResult.limited(429, 1_000));
      executor.drainMailbox();
      for (int i = 0; i < 8; i++) {
        executor.request(Requests.note("b" + i, "b" + i));
      }
      state = executor.snapshot(1);
    }

    try (ExecutorHarness executor = restored(state)) {
      for (int i = 0; i < 8; i++) {
        after.read().stream().distinct().forEach(id -> after.answerRead(id, ReadResult.absent()));
        executor.drainMailbox();
      }

      // Five instead of the seven requests a second that the account's row promises.
      assertThat(after.read().size() + after.sent().size()).isEqualTo(5);
    }
  }

  private OperatorSubtaskState snapshotWhileSending(ActionRequested request) throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(before)) {
      executor.request(request);
      assertThat(before.sent()).containsExactly("a");
      return executor.snapshot(1);
    }
  }

  private ExecutorHarness restored(OperatorSubtaskState state) throws Exception {
    return ExecutorHarness.restored(after, state, LATER);
  }
}
