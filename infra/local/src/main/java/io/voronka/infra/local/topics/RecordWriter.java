package io.voronka.infra.local.topics;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.connectors.kafka.SchemaPublisher;
import io.voronka.schemas.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes records of ours, with the clock's time: the log must not be set back. */
public final class RecordWriter implements AutoCloseable {
  private final KafkaSettings kafka;
  private final long now;
  private final Producer<byte[], byte[]> producer;
  private final Map<Class<?>, RecordCodec<?>> codecs = new HashMap<>();
  private final List<Future<?>> acknowledged = new ArrayList<>();

  /**
   * @param now Kafka timestamp of all records, epoch milliseconds
   */
  public RecordWriter(KafkaSettings kafka, long now) {
    this(kafka, now, ProducerSettings.patient(kafka));
  }

  /** One that gives up after so long when Kafka is away, for somebody who waits. */
  public static RecordWriter hasty(KafkaSettings kafka, long now, Duration patience) {
    return new RecordWriter(kafka, now, ProducerSettings.hasty(kafka, patience));
  }

  private RecordWriter(KafkaSettings kafka, long now, ProducerSettings settings) {
    this.kafka = kafka;
    this.now = now;
    this.producer = settings.open();
  }

  /** Hands a record over; {@link #settle} says whether it is there. */
  public <T extends SpecificRecordBase> void write(
      String topic, Class<T> type, String key, T record) {
    acknowledged.add(
        producer.send(
            new ProducerRecord<>(
                kafka.topic(topic),
                null,
                now,
                key.getBytes(StandardCharsets.UTF_8),
                codec(type).encode(record))));
  }

  @SuppressWarnings("unchecked")
  private <T extends SpecificRecordBase> RecordCodec<T> codec(Class<T> type) {
    return (RecordCodec<T>)
        codecs.computeIfAbsent(
            type,
            unknown -> {
              acknowledged.add(SchemaPublisher.of(kafka).publish(producer, List.of(type), now));
              return RecordCodec.of(type);
            });
  }

  /**
   * Waits until Kafka has everything.
   *
   * @throws IllegalStateException when it did not take something
   */
  public void settle() throws InterruptedException {
    try {
      for (Future<?> one : acknowledged) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Kafka at %s did not take everything (%s); run this again, nothing happens twice"
              .formatted(kafka.bootstrapServers(), e.getCause().getMessage()),
          e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
