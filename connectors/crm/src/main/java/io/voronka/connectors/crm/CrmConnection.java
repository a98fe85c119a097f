package io.voronka.connectors.crm;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What connecting an account asks of its system: whose account it is, and where its webhooks go.
 * The rules of {@link CrmClient} hold here too: a future never completes exceptionally.
 *
 * <p>A destination holds the account's webhook token, so it is in no failure's detail.
 */
public interface CrmConnection {

  /** The account that the token opens. */
  CompletableFuture<CrmReply<VendorAccount>> readAccount(CrmAccount account);

  /** The subscription of exactly this address, empty when there is none. */
  CompletableFuture<CrmReply<Optional<WebhookSubscription>>> findWebhook(
      CrmAccount account, String destination);

  /**
   * Subscribes an address, in place of what it was subscribed to; one that was disabled is on
   * again. A code that the account does not know is left out and reported, the others are taken.
   *
   * @param codes at least one, the most usual first
   * @return INVALID when the vendor minds the address, or takes no code at all. After any failure
   *     the address may be subscribed to a part of the codes
   */
  CompletableFuture<CrmReply<Subscribed>> subscribe(
      CrmAccount account, String destination, List<String> codes);

  /**
   * Ends a subscription.
   *
   * @return false when there was none
   */
  CompletableFuture<CrmReply<Boolean>> unsubscribe(CrmAccount account, String destination);
}
