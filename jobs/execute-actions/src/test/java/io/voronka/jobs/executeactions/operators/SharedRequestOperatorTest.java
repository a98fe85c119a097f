package io.voronka.jobs.executeactions.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Many leads in one request: each action keeps its own line of the ledger. */
final class SharedRequestOperatorTest {
  private static final long NOW = Requests.NOW;
  private final HandTransport transport = new HandTransport();

  @Test
  void eachOfThemHasItsOwnOutcomeAndAttempts() throws Exception {
    try (ExecutorHarness executor = waiting(10)) {
      executor.control(2, Requests.account().build());
      assertThat(transport.together()).hasSize(1);
      assertThat(transport.together().get(0)).hasSize(10);

      transport.answer("a3", SendResult.apart(400, Reason.BAD_REQUEST, "NotSupportedChoice"));
      for (int i = 0; i < 10; i++) {
        if (i != 3) {
          transport.answer("a" + i, SendResult.done(200, "lead" + i));
        }
      }
      executor.drainMailbox();
      transport.answer("a3", SendResult.denied(400, Reason.BAD_REQUEST, "NotSupportedChoice"));
      executor.drainMailbox();

      assertThat(executor.outcomes()).hasSize(10);
      assertThat(executor.outcomes())
          .filteredOn(one -> one.getOutcome() == ActionOutcome.CONFIRMED)
          .hasSize(9)
          .allMatch(one -> one.getAttempts() == 1 && one.getStatusCode() == 200);
      assertThat(executor.outcomes())
          .filteredOn(one -> one.getOutcome() == ActionOutcome.FAILED)
          .singleElement()
          .satisfies(
              failed -> {
                assertThat(failed.getActionId()).isEqualTo("a3");
                assertThat(failed.getAttempts()).isEqualTo(2);
              });
    }
  }

  @Test
  void afterACrashTheyAreLookedForTogether() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = waiting(10)) {
      executor.control(2, Requests.account().build());
      state = executor.snapshot(1);
    }
    try (ExecutorHarness executor = ExecutorHarness.restore(transport, state, NOW + 60_000)) {
      executor.control(1, Requests.account().build());
      executor.timeIs(NOW + 70_000);

      assertThat(transport.readTogether()).hasSize(1);
      assertThat(transport.read()).hasSize(10).doesNotHaveDuplicates();
      transport.read().forEach(id -> transport.answerRead(id, ReadResult.found(id)));
      executor.drainMailbox();
      assertThat(executor.outcomes()).hasSize(10).allMatch(ActionCompleted::getVerifiedByRead);
      assertThat(transport.sent()).hasSize(10);
    }
  }

  /** Some left after the checkpoint, which knows of none of them. */
  @Test
  void aBacklogIsCaughtUpInTwentyRequestsAndEachEffectHappensOnce() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = waiting(500)) {
      state = executor.snapshot(1);
      executor.control(2, Requests.account().build());
    }
    List<String> effects = new ArrayList<>(transport.sent());
    assertThat(effects).hasSize(200);

    HandTransport after = new HandTransport();
    try (ExecutorHarness executor = ExecutorHarness.restore(after, state, NOW + 60_000)) {
      executor.control(1, Requests.account().build());
      long now = NOW + 61_000;
      executor.timeIs(now);
      while (executor.outcomes().size() < 500) {
        assertThat(now).as("four seconds at seven requests each").isLessThan(NOW + 65_000);
        Set<String> there = Set.copyOf(effects);
        for (String id : Set.copyOf(after.read())) {
          after.answerRead(id, there.contains(id) ? ReadResult.found(id) : ReadResult.absent());
        }
        Set.copyOf(after.sent()).forEach(id -> after.answer(id, SendResult.done(200, id)));
        executor.drainMailbox();
        now += 50;
        executor.timeIs(now);
      }
      effects.addAll(after.sent());

      assertThat(after.read()).hasSize(500).doesNotHaveDuplicates();
      assertThat(after.readTogether()).hasSize(10);
      assertThat(after.requests()).isLessThanOrEqualTo(20);
      assertThat(effects).hasSize(500).doesNotHaveDuplicates();
      assertThat(executor.outcomes())
          .hasSize(500)
          .allMatch(one -> one.getOutcome() == ActionOutcome.CONFIRMED)
          .filteredOn(ActionCompleted::getVerifiedByRead)
          .hasSize(200);
    }
  }

  /** Actions of as many leads that have gathered behind a pause. */
  private ExecutorHarness waiting(int count) throws Exception {
    ExecutorHarness executor = ExecutorHarness.start(transport);
    executor.control(1, Requests.account().setEffectsPaused(true).build());
    for (int i = 0; i < count; i++) {
      executor.request(
          Requests.builder(ActionKind.ADD_TAGS, "a" + i).setSubjectId("" + (100 + i)).build());
    }
    return executor;
  }
}
