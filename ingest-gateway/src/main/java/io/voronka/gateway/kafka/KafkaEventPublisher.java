package io.voronka.gateway.kafka;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.gateway.deliver.Ack;
import io.voronka.gateway.deliver.EventPublisher;
import io.voronka.gateway.deliver.UnpublishableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/** One producer. Its settings see to it that sending never blocks. */
final class KafkaEventPublisher implements EventPublisher {
  private final Producer<byte[], byte[]> producer;
  private final KafkaSettings kafka;

  KafkaEventPublisher(Producer<byte[], byte[]> producer, KafkaSettings kafka) {
    this.producer = producer;
    this.kafka = kafka;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the callback says the same
  public void send(List<OutgoingRecord> records, Ack ack) {
    Callback callback =
        (metadata, failure) -> ack.completed(failure == null ? null : named(failure));
    for (OutgoingRecord record : records) {
      producer.send(
          new ProducerRecord<>(
              kafka.topic(record.topic()),
              record.partition(),
              record.timestamp(),
              record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8),
              record.value()),
          callback);
    }
  }

  @Override
  public int partitions(String topic) {
    return producer.partitionsFor(kafka.topic(topic)).size();
  }

  @Override
  public void abort() {
    producer.close(Duration.ZERO);
  }

  @Override
  public void close(Duration limit) {
    producer.close(limit);
  }

  private static Exception named(Exception failure) {
    return failure instanceof RecordTooLargeException
            || failure instanceof InvalidTimestampException
            || failure instanceof InvalidRecordException
            || failure instanceof SerializationException
            || failure instanceof CorruptRecordException
        ? new UnpublishableException(failure)
        : failure;
  }
}
