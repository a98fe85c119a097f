package io.voronka.infra.local.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.HeardOptOuts;
import io.voronka.schemas.OptOutRow;
import io.voronka.schemas.Topics;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class HeardOptOutBookIT {
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void whatAClientHasSaidIsToldUntilItIsTakenBack() throws Exception {
    KAFKA.createTopics(Topics.OPT_OUTS_HEARD, Topics.SCHEMAS_PUBLISHED);
    said("contact:main/7", HeardOptOuts.WORD);
    said("mail:client@example.com", HeardOptOuts.LINK);
    HeardOptOutBook book =
        new HeardOptOutBook(KAFKA.bootstrapServers(), Clock.fixed(NOW, ZoneOffset.UTC));
    assertThat(book.inForce())
        .extracting(OptOutRow::getRecipient)
        .containsExactly("contact:main/7", "mail:client@example.com");

    assertThat(book.undo("acme", "contact:main/7")).isTrue();
    assertThat(book.undo("acme", "contact:main/7")).isFalse();
    assertThat(book.undo("other", "mail:client@example.com")).isFalse();

    assertThat(book.inForce())
        .extracting(OptOutRow::getRecipient, OptOutRow::getWay)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("mail:client@example.com", "link"));
    assertThat(KAFKA.consume(Topics.OPT_OUTS_HEARD, ControlChange.class))
        .last()
        .extracting(change -> change.getOptOut().getAt())
        .isEqualTo(NOW.toEpochMilli());
  }

  private static void said(String recipient, String way) {
    ControlChange said = HeardOptOuts.said("acme", recipient, way, 1_000, "cause");
    KAFKA.produce(Topics.OPT_OUTS_HEARD, 1_000, ControlKeys.of(said), said);
  }
}
