package io.voronka.gateway.accept;

import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import io.voronka.schemas.WebhookReceived;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes accepted webhooks for the log. Reuses its buffers: one instance belongs to one thread.
 */
public final class WebhookRecords {
  private final RecordCodec<WebhookReceived> webhooks = RecordCodec.of(WebhookReceived.class);
  private final RecordCodec<CrmEvent> events = RecordCodec.of(CrmEvent.class);
  private final RecordCodec<AlertRaised> alerts = RecordCodec.of(AlertRaised.class);

  /** The archive record first, then events and alerts in order; Kafka timestamp = receivedAt. */
  public List<OutgoingRecord> of(AcceptedWebhook accepted) {
    WebhookReceived received = accepted.received();
    List<OutgoingRecord> records = new ArrayList<>(1 + accepted.events().size());
    records.add(
        OutgoingRecord.keyed(
            Topics.WEBHOOKS_RECEIVED,
            ControlKeys.account(received.getTenantId(), received.getAccountId()),
            received.getReceivedAt(),
            webhooks.encode(received)));
    for (CrmEvent event : accepted.events()) {
      records.add(
          OutgoingRecord.keyed(
              Topics.CRM_EVENTS,
              Subject.of(event).key(),
              event.getReceivedAt(),
              events.encode(event)));
    }
    for (AlertRaised alert : accepted.alerts()) {
      records.add(
          OutgoingRecord.keyed(
              Topics.ALERTS_RAISED,
              alert.getTenantId(),
              received.getReceivedAt(),
              alerts.encode(alert)));
    }
    return records;
  }
}
