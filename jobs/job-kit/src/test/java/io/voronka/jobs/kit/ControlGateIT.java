package io.voronka.jobs.kit;

import static io.voronka.jobs.kit.TestEvents.lead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.control.ControlStream;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.Decoded;
import io.voronka.connectors.kafka.streams.KafkaRecords;
import io.voronka.connectors.kafka.streams.ReadSettings;
import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.jobs.kit.testing.ControlRows;
import io.voronka.jobs.kit.testing.PipelineFixture;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.TenantRow;
import io.voronka.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events and control topics from a real Kafka through the gate: clock, alignment, restart. */
final class ControlGateIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long START = 1_700_000_000_000L;

  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();
  @RegisterExtension static final PipelineFixture FLINK = PipelineFixture.create();

  @Test
  void eventsWaitForTheControlTopicsAndAgainAfterARestart() throws Exception {
    KafkaSettings kafka = cell("gate.");
    FLINK.start(assemble(kafka));
    event(kafka, "early", START);
    tick(kafka, START + 1_000);
    FLINK.checkpoint();
    assertThat(out()).isEmpty();

    completeControl(kafka, 1);
    awaitOut("early");
    event(kafka, "later", START + 2_000);
    tick(kafka, START + 3_000);
    awaitOut("early", "later");
    FLINK.checkpoint();

    FLINK.loseTaskManager();
    event(kafka, "after", START + 4_000);
    tick(kafka, START + 5_000);
    awaitOut("early", "later", "after");
  }

  @Test
  void aChangeOfAControlRowIsSeenAfterTheSnapshotToo() throws Exception {
    KafkaSettings kafka = cell("change.");
    FLINK.start(assemble(kafka));
    completeControl(kafka, 1);
    event(kafka, "one", START);
    tick(kafka, START + 1_000);
    awaitOut("one");

    ControlRows.of(1)
        .tenant(TenantRow.newBuilder(TestEvents.TENANT).setTenantId("umbrella").build())
        .rows()
        .forEach(update -> write(kafka, update));

    AtomicLong now = new AtomicLong(START + 2_000);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              event(kafka, "probe-" + now.get(), now.addAndGet(1_000));
              assertThat(FLINK.<CrmEvent>recorded("out"))
                  .extracting(CrmEvent::getGatewayId)
                  .startsWith("1")
                  .endsWith("2");
            });
  }

  @Test
  void nothingIsReadFarAheadOfAnIncompleteControlCopy() throws Exception {
    KafkaSettings kafka = cell("align.");
    FLINK.start(assemble(kafka));
    // The control source has to have said that it is behind before the flood comes.
    event(kafka, "first", START);
    tick(kafka, START);
    FLINK.checkpoint();
    await().pollDelay(Duration.ofSeconds(3)).atMost(PATIENCE).untilAsserted(FLINK::awaitRunning);
    for (int hour = 1; hour <= 6; hour++) {
      event(kafka, "hour-" + hour, START + Duration.ofHours(hour).toMillis());
      tick(kafka, START + Duration.ofHours(hour).toMillis());
    }
    await()
        .pollDelay(Duration.ofSeconds(2))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(out()).isEmpty());
    assertThat(FLINK.counter("held")).isBetween(1L, 2L);

    completeControl(kafka, 1);
    // An event goes when the clock is past it.
    tick(kafka, START + Duration.ofHours(7).toMillis());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(out()).hasSize(7));
  }

  private static KafkaSettings cell(String cell) {
    KAFKA.createTopicsOfCell(
        cell, Topics.CRM_EVENTS, Topics.CONTROL_TENANTS, Topics.SCHEMAS_PUBLISHED);
    return KafkaSettings.of(KAFKA.bootstrapServers(), "gate-test").withCell(cell);
  }

  private static StreamExecutionEnvironment assemble(KafkaSettings kafka) {
    StreamExecutionEnvironment env = FLINK.environment();
    LogClock clock = LogClock.of("gate-test");
    Decoded<CrmEvent> events =
        KafkaRecords.read(
            env, ReadSettings.of(kafka, CrmEvent.class, Topics.CRM_EVENTS), clock.events());
    Decoded<ControlUpdate> control =
        ControlStream.attach(env, Set.of(ControlTable.TENANTS), kafka, clock.control());
    FLINK
        .<CrmEvent>recorder("out")
        .accept(GatedProbe.attach(LogClock.withoutTicks(events.records()), control.records()));
    return env;
  }

  private static void event(KafkaSettings kafka, String id, long at) {
    KAFKA.produce(kafka.topic(Topics.CRM_EVENTS), at, "1", lead(id, "1", at));
  }

  private static void tick(KafkaSettings kafka, long at) {
    CrmEvent tick =
        CrmEvent.newBuilder().setId("tick").setKind(EventKind.TICK).setReceivedAt(at).build();
    byte[] bytes = RecordCodec.of(CrmEvent.class).encode(tick);
    for (int partition = 0; partition < Topics.named(Topics.CRM_EVENTS).partitions(); partition++) {
      KAFKA.produce(kafka.topic(Topics.CRM_EVENTS), partition, at, null, bytes);
    }
  }

  private static void completeControl(KafkaSettings kafka, long generation) {
    ControlRows control = ControlRows.of(generation).tenant(TestEvents.TENANT);
    control.rows().forEach(update -> write(kafka, update));
    control.markers(ControlTable.TENANTS).forEach(update -> write(kafka, update));
  }

  private static void write(KafkaSettings kafka, ControlUpdate update) {
    KAFKA.produce(kafka.topic(Topics.of(update.table())), START, update.key(), update.change());
  }

  private static List<String> out() {
    return FLINK.<CrmEvent>recorded("out").stream().map(CrmEvent::getWebhookId).toList();
  }

  private static void awaitOut(String... ids) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(out().stream().distinct()).containsExactly(ids));
  }
}
