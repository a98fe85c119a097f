package io.voronka.jobs.capturecontrol;

import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The control topics as a reader that starts now sees them. */
record ControlTopicsView(KafkaExtension kafka, String cell) {
  private static final Set<ControlTable> TABLES = ControlSnapshot.CAPTURED;

  ControlSnapshot snapshot() {
    RecordCodec<ControlChange> codec = RecordCodec.of(ControlChange.class);
    ControlSnapshot snapshot = new ControlSnapshot(TABLES);
    for (ControlTable table : TABLES) {
      for (ConsumerRecord<byte[], byte[]> record : records(table)) {
        snapshot.apply(
            table,
            new String(record.key(), StandardCharsets.UTF_8),
            record.value() == null ? null : codec.decode(record.value()));
      }
    }
    return snapshot;
  }

  /** True when a reader that starts now is ready, with this generation. */
  boolean complete(long generation) {
    ControlSnapshot snapshot = snapshot();
    return snapshot.ready() && snapshot.generation().filter(at -> at == generation).isPresent();
  }

  Set<String> keys(ControlTable table) {
    return snapshot().rows(table).stream()
        .map(io.voronka.schemas.ControlKeys::of)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  List<String> tombstones(ControlTable table) {
    return records(table).stream()
        .filter(record -> record.value() == null)
        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
        .toList();
  }

  List<ConsumerRecord<byte[], byte[]>> records(ControlTable table) {
    return kafka.consume(cell + Topics.of(table));
  }
}
