package io.voronka.infra.local.topics;

import io.voronka.schemas.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads one topic of ours without a consumer group. Belongs to one thread.
 *
 * @param <T> record of the topic
 */
public final class TopicReader<T extends SpecificRecordBase> implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final RecordCodec<T> codec;

  private TopicReader(String bootstrapServers, String topic, Class<T> type) {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    this.codec = RecordCodec.of(type);
    consumer.assign(partitions);
  }

  /** Everything that is on the topic. */
  public static <T extends SpecificRecordBase> TopicReader<T> fromStart(
      String bootstrapServers, String topic, Class<T> type) {
    TopicReader<T> reader = new TopicReader<>(bootstrapServers, topic, type);
    reader.consumer.seekToBeginning(reader.partitions);
    return reader;
  }

  /** What comes from now on. */
  public static <T extends SpecificRecordBase> TopicReader<T> fromNow(
      String bootstrapServers, String topic, Class<T> type) {
    TopicReader<T> reader = new TopicReader<>(bootstrapServers, topic, type);
    reader.consumer.seekToEnd(reader.partitions);
    // Seeking is lazy; asking for the position makes "now" be now.
    reader.partitions.forEach(reader.consumer::position);
    return reader;
  }

  /**
   * One record as it lies on the topic.
   *
   * @param value null for a tombstone
   * @param bytes the value as it was written
   * @param timestamp epoch milliseconds
   */
  public record Entry<T>(
      String key, T value, byte[] bytes, int partition, long offset, long timestamp) {}

  /** Hands over what arrives within about 50 ms. */
  public void poll(Consumer<Entry<T>> to) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      to.accept(entry(record));
    }
  }

  /** Hands over everything up to the end that the topic has now. */
  public void readToEnd(Consumer<Entry<T>> to) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
      poll(to);
    }
  }

  private Entry<T> entry(ConsumerRecord<byte[], byte[]> record) {
    return new Entry<>(
        record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
        record.value() == null ? null : codec.decode(record.value()),
        record.value(),
        record.partition(),
        record.offset(),
        record.timestamp());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
