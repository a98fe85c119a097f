package io.voronka.jobs.executeactions.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.kit.testing.ControlRows;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionQueued;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What those are told that have to wait. */
final class QueuedOperatorTest {
  private static final long NOW = Requests.NOW;
  private static final AccountRow ONE_A_SECOND = Requests.account().setRequestsPerSecond(1).build();

  private final HandTransport transport = new HandTransport();

  @Test
  void whoWaitsLongIsToldOnceWhenItWillLeaveAndWhoLeavesSoonNothing() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.control(1, ONE_A_SECOND);
      for (int i = 0; i < 20; i++) {
        executor.request(Requests.note("note" + i, "lead" + i));
      }
      assertThat(executor.queued()).isEmpty();

      executor.timeIs(NOW + 2_000);

      // Nothing has been answered yet: all but the first one wait.
      assertThat(executor.queued()).extracting(ActionQueued::getActionId).doesNotHaveDuplicates();
      assertThat(executor.queued()).hasSizeBetween(14, 17);
      ActionQueued last = executor.queued().get(executor.queued().size() - 1);
      assertThat(last.getActionId()).isEqualTo("note19");
      assertThat(last.getTarget()).isEqualTo(Requests.KEY);
      assertThat(last.getToldAt()).isEqualTo(NOW + 2_000);
      assertThat(last.getRequestsAhead()).isEqualTo(19);
      assertThat(last.getExpectedAt() - NOW).isBetween(20_000L, 26_000L);
      executor.timeIs(NOW + 5_000);
      assertThat(executor.queued()).hasSizeLessThan(18);
    }
  }

  @Test
  void whoIsStillThereLongAfterItsTimeIsToldOnceMore() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.control(1, ONE_A_SECOND);
      for (int i = 0; i < 10; i++) {
        executor.request(Requests.note("note" + i, "lead" + i));
      }
      executor.timeIs(NOW + 2_000);
      long first = told(executor, "note9");
      // The account wants to be left alone for ten minutes.
      transport.answer("note0", SendResult.limited(429, 600_000));
      executor.drainMailbox();

      executor.timeIs(NOW + 60_000);
      executor.timeIs(NOW + 120_000);

      assertThat(executor.queued())
          .filteredOn(one -> one.getActionId().equals("note9"))
          .hasSize(2)
          .last()
          .satisfies(again -> assertThat(again.getExpectedAt()).isGreaterThan(first + 500_000));
    }
  }

  @Test
  void whoWaitsForTheEndOfQuietHoursKnowsIt() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      // 11:00 in Moscow.
      executor.control(
          ControlRows.of(1)
              .tenant(Requests.tenant().setQuietFrom("10:00").setQuietTo("11:30").build())
              .account(Requests.account().build()));
      executor.request(Requests.of(ActionKind.SEND_MESSAGE, "a"));

      executor.timeIs(NOW + 2_000);

      assertThat(executor.queued())
          .singleElement()
          .satisfies(
              told -> {
                assertThat(told.getExpectedAt()).isEqualTo(NOW + 30 * 60_000);
                assertThat(told.getRequestsAhead()).isZero();
              });
    }
  }

  @Test
  void whoWaitsForAPauseToEndIsToldNothing() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.control(1, Requests.account().setEffectsPaused(true).build());
      executor.request(Requests.note("a", "1"));

      executor.timeIs(NOW + 300_000);

      assertThat(executor.queued()).isEmpty();
    }
  }

  @Test
  void whatWasToldIsNotToldAgainAfterARestart() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.start(transport)) {
      executor.control(1, ONE_A_SECOND);
      for (int i = 0; i < 20; i++) {
        executor.request(Requests.note("note" + i, "lead" + i));
      }
      executor.timeIs(NOW + 2_000);
      assertThat(told(executor, "note19")).isPositive();
      state = executor.snapshot(1);
    }

    try (ExecutorHarness executor = ExecutorHarness.restore(new HandTransport(), state, NOW)) {
      executor.control(2, ONE_A_SECOND);
      executor.timeIs(NOW + 8_000);

      assertThat(executor.queued())
          .extracting(ActionQueued::getActionId)
          .doesNotContain("note19", "note18");
    }
  }

  private static long told(ExecutorHarness executor, String actionId) {
    return executor.queued().stream()
        .filter(one -> one.getActionId().equals(actionId))
        .mapToLong(ActionQueued::getExpectedAt)
        .findFirst()
        .orElseThrow();
  }
}
