package io.voronka.jobs.kit.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RouteEventsOperatorTest {
  private static final long T0 = 1_760_000_000_000L;

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

  private static RawRecord event(long at, int partition, long offset) {
    CrmEvent event =
        CrmEvent.newBuilder()
            .setId("e" + at)
            .setKind(EventKind.LEAD_UPDATED)
            .setTenantId("acme")
            .setAccountId("kommo-1")
            .setSubjectType(EntityType.LEAD)
            .setSubjectId("7")
            .setReceivedAt(at)
            .build();
    byte[] key = Subject.of(event).key().getBytes(StandardCharsets.UTF_8);
    return raw(event, key, partition, offset);
  }

  private static RawRecord tick(long at, long offset) {
    CrmEvent tick =
        CrmEvent.newBuilder().setId("tick").setKind(EventKind.TICK).setReceivedAt(at).build();
    return raw(tick, null, 0, offset);
  }

  private static RawRecord raw(CrmEvent event, byte[] key, int partition, long offset) {
    byte[] value = RecordCodec.of(CrmEvent.class).encode(event);
    return new RawRecord(Topics.CRM_EVENTS, partition, offset, event.getReceivedAt(), key, value);
  }

  @Test
  void timeNeverGoesBackInAPartitionNotEvenAfterARestart() throws Exception {
    OperatorSubtaskState state;
    try (var route = opened(null)) {
      route.processElement(event(T0, 0, 0), T0);
      route.processElement(tick(T0 + 500, 1), T0 + 500);
      route.processElement(event(T0 + 320, 0, 2), T0 + 320);

      assertThat(route.extractOutputValues())
          .extracting(EncodedEvent::recordedAt)
          .containsExactly(T0, T0 + 500);
      state = route.snapshot(1, 1);
    }
    try (var route = opened(state)) {
      route.processElement(event(T0 + 400, 0, 3), T0 + 400);
      route.processElement(event(T0 + 410, 5, 0), T0 + 410);

      assertThat(route.extractOutputValues())
          .extracting(EncodedEvent::recordedAt)
          .containsExactly(T0 + 500, T0 + 410);
    }
  }
}
