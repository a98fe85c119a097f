package io.voronka.gateway.accept;

import io.voronka.connectors.crm.kommo.webhook.DeliveryContext;
import io.voronka.connectors.crm.kommo.webhook.KommoWebhookDecoder;

/** Kommo's bodies. */
public final class KommoDecoder implements WebhookDecoder {
  /** Name of the CRM in the control rows. */
  public static final String CRM = "kommo";

  private final KommoWebhookDecoder decoder = new KommoWebhookDecoder();

  @Override
  public Decoded decode(RawWebhook webhook, KnownAccount account, String gatewayId) {
    DeliveryContext context =
        new DeliveryContext(
            account.tenantId(),
            account.accountId(),
            account.vendorAccountId(),
            account.subdomain(),
            webhook.receivedAt(),
            webhook.id(),
            gatewayId);
    var decoded = decoder.decode(context, webhook.body(), webhook.contentType());
    return new Decoded(
        decoded.events(), decoded.status(), decoded.rejectionLabel(), decoded.detail());
  }
}
