package io.voronka.jobs.executeactions.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.RequestPace;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.ModelUse;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.SendMessage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExecuteActionsOperatorTest {
  private static final long NOW = Requests.NOW;
  private final HandTransport transport = new HandTransport();

  @Test
  void sendsOnArrivalAndTellsTheOutcome() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));
      assertThat(transport.sent()).containsExactly("a");
      assertThat(executor.outcomes()).isEmpty();

      transport.answer("a", SendResult.done(200, "77"));
      executor.drainMailbox();

      ActionCompleted outcome = executor.outcomes().get(0);
      assertThat(outcome.getOutcome()).isEqualTo(ActionOutcome.CONFIRMED);
      assertThat(outcome.getVendorId()).isEqualTo("77");
      assertThat(outcome.getTarget()).isEqualTo(Requests.KEY);
    }
  }

  @Test
  void whatAModelHasCostIsCountedEvenWhenNothingCameOfIt() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(Requests.note("a", "100"));

      transport.answer(
          "a",
          SendResult.denied(400, Reason.BAD_REQUEST, "no").using(new ModelUse("toy", 100, 20)));
      executor.drainMailbox();

      assertThat(executor.usage())
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.getQuantity()).isEqualTo(120);
                assertThat(event.getActionId()).isEqualTo("a");
              });
    }
  }

  /** The third of its requests waits until the account takes one again. */
  @Test
  void aMessageWithoutATalkHasNoMoreRequestsAtOnceThanTheAccountTakes() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.control(1, Requests.account().setRequestsPerSecond(2).build());
      executor.request(
          Requests.builder(ActionKind.SEND_MESSAGE, "a")
              .setSendMessage(new SendMessage("Hello", null))
              .build());

      RequestPace pace = transport.means("a").pace();
      assertThat(pace.begin()).isZero();
      assertThat(pace.begin()).isZero();
      assertThat(pace.begin()).isPositive();
    }
  }

  @Test
  void nothingIsSentBeforeTheControlRowsAreComplete() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));
      assertThat(transport.sent()).isEmpty();

      executor.control(1, Requests.account().build());

      assertThat(transport.sent()).containsExactly("a");
    }
  }

  @Test
  void aRequestThatIsUnderWayIsNotSentTwice() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));

      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));

      assertThat(transport.sent()).containsExactly("a");
      assertThat(executor.outcomes()).isEmpty();
    }
  }

  @Test
  void aRequestThatIsFinishedGetsItsRecordedOutcomeAgain() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));
      transport.answer("a", SendResult.done(200, "77"));
      executor.drainMailbox();

      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));

      assertThat(transport.sent()).containsExactly("a");
      assertThat(executor.outcomes()).hasSize(2);
      assertThat(executor.outcomes().get(1)).isEqualTo(executor.outcomes().get(0));
    }
  }

  @Test
  void aRequestWithoutPayloadIsRefused() throws Exception {
    ActionRequested empty =
        Requests.builder(ActionKind.CREATE_TASK, "a").setKind(ActionKind.ADD_NOTE).build();
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(empty);

      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getReason)
          .containsExactly("payload-missing");
    }
  }

  @Test
  void theBudgetOfTheAccountIsKeptAndTheRestFollowsInItsTime() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.control(1, Requests.account().setRequestsPerSecond(2).build());
      for (String id : new String[] {"a", "b", "c"}) {
        executor.request(Requests.note(id, id));
      }
      assertThat(transport.sent()).containsExactly("a", "b");
      transport.answer("a", SendResult.done(200, null));
      executor.drainMailbox();

      executor.timeIs(NOW + 999);
      assertThat(transport.sent()).containsExactly("a", "b");
      executor.timeIs(NOW + 1000);

      assertThat(transport.sent()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void aBusyAccountDoesNotHoldUpAnother() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      IntStream.range(0, 20).forEach(i -> quietly(executor, Requests.note("flood-" + i, "l" + i)));
      assertThat(transport.sent()).hasSize(4);

      executor.request(Requests.of(ActionKind.WEBHOOK, "other"));

      assertThat(transport.sent()).hasSize(5).endsWith("other");
    }
  }

  @Test
  void anExpiredActionIsToldAtItsTime() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.control(1, Requests.account().setEffectsPaused(true).build());
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));

      executor.timeIs(Requests.DEADLINE + 1);

      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getOutcome)
          .containsExactly(ActionOutcome.EXPIRED);
      assertThat(transport.sent()).isEmpty();
    }
  }

  @Test
  void resumedEffectsAreSent() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.control(1, Requests.account().setEffectsPaused(true).build());
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));
      assertThat(transport.sent()).isEmpty();

      executor.control(1, Requests.account().build());

      assertThat(transport.sent()).containsExactly("a");
    }
  }

  @Test
  void anActionOfAnUnknownAccountIsRefusedAfterTheGrace() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(Requests.builder(ActionKind.CREATE_TASK, "a").setAccountId("other").build());
      assertThat(executor.outcomes()).isEmpty();

      executor.timeIs(NOW + 10_000);

      assertThat(executor.outcomes())
          .extracting(ActionCompleted::getReason)
          .containsExactly("account-unknown");
    }
  }

  @Test
  void aRetryComesByItself() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));
      transport.answer("a", SendResult.notDone(503, 0, Reason.SERVER_ERROR, null));
      executor.drainMailbox();
      assertThat(transport.sent()).containsExactly("a");

      executor.timeIs(NOW + 1000);

      assertThat(transport.sent()).containsExactly("a", "a");
    }
  }

  @Test
  void aFailingTransportLeavesADoubtThatIsReadBack() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));
      transport.fail("a", new IllegalStateException("secret"));
      executor.drainMailbox();

      executor.timeIs(NOW + 2000);
      assertThat(transport.read()).containsExactly("a");
      transport.answerRead("a", ReadResult.found("77"));
      executor.drainMailbox();

      ActionCompleted outcome = executor.outcomes().get(0);
      assertThat(outcome.getVerifiedByRead()).isTrue();
      assertThat(outcome.getDetail()).doesNotContain("secret");
    }
  }

  @Test
  void aSalesbotLeavesAtItsTurnLikeAnythingElse() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(Requests.of(ActionKind.RUN_SALESBOT, "a"));

      assertThat(transport.sent()).containsExactly("a");
    }
  }

  @Test
  void onlyTheOutcomeStaysInState() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));
      assertThat(executor.stateEntries()).isEqualTo(2);

      transport.answer("a", SendResult.done(200, null));
      executor.drainMailbox();

      assertThat(executor.stateEntries()).isEqualTo(1);
    }
  }

  @Test
  void aDrainedJobTakesTheAnswersThatAreOnTheirWay() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(Requests.of(ActionKind.CREATE_TASK, "a"));
      transport.answer("a", SendResult.done(200, null));

      executor.finish();

      assertThat(executor.outcomes()).hasSize(1);
    }
  }

  @Test
  void closesItsTransport() throws Exception {
    ExecutorHarness executor = ExecutorHarness.ready(transport);

    executor.close();

    assertThat(transport.closed()).isTrue();
  }

  private static void quietly(ExecutorHarness executor, ActionRequested request) {
    try {
      executor.request(request);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
