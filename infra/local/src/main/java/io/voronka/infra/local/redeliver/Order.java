package io.voronka.infra.local.redeliver;

import java.time.Duration;
import java.util.Set;

/**
 * What shall be put back.
 *
 * @param actions ids, whatever became of them
 * @param webhooks ids of archived requests
 * @param since epoch milliseconds: all actions that failed, expired or were refused since then, and
 *     all webhooks that were not or only partly understood; null: none but those named
 * @param tenant only this tenant's; null: all
 * @param goodFor how long actions may wait to be sent, from now on
 * @param dryRun tell, and do nothing
 */
public record Order(
    Set<String> actions,
    Set<String> webhooks,
    Long since,
    String tenant,
    Duration goodFor,
    boolean dryRun) {

  public Order {
    actions = Set.copyOf(actions);
    webhooks = Set.copyOf(webhooks);
  }

  boolean concerns(String tenantId) {
    return tenant == null || tenant.equals(tenantId);
  }
}
