package io.voronka.connectors.testing;

import io.voronka.schemas.Topics.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of a test's broker. */
final class BrokerTopics {
  private static final Duration LEARNING = Duration.ofMinutes(1);
  private static final long LOOK_MILLIS = 20;

  private BrokerTopics() {}

  /** Returns when those that were missing take records. */
  static void createMissing(String bootstrapServers, List<NewTopic> topics) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      Set<String> present = admin.listTopics().names().get();
      List<NewTopic> missing =
          topics.stream().filter(topic -> !present.contains(topic.name())).toList();
      admin.createTopics(missing).all().get();
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      for (NewTopic topic : missing) {
        for (int partition = 0; partition < topic.numPartitions(); partition++) {
          asked.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
        }
      }
      long patience = System.nanoTime() + LEARNING.toNanos();
      while (!known(admin, asked, patience)) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot create topics", e.getCause());
    }
  }

  /** False when the broker has not heard of one of the topics at all, and there is time left. */
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

  /** As {@code topics.yaml} has it, in a cell. */
  static NewTopic definition(String cell, Topic topic) {
    // Retention is left out: tests write with clocks that may be years behind the broker's.
    return new NewTopic(
            cell + topic.name(), Optional.of(topic.partitions()), Optional.of((short) 1))
        .configs(
            Map.of(
                "cleanup.policy", topic.compacted() ? "compact" : "delete", "retention.ms", "-1"));
  }
}
