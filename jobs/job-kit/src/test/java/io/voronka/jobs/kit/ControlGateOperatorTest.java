package io.voronka.jobs.kit;

import static io.voronka.jobs.kit.TestEvents.lead;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.kit.testing.ControlRows;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

final class ControlGateOperatorTest {
  private static final ControlRows CONTROL = ControlRows.of(3).tenant(TestEvents.TENANT);

  @Test
  void anEventThatComesAfterTheSnapshotPassesAtOnce() throws Exception {
    try (var operator = open(null)) {
      completeControl(operator);

      operator.processElement1(lead("a", "1", 10), 10);

      assertThat(out(operator)).containsExactly("a");
      assertThat(operator.numEventTimeTimers()).isZero();
      assertThat(operator.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void eventsThatComeTooEarlyWaitForTheSnapshotAndComeInEventTime() throws Exception {
    try (var operator = open(null)) {
      operator.processElement1(lead("late", "1", 20), 20);
      operator.processElement1(lead("early", "1", 10), 10);
      operator.processElement1(lead("other", "2", 15), 15);
      operator.processWatermark1(new Watermark(30));
      assertThat(out(operator)).isEmpty();

      completeControl(operator);
      operator.processWatermark2(Watermark.MAX_WATERMARK);

      assertThat(out(operator)).containsExactly("early", "other", "late");
      assertThat(operator.numEventTimeTimers()).isZero();
      assertThat(operator.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aLaterEventDoesNotOvertakeTheOnesThatStillWait() throws Exception {
    try (var operator = open(null)) {
      operator.processElement1(lead("first", "1", 10), 10);
      completeControl(operator);
      operator.processWatermark2(Watermark.MAX_WATERMARK);
      operator.processWatermark1(new Watermark(5));

      operator.processElement1(lead("second", "1", 20), 20);
      operator.processElement1(lead("elsewhere", "2", 21), 21);
      assertThat(out(operator)).containsExactly("elsewhere");

      operator.processWatermark1(new Watermark(25));
      operator.processElement1(lead("third", "1", 30), 30);
      assertThat(out(operator)).containsExactly("elsewhere", "first", "second", "third");
    }
  }

  @Test
  void eventsThatWaitedAtACheckpointWaitAgainAfterIt() throws Exception {
    OperatorSubtaskState checkpoint;
    try (var operator = open(null)) {
      operator.processElement1(lead("before", "1", 10), 10);
      checkpoint = operator.snapshot(1, 1);
    }

    try (var operator = open(checkpoint)) {
      operator.processWatermark1(new Watermark(5));
      completeControl(operator);
      operator.processElement1(lead("after", "1", 20), 20);
      assertThat(out(operator)).isEmpty();

      operator.processWatermark2(Watermark.MAX_WATERMARK);
      operator.processWatermark1(new Watermark(30));
      assertThat(out(operator)).containsExactly("before", "after");
    }
  }

  @Test
  void anOpenGateIsShutAgainByARestart() throws Exception {
    OperatorSubtaskState checkpoint;
    try (var operator = open(null)) {
      completeControl(operator);
      checkpoint = operator.snapshot(1, 1);
    }

    try (var operator = open(checkpoint)) {
      operator.processElement1(lead("a", "1", 10), 10);

      assertThat(out(operator)).isEmpty();
      assertThat(operator.numEventTimeTimers()).isEqualTo(1);
    }
  }

  @Test
  void aMarkerThatCountsMoreRowsThanCameOpensNothing() throws Exception {
    try (var operator = open(null)) {
      for (ControlUpdate marker : CONTROL.markers(ControlTable.TENANTS)) {
        operator.processElement2(marker, 0);
      }
      operator.processElement1(lead("a", "1", 10), 10);

      assertThat(out(operator)).isEmpty();
    }
  }

  private static void completeControl(
      KeyedTwoInputStreamOperatorTestHarness<String, CrmEvent, ControlUpdate, CrmEvent> operator)
      throws Exception {
    for (ControlUpdate row : CONTROL.rows()) {
      operator.processElement2(row, 0);
    }
    for (ControlUpdate marker : CONTROL.markers(ControlTable.TENANTS)) {
      operator.processElement2(marker, 0);
    }
  }

  private static List<String> out(
      KeyedTwoInputStreamOperatorTestHarness<String, CrmEvent, ControlUpdate, CrmEvent> operator) {
    return operator.extractOutputValues().stream().map(CrmEvent::getWebhookId).toList();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, CrmEvent, ControlUpdate, CrmEvent>
      open(OperatorSubtaskState checkpoint) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<String, CrmEvent, ControlUpdate, CrmEvent>(
            new CoBroadcastWithKeyedOperator<>(new GatedProbe(), List.of()),
            CrmEvent::getSubjectId,
            null,
            Types.STRING);
    harness.setup(
        RecordTypes.of(CrmEvent.class)
            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    if (checkpoint != null) {
      harness.initializeState(checkpoint);
    }
    harness.open();
    return harness;
  }
}
