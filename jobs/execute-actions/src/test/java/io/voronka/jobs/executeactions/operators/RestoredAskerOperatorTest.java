package io.voronka.jobs.executeactions.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/**
 * Somebody who waits for the outcome of what he asks, as a sequence does, and is restored to before
 * he asked while the answer is on the topic already. Answers that he does not wait for he drops, so
 * he would wait for ever if the one answer were all he could get.
 */
final class RestoredAskerOperatorTest {
  private final HandTransport transport = new HandTransport();

  /** State as a checkpoint would hold it, and how far he has read what comes back. */
  private static final class Asker {
    private final Set<String> waiting = new HashSet<>();
    private final Map<String, ActionOutcome> got = new HashMap<>();
    private int position;

    void ask(ExecutorHarness executor, String id) throws Exception {
      waiting.add(id);
      executor.request(Requests.of(ActionKind.CREATE_TASK, id));
    }

    void readOn(List<ActionCompleted> topic) {
      for (ActionCompleted completed : topic.subList(position, topic.size())) {
        if (waiting.remove(completed.getActionId())) {
          got.put(completed.getActionId(), completed.getOutcome());
        }
      }
      position = topic.size();
    }
  }

  @Test
  void getsTheAnswerThatWasThereBeforeHeAskedAgain() throws Exception {
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      Asker first = new Asker();
      first.ask(executor, "step");
      transport.answer("step", SendResult.done(200, "77"));
      executor.drainMailbox();
      assertThat(executor.outcomes()).hasSize(1);

      Asker restored = new Asker();
      restored.readOn(executor.outcomes());
      assertThat(restored.got).as("dropped, for he has not asked yet").isEmpty();
      restored.ask(executor, "step");
      restored.readOn(executor.outcomes());

      assertThat(restored.got).containsEntry("step", ActionOutcome.CONFIRMED);
      assertThat(transport.sent()).containsExactly("step");
    }
  }

  /** Both die, and the executor comes back with what it knows. */
  @Test
  void getsItFromARestoredExecutorToo() throws Exception {
    OperatorSubtaskState state;
    try (ExecutorHarness executor = ExecutorHarness.ready(transport)) {
      new Asker().ask(executor, "step");
      transport.answer("step", SendResult.done(200, "77"));
      executor.drainMailbox();
      state = executor.snapshot(1);
    }

    HandTransport after = new HandTransport();
    try (ExecutorHarness executor = ExecutorHarness.restore(after, state, Requests.NOW + 5_000)) {
      executor.control(2, Requests.account().build());
      Asker restored = new Asker();
      restored.ask(executor, "step");
      restored.readOn(executor.outcomes());

      assertThat(restored.got).containsEntry("step", ActionOutcome.CONFIRMED);
      assertThat(after.sent()).isEmpty();
    }
  }
}
