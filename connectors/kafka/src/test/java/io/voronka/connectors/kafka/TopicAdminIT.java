package io.voronka.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.schemas.Topics;
import io.voronka.schemas.Topics.Topic;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
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

  @Test
  void moreReplicasThanBrokersIsSaidClearly() {
    KafkaSettings kafka = KafkaSettings.of(KAFKA.bootstrapServers(), "admin").withCell("eu2.");

    assertThatThrownBy(() -> TopicAdmin.createMissing(kafka, Topics.all(), 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot create topics on " + KAFKA.bootstrapServers());
  }

  private static Config config(Admin admin, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<ConfigResource, Config> configs = admin.describeConfigs(List.of(resource)).all().get();
    return configs.get(resource);
  }
}
