package io.voronka.jobs.executeactions.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Finished actions that people have had put back. */
final class RedeliveryOperatorTest {
  private static final long NOW = Requests.NOW;
  private static final SendResult DENIED = SendResult.denied(403, Reason.FORBIDDEN, "no");
  private final HandTransport transport = new HandTransport();

  @Test
  void aFailedOneIsTriedAgainOnceForEachNumber() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      ActionRequested task = Requests.of(ActionKind.CREATE_TASK, "a");
      executor.request(task);
      answer(executor, "a", DENIED);

      executor.request(again(task, 1));
      executor.request(again(task, 1));
      assertThat(transport.sent()).containsExactly("a", "a");
      answer(executor, "a", SendResult.done(200, "77"));
      executor.request(again(task, 1));

      assertThat(transport.sent()).hasSize(2);
      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome)
          .containsExactly(ActionOutcome.FAILED, ActionOutcome.CONFIRMED, ActionOutcome.CONFIRMED);
      assertThat(executor.outcomes().get(1).getRedelivery()).isEqualTo(1);
      assertThat(executor.outcomes().get(1).getAttempts()).isEqualTo(2);
    }
  }

  @Test
  void whatHasHappenedDoesNotHappenAgain() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      ActionRequested task = Requests.of(ActionKind.CREATE_TASK, "a");
      executor.request(task);
      answer(executor, "a", SendResult.done(200, "77"));

      executor.request(again(task, 5));

      assertThat(transport.sent()).hasSize(1);
      assertThat(executor.outcomes()).hasSize(2);
      assertThat(executor.outcomes().get(1)).isEqualTo(executor.outcomes().get(0));
    }
  }

  @Test
  void anExpiredOneHasTheNewDeadline() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      ActionRequested late =
          Requests.builder(ActionKind.ADD_NOTE, "a").setNotAfter(NOW - 1).build();
      executor.request(late);
      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome)
          .containsExactly(ActionOutcome.EXPIRED);

      executor.request(
          ActionRequested.newBuilder(late).setRedelivery(1).setNotAfter(NOW + 60_000).build());

      assertThat(transport.sent()).containsExactly("a");
    }
  }

  @Test
  void anUnknownOneThatCanBeReadIsReconciled() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      ActionRequested task = Requests.of(ActionKind.CREATE_TASK, "a");
      executor.request(task);
      answer(executor, "a", SendResult.unclear(null, Reason.TIMED_OUT, null));
      executor.timeIs(NOW + 2_000);
      transport.answerRead("a", ReadResult.unreadable(403, Reason.FORBIDDEN, null));
      executor.drainMailbox();
      assertThat(executor.outcomes().get(0).getOutcome()).isEqualTo(ActionOutcome.MAYBE_SENT);

      executor.request(again(task, 1));
      transport.answerRead("a", ReadResult.found("77"));
      executor.drainMailbox();

      assertThat(transport.sent()).hasSize(1);
      assertThat(executor.outcomes().get(1).getOutcome()).isEqualTo(ActionOutcome.CONFIRMED);
      assertThat(executor.outcomes().get(1).getVerifiedByRead()).isTrue();
    }
  }

  @Test
  void anUnknownOneThatLeavesNoTraceStaysUnknown() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      ActionRequested request = Requests.of(ActionKind.RUN_SALESBOT, "a");
      executor.request(request);
      answer(executor, "a", SendResult.unclear(null, Reason.TIMED_OUT, null));

      executor.request(again(request, 1));

      assertThat(transport.sent()).hasSize(1);
      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome)
          .containsExactly(ActionOutcome.MAYBE_SENT, ActionOutcome.MAYBE_SENT);
    }
  }

  @Test
  void whatNothingIsKnownOfIsRefusedHoweverOftenItIsAskedFor() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      ActionRequested task = Requests.of(ActionKind.CREATE_TASK, "a");

      executor.request(again(task, 1));
      executor.request(again(task, 2));

      assertThat(transport.sent()).isEmpty();
      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getReason)
          .containsExactly("outcome-forgotten", "outcome-forgotten");
    }
  }

  /** Put back, sent and confirmed after the last checkpoint; the log gives it again. */
  @Test
  void aRestoredJobLooksBeforeItSendsAgain() throws Exception {
    ActionRequested task = Requests.of(ActionKind.CREATE_TASK, "a");
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(task);
      answer(executor, "a", DENIED);
      state = executor.snapshot(1);
      executor.request(again(task, 1));
      answer(executor, "a", SendResult.done(200, "77"));
    }

    HandTransport after = new HandTransport();
    try (ExecutorHarness executor = ExecutorHarness.restored(after, state, NOW + 5_000)) {
      executor.request(again(task, 1));

      assertThat(after.sent()).isEmpty();
      assertThat(after.read()).containsExactly("a");
    }
  }

  /** Two tasks with the same text; the answer to one of them is lost, and it was never made. */
  @Test
  void aTraceCountsForOneActionOnly() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));
      answer(executor, "a", SendResult.done(200, "77"));
      executor.request(Requests.of(ActionKind.CREATE_TASK, "b"));
      answer(executor, "b", SendResult.unclear(null, Reason.CONNECTION_LOST, null));
      executor.timeIs(NOW + 2_000);

      transport.answerRead("b", ReadResult.found("77"));
      executor.drainMailbox();
      executor.timeIs(NOW + 3_000);

      assertThat(transport.sent()).containsExactly("a", "b", "b");
    }
  }

  private void answer(ExecutorHarness executor, String id, SendResult result) throws Exception {
    transport.answer(id, result);
    executor.drainMailbox();
  }

  private static ActionRequested again(ActionRequested request, int redelivery) {
    return ActionRequested.newBuilder(request).setRedelivery(redelivery).build();
  }
}
