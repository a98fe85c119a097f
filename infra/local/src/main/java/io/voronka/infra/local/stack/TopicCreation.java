package io.voronka.infra.local.stack;

import io.voronka.infra.local.stack.StackException.Reason;
import io.voronka.schemas.Topics;
import io.voronka.schemas.Topics.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of {@code topics.yaml} that are not there yet. */
final class TopicCreation {

  private TopicCreation() {}

  /**
   * @return how many were created
   * @throws StackException COMPONENT_FAILED when Kafka refuses
   */
  static int createMissing(String bootstrapServers) {
    Properties client = new Properties();
    client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
    try (Admin admin = Admin.create(client)) {
      Set<String> there = new HashSet<>(admin.listTopics().names().get());
      List<NewTopic> missing =
          Topics.all().stream()
              .filter(topic -> !there.contains(topic.name()))
              .map(TopicCreation::definition)
              .toList();
      admin.createTopics(missing).all().get();
      return missing.size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return 0;
      }
      throw new StackException(
          Reason.COMPONENT_FAILED, "Kafka does not create our topics: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException(Reason.STOPPED, "interrupted", e);
    }
  }

  /** One copy of everything: there is one broker. */
  static NewTopic definition(Topic topic) {
    Map<String, String> settings = new HashMap<>();
    settings.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        topic.compacted() ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
    if (!topic.compacted()) {
      settings.put(
          TopicConfig.RETENTION_MS_CONFIG,
          Long.toString(topic.retention().map(Duration::toMillis).orElse(-1L)));
    }
    return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.of((short) 1))
        .configs(settings);
  }
}
