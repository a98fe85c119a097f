package io.voronka.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.schemas.Topics;
import io.voronka.schemas.Topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TopicAdminIT {
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();

  @Test
  void allTopicsOfACellAreCreatedAsDefinedAndOnlyOnce() throws Exception {
    KafkaSettings kafka = KafkaSettings.of(KAFKA.bootstrapServers(), "admin").withCell("eu1.");

    assertThat(TopicAdmin.createMissing(kafka, Topics.all(), 1))
        .containsExactlyInAnyOrderElementsOf(
            Topics.all().stream().map(topic -> "eu1." + topic.name()).toList());
    assertThat(TopicAdmin.createMissing(kafka, Topics.all(), 1)).isEmpty();

    try (Admin admin = Admin.create(kafka.clientConfig())) {
      for (Topic topic : Topics.all()) {
        String name = kafka.topic(topic.name());
        assertThat(admin.describeTopics(List.of(name)).allTopicNames().get().get(name).partitions())
            .as(name)
            .hasSize(topic.partitions());
        Config config = config(admin, name);
        assertThat(config.get("cleanup.policy").value())
            .as(name)
            .isEqualTo(topic.compacted() ? "compact" : "delete");
        assertThat(config.get("retention.ms").value())
            .as(name)
            .isEqualTo(topic.retention().map(kept -> String.valueOf(kept.toMillis())).orElse("-1"));
      }
    }
  }

  /** One refusal, and a producer that has two batches on their way loses the first. */
  @Test
  void everyPartitionThatWasCreatedTakesRecordsAtOnce() throws Exception {
    KafkaSettings kafka = KafkaSettings.of(KAFKA.bootstrapServers(), "admin").withCell("eu3.");
    Map<String, Object> config = kafka.clientConfig();
    config.put(ProducerConfig.RETRIES_CONFIG, 0);
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    ByteArraySerializer bytes = new ByteArraySerializer();

    try (Producer<byte[], byte[]> producer = new KafkaProducer<>(config, bytes, bytes)) {
      TopicAdmin.createMissing(kafka, Topics.all(), 1);

      List<Future<RecordMetadata>> written = new ArrayList<>();
      for (Topic topic : Topics.all()) {
        for (int partition = 0; partition < topic.partitions(); partition++) {
          byte[] key = {1};
          written.add(
              producer.send(
                  new ProducerRecord<>(kafka.topic(topic.name()), partition, key, new byte[1])));
        }
      }
      for (Future<RecordMetadata> each : written) {
        assertThat(each.get().offset()).isZero();
      }
    }
  }

  @Test
  void moreReplicasThanBrokersIsSaidClearly() {
    KafkaSettings kafka = KafkaSettings.of(KAFKA.bootstrapServers(), "admin").withCell("eu2.");

    assertThatThrownBy(() -> TopicAdmin.createMissing(kafka, Topics.all(), 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot create topics on " + KAFKA.bootstrapServers());
  }

  @Test
  void topicsGetTheirRetentionAndAsManyCopiesAsAskedFor() throws Exception {
    KafkaSettings kafka = KafkaSettings.of(KAFKA.bootstrapServers(), "admin").withCell("eu4.");
    TopicAdmin.createMissing(kafka, Topics.all(), 1);

    try (Admin admin = Admin.create(kafka.clientConfig())) {
      String events = kafka.topic(Topics.CRM_EVENTS);
      var partitions =
          admin.describeTopics(List.of(events)).allTopicNames().get().get(events).partitions();
      assertThat(partitions).hasSize(12).allMatch(one -> one.replicas().size() == 1);
      assertThat(config(admin, events).get("cleanup.policy").value()).isEqualTo("delete");
      assertThat(config(admin, events).get("retention.ms").value())
          .isEqualTo(Long.toString(Duration.ofDays(30).toMillis()));
      String rules = kafka.topic(Topics.CONTROL_RULES);
      assertThat(admin.describeTopics(List.of(rules)).allTopicNames().get().get(rules).partitions())
          .hasSize(1);
      assertThat(config(admin, rules).get("cleanup.policy").value()).isEqualTo("compact");
    }
  }

  private static Config config(Admin admin, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<ConfigResource, Config> configs = admin.describeConfigs(List.of(resource)).all().get();
    return configs.get(resource);
  }
}
