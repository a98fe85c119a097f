package io.voronka.gateway.accept;

import io.voronka.connectors.crm.kommo.webhook.CompressedBody.InflationException;
import io.voronka.connectors.crm.trouble.TroubleAlerts;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics.Topic;
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

  /**
   * A form's event has at most six bytes for one of the body: two copies, three for a stray one.
   */
  private static final int SURELY_SMALL = Topic.LARGEST_VALUE / 7;

  /** Names are written out in full for each field, which only JSON makes matter. */
  private static final int USUAL_FIELDS = 100;

  private final Map<String, WebhookDecoder> decoders;
  private final int largestBody;
  private final String gatewayId;
  private final TroubleAlerts alerts;

  /**
   * @param decoders by the name of the CRM
   * @param largestBody that is read, in bytes, compressed or not
   */
  public WebhookAcceptor(Map<String, WebhookDecoder> decoders, int largestBody, String gatewayId) {
    this.decoders = Map.copyOf(decoders);
    this.largestBody = largestBody;
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
      RawWebhook plain = webhook.inflated(largestBody);
      decoded = publishable(plain, decoder.decode(plain, account, gatewayId));
    } catch (InflationException e) {
      return rejected(webhook, account, Rejection.BODY_NOT_INFLATED, e.getMessage());
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

  /** An event that the log refuses would never be published, and hold up those behind it. */
  private static WebhookDecoder.Decoded publishable(
      RawWebhook webhook, WebhookDecoder.Decoded decoded) {
    List<CrmEvent> events = decoded.events();
    if (webhook.body().length <= SURELY_SMALL
        && events.stream().allMatch(event -> event.getFields().size() <= USUAL_FIELDS)) {
      return decoded;
    }
    RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);
    List<CrmEvent> kept =
        events.stream().filter(event -> codec.encode(event).length <= Topic.LARGEST_VALUE).toList();
    if (kept.size() == events.size()) {
      return decoded;
    }
    return new WebhookDecoder.Decoded(
        kept,
        kept.isEmpty() ? WebhookStatus.REJECTED : WebhookStatus.PARTLY_UNDERSTOOD,
        Rejection.EVENT_TOO_LARGE.label(),
        "%d of %d events would be larger than %d bytes"
            .formatted(events.size() - kept.size(), events.size(), Topic.LARGEST_VALUE));
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
