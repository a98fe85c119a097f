package io.voronka.infra.local.bench;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.TopicAdmin;
import io.voronka.schemas.Topics.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How much is on topics. Belongs to one thread. */
public final class TopicBook implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final KafkaConsumer<byte[], byte[]> consumer;

  public TopicBook(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    // The launcher's heap is small.
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Creates the topics of {@code topics.yaml} under a prefix where they are missing. */
  public void create(String cell, Collection<Topic> topics) {
    TopicAdmin.createMissing(KafkaSettings.of(bootstrapServers, "bench").withCell(cell), topics, 1);
  }

  /** From now on the broker stamps a topic's records itself, when they arrive. */
  public void stampArrivals(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp stamp =
        new AlterConfigOp(
            new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"),
            AlterConfigOp.OpType.SET);
    ask(admin -> admin.incrementalAlterConfigs(Map.of(resource, List.of(stamp))).all());
  }

  /** Whether a consumer group has committed as much. */
  public boolean hasConsumed(String group, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        ask(admin -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata at = committed.get(end.getKey());
              return end.getValue() == 0 || (at != null && at.offset() >= end.getValue());
            });
  }

  /** The end of each partition. */
  public Map<TopicPartition, Long> ends(String topic) {
    return consumer.endOffsets(partitions(topic));
  }

  /** Records ever written, of topics that nobody deletes from and without transactions. */
  public long written(String topic) {
    return sum(ends(topic));
  }

  /** Records between two readings of the ends. */
  public static long between(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    return sum(to) - sum(from);
  }

  /** Hands over every record between two readings of the ends; partition by partition in order. */
  public void read(
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> to,
      Consumer<ConsumerRecord<byte[], byte[]>> each) {
    List<TopicPartition> filled =
        to.keySet().stream().filter(part -> from.get(part) < to.get(part)).toList();
    consumer.assign(filled);
    filled.forEach(part -> consumer.seek(part, from.get(part)));
    while (filled.stream().anyMatch(part -> consumer.position(part) < to.get(part))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < to.get(new TopicPartition(record.topic(), record.partition()))) {
          each.accept(record);
        }
      }
    }
    consumer.assign(List.of());
  }

  /** Hands over the value of every record that is on the topic now. */
  public void readAll(String topic, Consumer<byte[]> each) {
    Map<TopicPartition, Long> ends = ends(topic);
    Map<TopicPartition, Long> from = new HashMap<>();
    ends.keySet().forEach(part -> from.put(part, 0L));
    read(from, ends, record -> each.accept(record.value()));
  }

  @Override
  public void close() {
    consumer.close();
  }

  private <T> T ask(Function<Admin, KafkaFuture<T>> question) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      return question.apply(admin).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka does not answer", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private List<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private static long sum(Map<TopicPartition, Long> offsets) {
    return offsets.values().stream().mapToLong(offset -> offset).sum();
  }
}
