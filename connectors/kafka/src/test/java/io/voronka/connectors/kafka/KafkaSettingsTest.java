package io.voronka.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KafkaSettingsTest {
  private static final KafkaSettings KAFKA =
      KafkaSettings.of("k:1", "job")
          .withCell("eu1.")
          .withClientProperties(
              Map.of("sasl.jaas.config", "s3cret", "bootstrap.servers", "elsewhere:1"));

  @Test
  void topicsCarryTheCell() {
    assertThat(KAFKA.topic(Topics.CRM_EVENTS)).isEqualTo("eu1.crm.events");
  }

  @Test
  void controlTopicsShareOnePlaceForWhatIsRejected() {
    assertThat(KafkaSettings.rejectedName(Topics.CRM_EVENTS)).isEqualTo(Topics.CRM_EVENTS_REJECTED);
    assertThat(KafkaSettings.rejectedName(Topics.CONTROL_RULES)).isEqualTo(Topics.CONTROL_REJECTED);
  }

  @Test
  void clientPropertiesAddButDoNotReplace() {
    assertThat(KAFKA.clientConfig())
        .containsEntry("sasl.jaas.config", "s3cret")
        .containsEntry("bootstrap.servers", "k:1");
  }

  @Test
  void secretsArePrintedNowhere() {
    assertThat(KAFKA.toString()).doesNotContain("s3cret").contains("sasl.jaas.config");
    assertThat(ProducerSettings.patient(KAFKA).toString()).doesNotContain("s3cret");
  }

  @Test
  void producersLoseNothingAndHastyOnesSayNoInTime() {
    Map<String, Object> config = ProducerSettings.hasty(KAFKA, Duration.ofMillis(1_500)).config();

    assertThat(config)
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("compression.type", "snappy")
        .containsEntry("linger.ms", "1")
        .containsEntry("delivery.timeout.ms", "1500")
        .containsEntry("request.timeout.ms", "1499")
        .containsEntry("max.block.ms", "1500");
  }
}
