package io.voronka.connectors.crm;

import java.util.List;

/**
 * A subscription that was just made, or made again.
 *
 * @param refused codes that were asked for and that this account does not have
 */
public record Subscribed(WebhookSubscription subscription, List<String> refused) {
  public Subscribed {
    refused = List.copyOf(refused);
  }
}
