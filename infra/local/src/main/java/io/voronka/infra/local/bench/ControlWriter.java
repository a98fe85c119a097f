package io.voronka.infra.local.bench;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes control rows to their topics as capture-control would, markers included: a benchmark needs
 * no PostgreSQL.
 */
public final class ControlWriter {
  private static final long GENERATION = 1;

  private ControlWriter() {}

  /** A row of the one generation there is; the caller sets the field of its table. */
  public static ControlChange.Builder row(ControlTable table) {
    return ControlChange.newBuilder()
        .setTable(table)
        .setOp(ControlOp.UPSERT)
        .setGeneration(GENERATION);
  }

  /**
   * Writes the rows, then the markers of all tables; returns when Kafka has them.
   *
   * @param time Kafka timestamp, epoch milliseconds
   * @throws IllegalStateException when Kafka does not take them
   */
  public static void write(KafkaSettings kafka, long time, List<ControlChange> rows) {
    List<ControlChange> all = new ArrayList<>(rows);
    for (ControlTable table : ControlSnapshot.CAPTURED) {
      long count = rows.stream().filter(row -> row.getTable() == table).count();
      all.add(row(table).setOp(ControlOp.SNAPSHOT_COMPLETE).setRowCount(count).build());
    }
    change(kafka, time, all);
  }

  /**
   * Writes rows that come later; returns when Kafka has them.
   *
   * @param time Kafka timestamp, epoch milliseconds
   * @throws IllegalStateException when Kafka does not take them
   */
  public static void change(KafkaSettings kafka, long time, List<ControlChange> rows) {
    RecordCodec<ControlChange> codec = RecordCodec.of(ControlChange.class);
    try (Producer<byte[], byte[]> producer = ProducerSettings.patient(kafka).open()) {
      List<Future<?>> written = new ArrayList<>();
      for (ControlChange row : rows) {
        written.add(producer.send(record(kafka, time, row, codec)));
      }
      producer.flush();
      for (Future<?> each : written) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka does not take the control rows", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static ProducerRecord<byte[], byte[]> record(
      KafkaSettings kafka, long time, ControlChange change, RecordCodec<ControlChange> codec) {
    return new ProducerRecord<>(
        kafka.topic(Topics.of(change.getTable())),
        null,
        time,
        ControlKeys.of(change).getBytes(StandardCharsets.UTF_8),
        codec.encode(change));
  }
}
