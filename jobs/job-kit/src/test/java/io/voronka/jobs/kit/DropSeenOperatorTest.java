package io.voronka.jobs.kit;

import static io.voronka.jobs.kit.TestEvents.lead;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.CrmEvent;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

final class DropSeenOperatorTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  @Test
  void eachIdPassesOncePerKey() throws Exception {
    try (var operator = open(true, null)) {
      operator.processElement(lead("a", "1", 10), 10);
      operator.processElement(lead("a", "1", 11), 11);
      operator.processElement(lead("b", "1", 12), 12);
      operator.processElement(lead("a", "2", 13), 13);

      assertThat(out(operator)).containsExactly("a", "b", "a");
    }
  }

  @Test
  void aReplayFromBeforeTheFirstSightIsARepeat() throws Exception {
    try (var operator = open(true, null)) {
      operator.processElement(lead("a", "1", 10 * DAY), 10 * DAY);
      operator.processElement(lead("a", "1", DAY), DAY);

      assertThat(out(operator)).containsExactly("a");
    }
  }

  @Test
  void anIdWithoutVendorTimeIsForgottenAfterTwoHours() throws Exception {
    try (var operator = open(false, null)) {
      operator.processElement(lead("a", "1", 0), 0);
      operator.processElement(lead("a", "1", 2 * HOUR), 2 * HOUR);
      operator.processElement(lead("a", "1", 2 * HOUR + 1), 2 * HOUR + 1);
      operator.processElement(lead("a", "1", 4 * HOUR), 4 * HOUR);

      assertThat(out(operator)).containsExactly("a", "a");
    }
  }

  @Test
  void anIdWithVendorTimeIsKeptForThirtyDays() throws Exception {
    try (var operator = open(true, null)) {
      operator.processElement(lead("a", "1", 0), 0);
      operator.processElement(lead("a", "1", 30 * DAY), 30 * DAY);
      assertThat(out(operator)).containsExactly("a");

      operator.processElement(lead("a", "1", 30 * DAY + 1), 30 * DAY + 1);
      assertThat(out(operator)).containsExactly("a", "a");
    }
  }

  @Test
  void theClockOfTheMachineForgetsOnlyADayLater() throws Exception {
    try (var operator = open(false, null)) {
      operator.setStateTtlProcessingTime(0);
      operator.processElement(lead("a", "1", 0), 0);
      operator.setStateTtlProcessingTime(DAY + 2 * HOUR - 1);
      operator.processElement(lead("a", "1", HOUR), HOUR);
      assertThat(out(operator)).containsExactly("a");

      operator.setStateTtlProcessingTime(DAY + 2 * HOUR + 1);
      operator.processElement(lead("a", "1", HOUR), HOUR);
      assertThat(out(operator)).containsExactly("a", "a");
    }
  }

  @Test
  void whatWasSeenBeforeACheckpointIsSeenAfterIt() throws Exception {
    OperatorSubtaskState checkpoint;
    try (var operator = open(true, null)) {
      operator.processElement(lead("a", "1", 10), 10);
      checkpoint = operator.snapshot(1, 1);
    }

    try (var operator = open(true, checkpoint)) {
      operator.processElement(lead("a", "1", 20), 20);
      operator.processElement(lead("b", "1", 21), 21);

      assertThat(out(operator)).containsExactly("b");
    }
  }

  private static List<String> out(
      KeyedOneInputStreamOperatorTestHarness<String, CrmEvent, CrmEvent> operator) {
    return operator.extractOutputValues().stream().map(CrmEvent::getWebhookId).toList();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, CrmEvent, CrmEvent> open(
      boolean dated, OperatorSubtaskState checkpoint) throws Exception {
    KeyedProcessFunction<String, CrmEvent, CrmEvent> function =
        DropSeen.function(CrmEvent::getId, event -> dated);
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function), CrmEvent::getSubjectId, Types.STRING);
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
