package io.voronka.connectors.kafka.streams;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.SchemaPublisher;
import io.voronka.schemas.RecordCodec;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Encodes records; publishes their schema, acknowledged, before the first of them is written. */
final class RecordSerializer<T extends SpecificRecordBase>
    implements KafkaRecordSerializationSchema<T> {
  private static final long serialVersionUID = 1L;

  private final KafkaSettings kafka;
  private final Class<T> type;
  private final String topic;
  private final KeyBytes<T> key;
  private final TimestampOf<T> timestamp;
  private transient RecordCodec<T> codec;
  private transient boolean published;

  RecordSerializer(
      KafkaSettings kafka, Class<T> type, String topic, KeyBytes<T> key, TimestampOf<T> timestamp) {
    this.kafka = kafka;
    this.type = type;
    this.topic = kafka.topic(topic);
    this.key = key;
    this.timestamp = timestamp;
  }

  /** Null for no key. */
  interface KeyBytes<T> extends Function<T, byte[]>, Serializable {}

  @Override
  public void open(
      SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
    codec = RecordCodec.of(type);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T record, KafkaSinkContext context, Long elementTimestamp) {
    long at = timestamp.applyAsLong(record);
    if (!published) {
      // Not at opening: a job whose Kafka is away may start, and fails only when it has to write.
      SchemaPublisher.of(kafka).publishAndWait(List.of(type), at);
      published = true;
    }
    return new ProducerRecord<>(topic, null, at, key.apply(record), codec.encode(record));
  }
}
