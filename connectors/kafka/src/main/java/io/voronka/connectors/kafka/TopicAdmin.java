package io.voronka.connectors.kafka;

import io.voronka.schemas.Topics.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics of a cell as {@code topics.yaml} defines them, and returns when their brokers
 * take records. Never changes one that is there.
 */
public final class TopicAdmin {
  private static final Duration TOMBSTONES_KEPT = Duration.ofDays(7);
  private static final int SAFE_REPLICATION = 3;
  private static final Duration LEARNING = Duration.ofMinutes(1);
  private static final long LOOK_MILLIS = 20;

  private TopicAdmin() {}

  /**
   * @param replication copies of each partition; from three on, two must be in sync for a write
   * @return names of the topics that were missing and now exist
   * @throws IllegalStateException when Kafka refuses or does not answer
   */
  public static Set<String> createMissing(
      KafkaSettings kafka, Collection<Topic> topics, int replication) {
    try (Admin admin = Admin.create(kafka.clientConfig())) {
      Set<String> present = admin.listTopics().names().get();
      List<NewTopic> missing =
          topics.stream()
              .filter(topic -> !present.contains(kafka.topic(topic.name())))
              .map(topic -> definition(kafka, topic, replication))
              .toList();
      Set<String> created = new TreeSet<>();
      for (var result : admin.createTopics(missing).values().entrySet()) {
        try {
          result.getValue().get();
          created.add(result.getKey());
        } catch (ExecutionException e) {
          // Somebody else was faster: as good.
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw e;
          }
        }
      }
      awaitLeaders(admin, missing);
      return created;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topics", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "cannot create topics on " + kafka.bootstrapServers() + ": " + e.getCause().getMessage(),
          e.getCause());
    }
  }

  /**
   * A broker learns of its new partitions one by one. A producer whose first batch finds one
   * missing, and whose second finds it there, can never write the first: the broker has begun to
   * count behind it.
   */
  private static void awaitLeaders(Admin admin, List<NewTopic> topics)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (NewTopic topic : topics) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        asked.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    long patience = System.nanoTime() + LEARNING.toNanos();
    while (!known(admin, asked, patience)) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** False when a broker has not heard of one of the topics at all, and there is time left. */
  private static boolean known(Admin admin, Map<TopicPartition, OffsetSpec> asked, long patience)
      throws InterruptedException, ExecutionException {
    try {
      admin.listOffsets(asked).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          && System.nanoTime() - patience < 0) {
        return false;
      }
      throw e;
    }
  }

  private static NewTopic definition(KafkaSettings kafka, Topic topic, int replication) {
    Map<String, String> configs = new HashMap<>();
    configs.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        topic.compacted() ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
    configs.put(
        TopicConfig.RETENTION_MS_CONFIG,
        topic.retention().map(Duration::toMillis).orElse(-1L).toString());
    configs.put(
        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replication >= SAFE_REPLICATION ? "2" : "1");
    if (topic.compacted()) {
      // A reader that is away for less than this still sees that a row is gone.
      configs.put(
          TopicConfig.DELETE_RETENTION_MS_CONFIG, String.valueOf(TOMBSTONES_KEPT.toMillis()));
    }
    // The publisher's clock is the time of the log, and the demo moves it by days.
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, String.valueOf(Long.MAX_VALUE));
    return new NewTopic(
            kafka.topic(topic.name()),
            Optional.of(topic.partitions()),
            Optional.of((short) replication))
        .configs(configs);
  }
}
