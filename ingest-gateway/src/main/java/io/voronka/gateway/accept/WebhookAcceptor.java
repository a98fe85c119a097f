package io.voronka.gateway.accept;

import io.voronka.connectors.crm.trouble.TroubleAlerts;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.WebhookReceived;
import io.voronka.schemas.WebhookStatus;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges a webhook whose token is known. There is no refusing here: whatever the body is, it is
 * archived, because a refusal would make the vendor repeat it and in the end switch the hook off.
 * That holds for inactive tenants and accounts too: their webhooks are archived as rejected,
 * without events, and can be redelivered.
 */
public final class WebhookAcceptor {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookAcceptor.class);

  private final Map<String, WebhookDecoder> decoders;
  private final String gatewayId;
  private final TroubleAlerts alerts;

  /**
   * @param decoders by the name of the CRM
   */
  public WebhookAcceptor(Map<String, WebhookDecoder> decoders, String gatewayId) {
    this.decoders = Map.copyOf(decoders);
    this.gatewayId = gatewayId;
    this.alerts = new TroubleAlerts(gatewayId);
  }

  /** One archive record, the events in the order of the body, and the alerts that they call for. */
  public AcceptedWebhook accept(RawWebhook webhook, KnownAccount account) {
    if (!account.tenantActive()) {
      return rejected(webhook, account, Rejection.TENANT_INACTIVE, null);
    }
    if (!account.accountActive()) {
      return rejected(webhook, account, Rejection.ACCOUNT_INACTIVE, null);
    }
    WebhookDecoder decoder = decoders.get(account.crm());
    if (decoder == null) {
      return rejected(webhook, account, Rejection.UNSUPPORTED_CRM, account.crm());
    }
    WebhookDecoder.Decoded decoded;
    try {
      decoded = decoder.decode(webhook, account, gatewayId);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("tenant {}: webhook {} breaks the decoder", account.tenantId(), webhook.id(), e);
      return rejected(webhook, account, Rejection.DECODER_FAILED, e.getClass().getSimpleName());
    }
    return accepted(webhook, account, decoded);
  }

  private AcceptedWebhook rejected(
      RawWebhook webhook, KnownAccount account, Rejection rejection, String detail) {
    return accepted(
        webhook,
        account,
        new WebhookDecoder.Decoded(List.of(), WebhookStatus.REJECTED, rejection.label(), detail));
  }

  private AcceptedWebhook accepted(
      RawWebhook webhook, KnownAccount account, WebhookDecoder.Decoded decoded) {
    List<CrmEvent> events = decoded.events();
    WebhookReceived received =
        new WebhookReceived(
            webhook.id(),
            account.tenantId(),
            account.accountId(),
            account.crm(),
            webhook.receivedAt(),
            webhook.method(),
            webhook.path(),
            webhook.headers(),
            ByteBuffer.wrap(webhook.body()),
            decoded.status(),
            decoded.rejection(),
            decoded.detail(),
            events.size(),
            gatewayId);
    return new AcceptedWebhook(received, events, alerts(events));
  }

  /** Nearly every webhook passes here without one. */
  private List<AlertRaised> alerts(List<CrmEvent> events) {
    for (CrmEvent event : events) {
      if (event.getKind() == EventKind.INTEGRATION_UNINSTALLED) {
        return List.of(alerts.uninstalled(event));
      }
    }
    return List.of();
  }
}
