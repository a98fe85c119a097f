package io.voronka.gateway.accept;

import io.voronka.connectors.crm.kommo.webhook.DeliveryContext;
import io.voronka.connectors.crm.kommo.webhook.KommoWebhookDecoder;
import io.voronka.connectors.crm.kommo.webhook.UninstallDecoder;
import java.util.Map;

/** Kommo's bodies, and its word that an integration was removed, which has a path of its own. */
public final class KommoDecoder implements WebhookDecoder {
  /** Name of the CRM in the control rows. */
  public static final String CRM = "kommo";

  /** What the path of an uninstall request ends with; its query is archived as its body. */
  public static final String UNINSTALLED = "/uninstalled";

  private final KommoWebhookDecoder decoder = new KommoWebhookDecoder();
  private final UninstallDecoder uninstalls;

  /**
   * @param clientSecrets secrets of integrations by client id; an uninstall of any other is
   *     archived as rejected
   */
  public KommoDecoder(Map<String, String> clientSecrets) {
    this.uninstalls = new UninstallDecoder(clientSecrets);
  }

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
    var decoded =
        webhook.path().endsWith(UNINSTALLED)
            ? uninstalls.decode(context, webhook.body())
            : decoder.decode(context, webhook.body(), webhook.contentType());
    return new Decoded(
        decoded.events(), decoded.status(), decoded.rejectionLabel(), decoded.detail());
  }
}
