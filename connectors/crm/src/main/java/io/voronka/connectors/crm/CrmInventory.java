package io.voronka.connectors.crm;

import io.voronka.schemas.EntityType;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Reads all that a CRM account holds: its catalogue, and its leads, contacts and companies, page by
 * page.
 *
 * <p>As with {@link CrmClient}: every future completes with a reply, a failure is inside it,
 * nothing is retried but once after a refreshed token, and budgets belong to the caller. An empty
 * list is an empty page and no failure. Pages count from 1 and hold at most 250 items. Thread-safe.
 */
public interface CrmInventory {

  /** All pipelines, in the vendor's order; one page holds them. */
  CompletableFuture<CrmReply<Page<Pipeline>>> readPipelines(CrmAccount account);

  /**
   * @param entity LEAD, CONTACT or COMPANY
   */
  CompletableFuture<CrmReply<Page<FieldDefinition>>> readFields(
      CrmAccount account, EntityType entity, int page);

  CompletableFuture<CrmReply<Page<User>>> readUsers(CrmAccount account, int page);

  /**
   * Those changed at or after a moment, the one whose last change is oldest first. While the list
   * is read, what somebody changes moves to its end, so pages after the first may skip what moved
   * up: go on from the last time seen, not from the next page, wherever that is possible.
   *
   * @param type LEAD, CONTACT or COMPANY
   * @param updatedFrom whole seconds count
   */
  CompletableFuture<CrmReply<Page<Card>>> readCards(
      CrmAccount account, EntityType type, Instant updatedFrom, int page);
}
