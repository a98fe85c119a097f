package io.voronka.infra.local.topics;

import io.voronka.schemas.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

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
  private final String onlyKey;

  /**
   * @param onlyKey null: all keys
   */
  private TopicReader(String bootstrapServers, String topic, Class<T> type, String onlyKey) {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    int count = consumer.partitionsFor(topic).size();
    this.partitions =
        IntStream.range(0, count)
            .filter(partition -> onlyKey == null || partition == partitionOf(onlyKey, count))
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    this.codec = RecordCodec.of(type);
    this.onlyKey = onlyKey;
    consumer.assign(partitions);
  }

  /** Everything that is on the topic. */
  public static <T extends SpecificRecordBase> TopicReader<T> fromStart(
      String bootstrapServers, String topic, Class<T> type) {
    TopicReader<T> reader = new TopicReader<>(bootstrapServers, topic, type, null);
    reader.consumer.seekToBeginning(reader.partitions);
    return reader;
  }

  /** What comes from now on. */
  public static <T extends SpecificRecordBase> TopicReader<T> fromNow(
      String bootstrapServers, String topic, Class<T> type) {
    TopicReader<T> reader = new TopicReader<>(bootstrapServers, topic, type, null);
    reader.consumer.seekToEnd(reader.partitions);
    // Seeking is lazy; asking for the position makes "now" be now.
    reader.partitions.forEach(reader.consumer::position);
    return reader;
  }

  /** What is on the topic under one key; reads only the partition that producers put the key in. */
  public static <T extends SpecificRecordBase> TopicReader<T> ofKey(
      String bootstrapServers, String topic, Class<T> type, String key) {
    TopicReader<T> reader = new TopicReader<>(bootstrapServers, topic, type, key);
    reader.consumer.seekToBeginning(reader.partitions);
    return reader;
  }

  /** Goes on at the first records written at a time or later, epoch milliseconds. */
  public void seek(long time) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, time));
    consumer
        .offsetsForTimes(times)
        .forEach(
            (partition, found) -> {
              if (found == null) {
                consumer.seekToEnd(List.of(partition));
              } else {
                consumer.seek(partition, found.offset());
              }
            });
  }

  /** False when the oldest records have been deleted. */
  public boolean isWhole() {
    return consumer.beginningOffsets(partitions).values().stream().allMatch(offset -> offset == 0);
  }

  /** As Kafka's own partitioner does it, which all our producers leave it to. */
  private static int partitionOf(String key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
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
      if (onlyKey == null || onlyKey.equals(key(record))) {
        to.accept(entry(record));
      }
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
        key(record),
        record.value() == null ? null : codec.decode(record.value()),
        record.value(),
        record.partition(),
        record.offset(),
        record.timestamp());
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
