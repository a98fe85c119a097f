package io.voronka.infra.local.redeliver;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.infra.local.topics.RecordWriter;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Chooses, and puts back. */
public final class Redelivery {
  private final KafkaSettings kafka;
  private final Clock clock;

  public Redelivery(KafkaSettings kafka, Clock clock) {
    this.kafka = kafka;
    this.clock = clock;
  }

  /**
   * Everything that was chosen, in order: actions, then webhooks. When it returns, Kafka has what
   * is put back.
   */
  public List<Item> run(Order order) throws InterruptedException {
    long now = clock.millis();
    List<ActionsAgain.Chosen> actions =
        order.actions().isEmpty() && order.since() == null
            ? List.of()
            : new ActionsAgain(kafka.bootstrapServers(), order, now).choose();
    List<WebhooksAgain.Chosen> webhooks =
        new WebhooksAgain(kafka.bootstrapServers(), order, now).choose();
    if (!order.dryRun()) {
      write(actions, webhooks, now);
    }
    List<Item> items = new ArrayList<>();
    actions.forEach(chosen -> items.add(chosen.item()));
    webhooks.forEach(chosen -> items.add(chosen.item()));
    return items;
  }

  private void write(
      List<ActionsAgain.Chosen> actions, List<WebhooksAgain.Chosen> webhooks, long now)
      throws InterruptedException {
    try (RecordWriter writer = new RecordWriter(kafka, now)) {
      for (ActionsAgain.Chosen chosen : actions) {
        if (chosen.item().putBack()) {
          writer.write(
              Topics.ACTIONS_REQUESTED, ActionRequested.class, chosen.key(), chosen.request());
        }
      }
      for (WebhooksAgain.Chosen chosen : webhooks) {
        for (CrmEvent event : chosen.events()) {
          writer.write(Topics.CRM_EVENTS, CrmEvent.class, Subject.of(event).key(), event);
        }
      }
      writer.settle();
    }
  }
}
