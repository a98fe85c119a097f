package io.voronka.infra.local.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.connectors.crm.trouble.Trouble;
import io.voronka.connectors.crm.trouble.TroubleAlerts;
import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.SchemaPublished;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KafkaAlertLogIT {
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();

  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
  private final TroubleAlerts alerts = new TroubleAlerts("watch");

  @Test
  void whatIsWrittenIsReadByAllInItsOrder() throws Exception {
    KAFKA.createTopicsOfCell("c1.", Topics.ALERTS_RAISED, Topics.SCHEMAS_PUBLISHED);
    AlertRaised raised = alert("acme");
    AlertRaised over = alerts.resolved(raised, 2_000);
    AlertRaised others = alert("globex");

    List<AlertRaised> own = new ArrayList<>();
    try (KafkaAlertLog log = open("c1.")) {
      log.readNew(own::add);
      assertThat(own).isEmpty();
      log.write(raised);
      log.write(over);
      log.readNew(own::add);
      log.write(others);
      log.readNew(own::add);
      log.readNew(own::add);
    }
    assertThat(own).containsExactly(raised, over, others);

    List<AlertRaised> later = new ArrayList<>();
    try (KafkaAlertLog log = open("c1.")) {
      log.readNew(later::add);
    }
    assertThat(later).hasSize(3).containsSubsequence(raised, over);
    assertThat(KAFKA.consume("c1." + Topics.ALERTS_RAISED))
        .allSatisfy(
            record -> {
              assertThat(record.timestamp()).isEqualTo(NOW.toEpochMilli());
              assertThat(new String(record.key(), StandardCharsets.UTF_8)).isIn("acme", "globex");
            });
    assertThat(KAFKA.consume("c1." + Topics.SCHEMAS_PUBLISHED, SchemaPublished.class))
        .extracting(SchemaPublished::getName)
        .contains("io.voronka.schemas.AlertRaised");
  }

  @Test
  void whatCannotBeReadIsPassedOver() throws Exception {
    KAFKA.createTopicsOfCell("c2.", Topics.ALERTS_RAISED, Topics.SCHEMAS_PUBLISHED);
    KAFKA.produce("c2." + Topics.ALERTS_RAISED, 1L, "acme", new byte[] {1, 2, 3});
    List<AlertRaised> read = new ArrayList<>();

    try (KafkaAlertLog log = open("c2.")) {
      log.write(alert("acme"));
      log.readNew(read::add);
    }

    assertThat(read).containsExactly(alert("acme"));
  }

  @Test
  void aTopicThatIsNotThereIsSaid() {
    try (KafkaAlertLog log = open("c3.", Duration.ofSeconds(2))) {
      assertThatThrownBy(() -> log.write(alert("acme")))
          .isInstanceOf(AlertLogException.class)
          .hasMessageStartingWith("the alert cannot be written");
    }
  }

  private AlertRaised alert(String tenant) {
    return alerts.raised(
        tenant, "main", Trouble.HOOK_MISSING, "", Map.of("address", "https://h/…"), 1_000);
  }

  private static KafkaAlertLog open(String cell) {
    return open(cell, Duration.ofSeconds(30));
  }

  private static KafkaAlertLog open(String cell, Duration patience) {
    return new KafkaAlertLog(
        KafkaSettings.of(KAFKA.bootstrapServers(), "watch").withCell(cell),
        Clock.fixed(NOW, ZoneOffset.UTC),
        patience);
  }
}
