package io.voronka.jobs.executeactions.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.kit.testing.ControlRows;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.FrequencyCap;
import io.voronka.schemas.OptOutRow;
import io.voronka.schemas.Recipient;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Who is not written to, how often others are, and what was taken back: with state and rows. */
final class GuardsOperatorTest {
  private static final long NOW = Requests.NOW;
  private static final long HOUR = 3_600_000;
  private final HandTransport transport = new HandTransport();

  @Test
  void twoMessagesToOneContactAreJudgedOneAfterTheOtherEvenWhenBothWaitAtOnce() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.request(message("a", "100"));
      executor.request(message("b", "200"));

      executor.control(capped(1));

      assertThat(transport.sent()).containsExactly("a");
      assertOutcome(executor, "b", ActionOutcome.REFUSED, "frequency-cap");
    }
  }

  @Test
  void whatWasSentBeforeARestartCounts() throws Exception {
    var snapshot = snapshotOf("a");
    try (ExecutorHarness executor = ExecutorHarness.restore(transport, snapshot, NOW + HOUR)) {
      executor.control(capped(1));
      executor.timeIs(NOW + HOUR + 60_000);

      executor.request(
          ActionRequested.newBuilder(message("b", "200")).setFiredAt(NOW + HOUR + 60_000).build());

      assertThat(transport.sent()).containsExactly("a");
      assertOutcome(executor, "b", ActionOutcome.REFUSED, "frequency-cap");
    }
  }

  @Test
  void aMessageThatDidNotArriveLeavesItsPlaceToTheNext() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.control(capped(1));
      executor.request(message("a", "100"));
      transport.answer("a", SendResult.denied(404, Reason.NOT_FOUND, "no talk"));
      executor.drainMailbox();

      executor.request(message("b", "200"));

      assertThat(transport.sent()).containsExactly("a", "b");
    }
  }

  @Test
  void anOptOutIsObeyedUntilItsRowIsGone() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.control(rows(1).optOut(optOut("phone:79991234567")));
      executor.request(message("a", "100"));
      assertOutcome(executor, "a", ActionOutcome.REFUSED, "opted-out");

      String key = ControlKeys.optOut("acme", "phone:79991234567");
      executor.control(new ControlUpdate(ControlTable.OPT_OUTS, key, null));
      executor.request(message("b", "100"));

      assertThat(transport.sent()).containsExactly("b");
    }
  }

  @Test
  void anAgentKeepsSilentForItsTimeAfterAPersonHasWritten() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.control(rows(1));
      executor.spoken(Requests.spoken("77", NOW));
      executor.request(message("ours-before", "100"));
      transport.answer("ours-before", SendResult.done(200, "1"));
      executor.drainMailbox();
      executor.spoken(Requests.spoken("500", NOW));

      executor.request(message("a", "100"));
      executor.timeIs(NOW + 2 * HOUR);
      executor.request(message("b", "100"));

      assertOutcome(executor, "a", ActionOutcome.REFUSED, "human-took-over");
      assertThat(transport.sent()).containsExactly("ours-before", "b");
    }
  }

  @Test
  void whatIsTakenBackWhileItWaitsIsNeverSent() throws Exception {
    try (ExecutorHarness executor = paused()) {
      executor.request(Requests.note("a", "100"));
      executor.request(Requests.note("b", "100"));

      executor.withdraw("a");
      executor.control(2, Requests.account().build());

      assertOutcome(executor, "a", ActionOutcome.WITHDRAWN, "taken-back");
      assertThat(transport.sent()).containsExactly("b");
    }
  }

  @Test
  void aWithdrawalThatComesBeforeItsActionHolds() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.withdraw("a");

      executor.request(Requests.note("a", "100"));

      assertOutcome(executor, "a", ActionOutcome.WITHDRAWN, "taken-back");
      assertThat(transport.sent()).isEmpty();
    }
  }

  @Test
  void whatIsOnItsWayIsNotTakenBackAny() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      executor.request(Requests.note("a", "100"));

      executor.withdraw("a");
      transport.answer("a", SendResult.done(200, "1"));
      executor.drainMailbox();

      assertOutcome(executor, "a", ActionOutcome.CONFIRMED, null);
    }
  }

  @Test
  void whatMayHaveLeftBeforeARestartIsLookedForAndThenTakenBack() throws Exception {
    var snapshot = snapshotOf("a");
    try (ExecutorHarness executor = ExecutorHarness.restore(transport, snapshot, NOW + HOUR / 2)) {
      executor.withdraw("a");
      executor.control(capped(1));
      executor.timeIs(NOW + HOUR);
      assertThat(transport.read()).containsExactly("a");

      transport.answerRead("a", ReadResult.absent());
      executor.drainMailbox();

      assertOutcome(executor, "a", ActionOutcome.WITHDRAWN, "taken-back");
      assertThat(transport.sent()).containsExactly("a");
    }
  }

  /** The clock is the test's: exactly what is on its way when the row comes is still answered. */
  @Test
  void aPauseLetsNothingLeaveAndItsEndEverything() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.control(1, Requests.account().setRequestsPerSecond(4).build());
      for (int i = 0; i < 40; i++) {
        executor.request(Requests.note("a" + i, "" + i));
      }
      assertThat(transport.sent()).hasSize(4);

      executor.control(
          2, Requests.account().setRequestsPerSecond(4).setEffectsPaused(true).build());
      answerAll(executor);
      executor.timeIs(NOW + 1000);
      executor.timeIs(NOW + 60_000);
      assertThat(transport.sent()).hasSize(4);

      executor.control(3, Requests.account().setRequestsPerSecond(4).build());
      for (int second = 61; second < 80; second++) {
        answerAll(executor);
        executor.timeIs(NOW + second * 1001L);
      }
      assertThat(transport.sent()).hasSize(40).doesNotHaveDuplicates();
    }
  }

  private void answerAll(ExecutorHarness executor) throws Exception {
    List.copyOf(transport.sent()).forEach(id -> transport.answer(id, SendResult.done(200, null)));
    executor.drainMailbox();
  }

  private OperatorSubtaskState snapshotOf(String id) throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.control(capped(1));
      executor.request(message(id, "100"));
      return executor.snapshot(1);
    }
  }

  private ExecutorHarness paused() throws Exception {
    ExecutorHarness executor = ExecutorHarness.start(transport);
    executor.control(1, Requests.account().setEffectsPaused(true).build());
    return executor;
  }

  private static void assertOutcome(
      ExecutorHarness executor, String id, ActionOutcome outcome, String reason) {
    assertThat(executor.outcomes())
        .filteredOn(completed -> completed.getActionId().equals(id))
        .singleElement()
        .satisfies(
            completed -> {
              assertThat(completed.getOutcome()).isEqualTo(outcome);
              assertThat(completed.getReason()).isEqualTo(reason);
            });
  }

  private static OptOutRow optOut(String recipient) {
    return OptOutRow.newBuilder().setTenantId("acme").setRecipient(recipient).build();
  }

  private static ActionRequested message(String id, String lead) {
    return Requests.builder(ActionKind.SEND_MESSAGE, id)
        .setSubjectId(lead)
        .setAgentId("anna")
        .setNotAfter(NOW + 24 * HOUR)
        .setRecipient(new Recipient("7", List.of("8 999 123-45-67")))
        .build();
  }

  private static ControlRows capped(int most) {
    return ControlRows.of(1)
        .tenant(Requests.tenant().setMessageCap(new FrequencyCap(most, 24 * HOUR)).build())
        .account(Requests.account().setIntegrationUserId("77").build());
  }

  private static ControlRows rows(long generation) {
    return ControlRows.of(generation)
        .tenant(Requests.tenant().build())
        .account(Requests.account().setIntegrationUserId("77").build())
        .agent(new AgentRow("acme", "anna", "main", "Anna", true, false, 2 * HOUR));
  }
}
