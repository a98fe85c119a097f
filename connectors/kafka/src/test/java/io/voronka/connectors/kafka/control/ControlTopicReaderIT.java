package io.voronka.connectors.kafka.control;

import static io.voronka.connectors.kafka.TestRecords.marker;
import static io.voronka.connectors.kafka.TestRecords.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.HeardOptOuts;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.Topics;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ControlTopicReaderIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<ControlTable> NEEDED =
      Set.of(ControlTable.TENANTS, ControlTable.ACCOUNTS);

  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.thatMayStop();

  @Test
  void itIsReadyOnlyWhenEveryTableIsWhole() {
    KafkaSettings kafka = cell("ready.");
    Recorder seen = new Recorder();
    try (var reader = ControlTopicReader.start(kafka, NEEDED, seen)) {
      write(kafka, tenant("acme", 4));
      write(kafka, marker(ControlTable.TENANTS, 4, 1));
      await().atMost(PATIENCE).until(() -> seen.keys.size() == 2);
      assertThat(reader.ready()).isFalse();

      write(kafka, marker(ControlTable.ACCOUNTS, 4, 0));

      await().atMost(PATIENCE).until(reader::ready);
      assertThat(seen.tenantsWhenReady).containsExactly("acme");
    }
  }

  /** Whoever counts along must not take the copy for whole before the rows that came later. */
  @Test
  void atTheStartOnlyTheLastMarkerOfATableCounts() {
    KafkaSettings kafka = cell("markers.");
    complete(kafka, "acme");
    write(kafka, tenant("umbrella", 4));
    write(kafka, marker(ControlTable.TENANTS, 4, 2));
    Recorder seen = new Recorder();
    try (var reader = ControlTopicReader.start(kafka, NEEDED, seen)) {
      await().atMost(PATIENCE).until(reader::ready);

      assertThat(seen.tenantsWhenReady).containsExactlyInAnyOrder("acme", "umbrella");
      assertThat(seen.keys)
          .containsExactlyInAnyOrder("acme", "umbrella", ControlKeys.SNAPSHOT, ControlKeys.SNAPSHOT)
          .containsSubsequence("umbrella", ControlKeys.SNAPSHOT);
    }
  }

  /** They have no marker of their own: a copy that is whole must have them all the same. */
  @Test
  void whatClientsHaveSaidComesBeforeTheCopyIsWhole() {
    KafkaSettings kafka = cell("heard.");
    complete(kafka, "acme");
    write(kafka, HeardOptOuts.said("acme", "contact:main/7", HeardOptOuts.WORD, 1, "event"));
    Set<ControlTable> needed = EnumSet.copyOf(NEEDED);
    needed.add(ControlTable.HEARD_OPT_OUTS);
    Recorder seen = new Recorder();
    try (var reader = ControlTopicReader.start(kafka, needed, seen)) {
      await().atMost(PATIENCE).until(reader::ready);

      assertThat(seen.keys).startsWith("acme|contact:main/7");
      write(kafka, HeardOptOuts.undone("acme", "contact:main/7", 2));
      await().atMost(PATIENCE).until(() -> seen.keys.size() == 5);
    }
  }

  @Test
  void tombstonesTakeRowsAway() {
    KafkaSettings kafka = cell("gone.");
    complete(kafka, "acme", "umbrella");
    Recorder seen = new Recorder();
    try (var reader = ControlTopicReader.start(kafka, NEEDED, seen)) {
      await().atMost(PATIENCE).until(reader::ready);

      KAFKA.produce(kafka.topic(Topics.CONTROL_TENANTS), 1, "acme", (byte[]) null);

      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(seen.tenants).containsExactly("umbrella"));
    }
  }

  @Test
  void unreadableRecordsAreReportedAndDoNotStopIt() {
    KafkaSettings kafka = cell("unreadable.");
    KAFKA.produce(kafka.topic(Topics.CONTROL_TENANTS), 5, "x", new byte[] {1, 2});
    complete(kafka, "acme");
    Recorder seen = new Recorder();
    try (var reader = ControlTopicReader.start(kafka, NEEDED, seen)) {
      await().atMost(PATIENCE).until(reader::ready);

      assertThat(seen.rejected)
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.getReason()).isEqualTo("malformed");
                assertThat(record.getOffset()).isZero();
                assertThat(record.getRejectedBy()).isEqualTo("reader-test");
              });
    }
  }

  @Test
  void topicsThatComeLaterAreFound() {
    KafkaSettings kafka = settings("later.");
    Recorder seen = new Recorder();
    try (var reader = ControlTopicReader.start(kafka, NEEDED, seen)) {
      cell("later.");
      complete(kafka, "acme");

      await().atMost(PATIENCE).until(reader::ready);
    }
  }

  @Test
  void anOutageIsSurvivedWithoutReadingTwice() {
    KafkaSettings kafka = cell("outage.");
    complete(kafka, "acme");
    Recorder seen = new Recorder();
    try (var reader = ControlTopicReader.start(kafka, NEEDED, seen)) {
      await().atMost(PATIENCE).until(reader::ready);

      KAFKA.stop();
      KAFKA.start();
      write(kafka, tenant("umbrella", 4));

      await().atMost(PATIENCE).until(() -> seen.tenants.contains("umbrella"));
      assertThat(seen.keys).containsOnlyOnce("acme", "umbrella");
      assertThat(reader.ready()).isTrue();
    }
  }

  private static KafkaSettings settings(String cell) {
    return KafkaSettings.of(KAFKA.bootstrapServers(), "reader-test").withCell(cell);
  }

  private static KafkaSettings cell(String cell) {
    KAFKA.createTopicsOfCell(
        cell,
        Topics.CONTROL_TENANTS,
        Topics.CONTROL_ACCOUNTS,
        Topics.OPT_OUTS_HEARD,
        Topics.SCHEMAS_PUBLISHED);
    return settings(cell);
  }

  private static void complete(KafkaSettings kafka, String... tenants) {
    for (String tenant : tenants) {
      write(kafka, tenant(tenant, 4));
    }
    write(kafka, marker(ControlTable.TENANTS, 4, tenants.length));
    write(kafka, marker(ControlTable.ACCOUNTS, 4, 0));
  }

  private static void write(KafkaSettings kafka, ControlChange change) {
    KAFKA.produce(kafka.topic(Topics.of(change.getTable())), 1_000, ControlKeys.of(change), change);
  }

  private static final class Recorder implements ControlListener {
    final List<String> keys = new CopyOnWriteArrayList<>();
    final List<RecordRejected> rejected = new CopyOnWriteArrayList<>();
    volatile List<String> tenants = List.of();
    volatile List<String> tenantsWhenReady = List.of();

    @Override
    public void changed(ControlSnapshot snapshot, List<ControlUpdate> batch) {
      tenants =
          snapshot.rows(ControlTable.TENANTS).stream()
              .map(row -> row.getTenant().getTenantId())
              .toList();
      if (snapshot.ready() && tenantsWhenReady.isEmpty()) {
        tenantsWhenReady = tenants;
      }
      batch.forEach(update -> keys.add(update.key()));
    }

    @Override
    public void rejected(RecordRejected record) {
      rejected.add(record);
    }
  }
}
