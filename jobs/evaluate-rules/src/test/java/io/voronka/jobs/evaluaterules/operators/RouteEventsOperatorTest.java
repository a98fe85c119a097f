package io.voronka.jobs.evaluaterules.operators;

import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static io.voronka.jobs.evaluaterules.CrmEvents.lead;
import static io.voronka.jobs.evaluaterules.CrmEvents.raw;
import static io.voronka.jobs.evaluaterules.CrmEvents.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import java.time.Duration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RouteEventsOperatorTest {

  private static OneInputStreamOperatorTestHarness<RawRecord, EncodedEvent> opened(
      OperatorSubtaskState state) throws Exception {
    OneInputStreamOperatorTestHarness<RawRecord, EncodedEvent> harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(
                RouteEvents.of(
                    KafkaSettings.of("127.0.0.1:1", "evaluate-rules"), Duration.ofSeconds(1))));
    harness.setup();
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  private static CrmEvent event(long at) {
    return lead(EventKind.LEAD_UPDATED, "e" + at, "7", at, "10", "1");
  }

  @Test
  void timeNeverGoesBackInAPartitionNotEvenAfterARestart() throws Exception {
    OperatorSubtaskState state;
    try (var route = opened(null)) {
      route.processElement(raw(event(T0), 0), T0);
      route.processElement(raw(tick(T0 + 500), 1), T0 + 500);
      route.processElement(raw(event(T0 + 320), 2), T0 + 320);

      assertThat(route.extractOutputValues())
          .extracting(EncodedEvent::recordedAt)
          .containsExactly(T0, T0 + 500);
      state = route.snapshot(1, 1);
    }
    try (var route = opened(state)) {
      route.processElement(raw(event(T0 + 400), 3), T0 + 400);
      RawRecord other = raw(event(T0 + 410), 0);
      route.processElement(
          new RawRecord(other.topic(), 5, 0, T0 + 410, other.key(), other.value()), T0 + 410);

      assertThat(route.extractOutputValues())
          .extracting(EncodedEvent::recordedAt)
          .containsExactly(T0 + 500, T0 + 410);
    }
  }
}
