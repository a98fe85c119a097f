package io.voronka.gateway.accept;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.WebhookStatus;
import java.util.List;

/** Reads the bodies of one CRM. Thread-safe; never throws on bad input. */
@FunctionalInterface
public interface WebhookDecoder {

  Decoded decode(RawWebhook webhook, KnownAccount account, String gatewayId);

  /**
   * @param events in the order of the body; empty when rejected
   * @param rejection name in lower case with dashes; null when all was understood
   * @param detail for a reader; null when all was understood
   */
  record Decoded(List<CrmEvent> events, WebhookStatus status, String rejection, String detail) {}
}
