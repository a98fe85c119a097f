package io.voronka.connectors.crm;

import java.util.List;

/**
 * What a system says about the webhooks of one address.
 *
 * @param id the vendor's; null when the answer does not say
 * @param disabled the vendor has stopped sending, and keeps nothing for later
 * @param codes events that it sends, in the vendor's words
 */
public record WebhookSubscription(String id, boolean disabled, List<String> codes) {
  public WebhookSubscription {
    codes = List.copyOf(codes);
  }
}
