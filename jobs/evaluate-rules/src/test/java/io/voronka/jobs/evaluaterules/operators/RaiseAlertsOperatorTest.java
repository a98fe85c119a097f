package io.voronka.jobs.evaluaterules.operators;

import static io.voronka.jobs.evaluaterules.ControlRows.ruleSet;
import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.RuleQuarantined;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RaiseAlertsOperatorTest {

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, RuleQuarantined, ControlUpdate, AlertRaised>
      opened(OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<
            String, RuleQuarantined, ControlUpdate, AlertRaised>(
            new KeyedCoProcessOperator<>(new RaiseAlerts("evaluate-rules")),
            RuleQuarantined::getTenantId,
            update -> update.change().getRuleSet().getTenantId(),
            Types.STRING,
            720,
            1,
            0);
    harness.setup();
    if (state == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static StreamRecord<RuleQuarantined> leftOut(long version) {
    return new StreamRecord<>(
        new RuleQuarantined("acme", "heavy", version, "over-budget", "", T0 + version));
  }

  private static StreamRecord<ControlUpdate> newest(long version, String... members) {
    return new StreamRecord<>(ruleSet(version, T0 + 1000 * version, members));
  }

  @Test
  void isToldOnceHoweverManySubtasksAndRestartsFindItOut() throws Exception {
    OperatorSubtaskState state;
    try (var job = opened(null)) {
      job.processElement2(newest(1, "heavy:1", "good:1"));
      job.processElement1(leftOut(1));
      job.processElement1(leftOut(1));

      assertThat(job.extractOutputValues())
          .extracting(AlertRaised::getResolved)
          .containsExactly(false);
      state = job.snapshot(1, 1);
    }
    try (var job = opened(state)) {
      job.processElement2(newest(1, "heavy:1", "good:1"));
      job.processElement1(leftOut(1));
      assertThat(job.extractOutputValues()).isEmpty();

      job.processElement2(newest(2, "heavy:2", "good:1"));

      assertThat(job.extractOutputValues())
          .extracting(AlertRaised::getResolved)
          .containsExactly(true);
    }
  }

  @Test
  void theRuleMayBeHeardOfBeforeItsSet() throws Exception {
    try (var job = opened(null)) {
      job.processElement2(newest(1, "heavy:1"));
      job.processElement1(leftOut(2));
      assertThat(job.extractOutputValues()).isEmpty();

      job.processElement2(newest(2, "heavy:2"));
      job.processElement2(newest(1, "heavy:1"));

      assertThat(job.extractOutputValues())
          .extracting(AlertRaised::getResolved)
          .containsExactly(false);
    }
  }
}
