package io.voronka.infra.local.effects;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.infra.local.topics.RecordWriter;
import io.voronka.infra.local.topics.TopicReader;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.HeardOptOuts;
import io.voronka.schemas.OptOutRow;
import io.voronka.schemas.Topics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who has said itself that it wants no more messages, as {@code opt-outs.heard} has it. */
public final class HeardOptOutBook {
  private final KafkaSettings kafka;
  private final Clock clock;

  public HeardOptOutBook(String bootstrapServers, Clock clock) {
    this.kafka = KafkaSettings.of(bootstrapServers, "voronka-opt-outs");
    this.clock = clock;
  }

  /** Those who are not to be written to now, by tenant and recipient. */
  public List<OptOutRow> inForce() {
    Map<String, OptOutRow> rows = new TreeMap<>();
    try (TopicReader<ControlChange> reader =
        TopicReader.fromStart(
            kafka.bootstrapServers(), Topics.OPT_OUTS_HEARD, ControlChange.class)) {
      reader.readToEnd(
          entry -> {
            if (entry.value() == null || entry.value().getOptOut().getUndone()) {
              rows.remove(entry.key());
            } else {
              rows.put(entry.key(), entry.value().getOptOut());
            }
          });
    }
    return List.copyOf(rows.values());
  }

  /**
   * They want to be written to again.
   *
   * @return false when they have not said anything else
   * @throws IllegalStateException when Kafka does not take it
   */
  public boolean undo(String tenant, String recipient) throws InterruptedException {
    boolean said =
        inForce().stream()
            .anyMatch(
                row -> row.getTenantId().equals(tenant) && row.getRecipient().equals(recipient));
    if (said) {
      long now = clock.millis();
      try (RecordWriter writer = new RecordWriter(kafka, now)) {
        ControlChange undone = HeardOptOuts.undone(tenant, recipient, now);
        writer.write(Topics.OPT_OUTS_HEARD, ControlChange.class, ControlKeys.of(undone), undone);
        writer.settle();
      }
    }
    return said;
  }
}
