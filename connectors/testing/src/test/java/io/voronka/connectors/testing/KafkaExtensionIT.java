package io.voronka.connectors.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.schemas.SchemaPublished;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class KafkaExtensionIT {
  private static final long NEXT_YEAR = Instant.parse("2031-01-01T00:00:00Z").toEpochMilli();

  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.thatMayStop();

  @Test
  void topicsComeFromTheList() throws Exception {
    KAFKA.createTopics(Topics.CRM_EVENTS);
    KAFKA.createTopics(Topics.CRM_EVENTS);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
      assertThat(
              admin
                  .describeTopics(java.util.List.of(Topics.CRM_EVENTS))
                  .allTopicNames()
                  .get()
                  .get(Topics.CRM_EVENTS)
                  .partitions())
          .hasSize(Topics.named(Topics.CRM_EVENTS).partitions());
    }
  }

  @Test
  void whatIsWrittenIsReadBack() {
    KAFKA.createTopicsOfCell("a.", Topics.SCHEMAS_PUBLISHED);
    SchemaPublished record =
        SchemaPublished.newBuilder().setFingerprint(7).setName("N").setJson("{}").build();

    KAFKA.produce("a.schemas.published", NEXT_YEAR, "k", record);

    assertThat(KAFKA.consume("a.schemas.published", SchemaPublished.class)).containsExactly(record);
    assertThat(KAFKA.consume("a.schemas.published"))
        .singleElement()
        .satisfies(
            read -> {
              assertThat(read.timestamp()).isEqualTo(NEXT_YEAR);
              assertThat(read.key()).isEqualTo("k".getBytes(StandardCharsets.UTF_8));
            });
  }

  @Test
  void anOutageLosesNothing() {
    KAFKA.createTopic("outage", 1);
    KAFKA.produce("outage", 1L, "before", new byte[] {1});

    KAFKA.stop();
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers", KAFKA.bootstrapServers(),
                "request.timeout.ms", "500",
                "default.api.timeout.ms", "500"))) {
      assertThatThrownBy(() -> admin.listTopics().names().get())
          .hasMessageContaining("TimeoutException");
    }
    KAFKA.start();

    KAFKA.produce("outage", 2L, "after", new byte[] {2});
    assertThat(KAFKA.consume("outage"))
        .extracting(read -> new String(read.key(), StandardCharsets.UTF_8))
        .containsExactly("before", "after");
  }
}
