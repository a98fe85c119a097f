package io.voronka.connectors.kafka.streams;

import static io.voronka.connectors.kafka.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.LocalJob;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.connectors.kafka.SchemaPublisher;
import io.voronka.connectors.kafka.TestRecords;
import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Fingerprints;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.SchemaPublished;
import io.voronka.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Records through a real Kafka and a running job: from crm.events to a copy of it in another cell.
 */
final class KafkaRecordsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EVENTS = Topics.CRM_EVENTS;

  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.thatMayStop();

  @Test
  void goodRecordsPassAndBadOnesLeaveWithTheirBytes() throws Exception {
    Cells cells = cells("good");
    byte[] noise = "not avro".getBytes(StandardCharsets.UTF_8);
    byte[] cut = {(byte) 0xC3, 1, 2};
    KAFKA.produce(cells.from.topic(EVENTS), 3, 1_000, "k", TestEncoding.of(event("a", 1_000)));
    KAFKA.produce(cells.from.topic(EVENTS), 3, 2_000, "bad", noise);
    KAFKA.produce(cells.from.topic(EVENTS), 3, 3_000, null, cut);
    KAFKA.produce(cells.from.topic(EVENTS), 3, 4_000, "gone", null);
    KAFKA.produce(cells.from.topic(EVENTS), 3, 5_000, "k", TestEncoding.of(event("b", 5_000)));

    try (LocalJob job = LocalJob.run(copying(cells))) {
      awaitEvents(cells, "a", "b");
      await()
          .atMost(PATIENCE)
          .until(() -> KAFKA.consume(cells.from.topic(Topics.CRM_EVENTS_REJECTED)).size() == 3);
    }

    List<RecordRejected> rejected =
        KAFKA.consume(cells.from.topic(Topics.CRM_EVENTS_REJECTED), RecordRejected.class);
    assertThat(rejected)
        .extracting(RecordRejected::getReason)
        .containsExactly("malformed", "malformed", "no-value");
    assertThat(rejected.get(0).getValue()).isEqualTo(ByteBuffer.wrap(noise));
    assertThat(rejected.get(0).getKey())
        .isEqualTo(ByteBuffer.wrap("bad".getBytes(StandardCharsets.UTF_8)));
    assertThat(rejected.get(0).getOffset()).isEqualTo(1);
    assertThat(rejected.get(0).getPartition()).isEqualTo(3);
    assertThat(rejected.get(0).getRecordedAt()).isEqualTo(2_000);
    assertThat(rejected.get(0).getRejectedBy()).isEqualTo(cells.from.application());
    assertThat(KAFKA.consume(cells.from.topic(Topics.CRM_EVENTS_REJECTED)))
        .extracting(record -> record.timestamp())
        .containsExactly(2_000L, 3_000L, 4_000L);
  }

  @Test
  void whatIsNotWantedIsPassedOverEvenWhenNobodyCouldReadIt() throws Exception {
    Cells cells = cells("wanted");
    Schema unpublished = TestRecords.newerEventSchema();
    byte[] cut = Arrays.copyOf(TestEncoding.of(event("cut", 1_000)), 20);
    produceRaw(cells, TestRecords.encode(unpublished, event("another", 1_000)));
    produceRaw(cells, cut);
    produceRaw(cells, TestEncoding.of(event("a", 1_000)));

    long known = Fingerprints.of(CrmEvent.getClassSchema());
    try (LocalJob job =
        LocalJob.run(copying(cells, reading(cells).only(bytes -> writtenBy(known, bytes))))) {
      awaitEvents(cells, "a");
    }

    assertThat(KAFKA.consume(cells.from.topic(Topics.CRM_EVENTS_REJECTED)))
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.timestamp()).isEqualTo(1_000));
  }

  @Test
  void theSinkWritesKeyAndTimestampAndPublishesItsSchemaFirst() throws Exception {
    Cells cells = cells("sink");
    KAFKA.produce(cells.from.topic(EVENTS), 1_000, "k", event("a", 7_777));

    try (LocalJob job = LocalJob.run(copying(cells))) {
      awaitEvents(cells, "a");
    }

    assertThat(KAFKA.consume(cells.to.topic(EVENTS)))
        .singleElement()
        .satisfies(
            copy -> {
              assertThat(new String(copy.key(), StandardCharsets.UTF_8)).isEqualTo("acme/1");
              assertThat(copy.timestamp()).isEqualTo(7_777);
            });
    long fingerprint = Fingerprints.of(CrmEvent.getClassSchema());
    assertThat(KAFKA.consume(cells.to.topic(Topics.SCHEMAS_PUBLISHED)))
        .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
        .contains(Fingerprints.hex(fingerprint));
    assertThat(KAFKA.consume(cells.to.topic(Topics.SCHEMAS_PUBLISHED), SchemaPublished.class))
        .anySatisfy(
            published -> {
              assertThat(published.getFingerprint()).isEqualTo(fingerprint);
              assertThat(new Schema.Parser().parse(published.getJson()))
                  .isEqualTo(CrmEvent.getClassSchema());
            });
  }

  @Test
  void writersOfOtherVersionsAreReadThroughTheirPublishedSchemas() throws Exception {
    Cells cells = cells("versions");
    Schema older = TestRecords.olderEventSchema();
    Schema newer = TestRecords.newerEventSchema();
    publish(cells.from, older, newer);
    produceRaw(cells, TestRecords.encode(older, event("old", 1_000)));
    produceRaw(cells, TestRecords.encode(newer, event("new", 2_000)));

    try (LocalJob job = LocalJob.run(copying(cells))) {
      awaitEvents(cells, "old", "new");
    }

    assertThat(KAFKA.consume(cells.to.topic(EVENTS), CrmEvent.class))
        .containsExactly(event("old", 1_000), event("new", 2_000));
  }

  @Test
  void aRecordWaitsForASchemaThatIsPublishedLaterEvenThroughRestarts() throws Exception {
    Cells cells = cells("late");
    Schema newer = TestRecords.newerEventSchema();
    KAFKA.produce(cells.from.topic(EVENTS), 1, 1_000, "k", TestEncoding.of(event("first", 1_000)));
    KAFKA.produce(
        cells.from.topic(EVENTS), 1, 2_000, "k", TestRecords.encode(newer, event("waits", 2_000)));
    KAFKA.produce(cells.from.topic(EVENTS), 1, 3_000, "k", TestEncoding.of(event("behind", 3_000)));

    // The attempts are so short that the job restarts several times before the schema comes.
    try (LocalJob job =
        LocalJob.run(copying(cells, reading(cells).withSchemaWait(Duration.ofMillis(200))))) {
      awaitDistinct(cells, "first");
      await()
          .pollDelay(Duration.ofSeconds(1))
          .atMost(PATIENCE)
          .until(() -> ids(cells).contains("first"));
      assertThat(ids(cells)).doesNotContain("waits", "behind");

      publish(cells.from, newer);
      awaitDistinct(cells, "first", "waits", "behind");
    }
    assertThat(KAFKA.consume(cells.from.topic(Topics.CRM_EVENTS_REJECTED))).isEmpty();
  }

  @Test
  void anOutageOfTheBrokerIsWaitedOut() throws Exception {
    Cells cells = cells("outage");
    KAFKA.produce(cells.from.topic(EVENTS), 1_000, "k", event("before", 1_000));
    try (LocalJob job = LocalJob.run(copying(cells))) {
      awaitEvents(cells, "before");

      KAFKA.stop();
      KAFKA.start();

      KAFKA.produce(cells.from.topic(EVENTS), 2_000, "k", event("after", 2_000));
      awaitDistinct(cells, "before", "after");
    }
  }

  private record Cells(KafkaSettings from, KafkaSettings to) {}

  private static Cells cells(String test) {
    KafkaSettings from =
        KafkaSettings.of(KAFKA.bootstrapServers(), "copy-" + test).withCell(test + "-from.");
    KafkaSettings to = from.withCell(test + "-to.");
    String[] topics = {EVENTS, Topics.CRM_EVENTS_REJECTED, Topics.SCHEMAS_PUBLISHED};
    KAFKA.createTopicsOfCell(from.cell(), topics);
    KAFKA.createTopicsOfCell(to.cell(), topics);
    return new Cells(from, to);
  }

  private static StreamExecutionEnvironment copying(Cells cells) {
    return copying(cells, reading(cells));
  }

  private static ReadSettings<CrmEvent> reading(Cells cells) {
    return ReadSettings.of(cells.from, CrmEvent.class, EVENTS);
  }

  private static boolean writtenBy(long fingerprint, byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2) == fingerprint;
  }

  private static StreamExecutionEnvironment copying(Cells cells, ReadSettings<CrmEvent> settings) {
    StreamExecutionEnvironment env = LocalJob.environment(2);
    Decoded<CrmEvent> events =
        KafkaRecords.read(env, settings, WatermarkStrategy.forMonotonousTimestamps());
    KafkaRecords.writer(
            KafkaRecords.sink(
                cells.to,
                CrmEvent.class,
                EVENTS,
                event -> event.getTenantId() + "/" + event.getSubjectId(),
                CrmEvent::getReceivedAt),
            "write-events")
        .accept(events.records());
    KafkaRecords.writer(KafkaRecords.rejectedSink(cells.from, EVENTS), "write-rejected")
        .accept(events.rejected());
    return env;
  }

  private static void produceRaw(Cells cells, byte[] value) {
    KAFKA.produce(cells.from.topic(EVENTS), 0, 1_000, "k", value);
  }

  private static void publish(KafkaSettings kafka, Schema... schemas) throws Exception {
    try (var producer = ProducerSettings.patient(kafka).open()) {
      SchemaPublisher.of(kafka)
          .publishSchemas(producer, List.of(schemas), 1_000)
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static List<String> ids(Cells cells) {
    return KAFKA.consume(cells.to.topic(EVENTS), CrmEvent.class).stream()
        .map(CrmEvent::getId)
        .toList();
  }

  private static void awaitEvents(Cells cells, String... ids) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids(cells)).containsExactly(ids));
  }

  /** At least once: a restart may repeat. */
  private static void awaitDistinct(Cells cells, String... ids) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(ids(cells).stream().distinct()).containsExactlyInAnyOrder(ids));
  }
}
