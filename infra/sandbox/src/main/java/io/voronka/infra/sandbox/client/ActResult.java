package io.voronka.infra.sandbox.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.delivery.Attempt;
import java.util.List;

/**
 * What people's actions led to.
 *
 * @param ledger number of the ledger line
 * @param results one object with {@code id} for each action
 * @param deliveries ids of the webhooks made
 * @param attempts first attempts, when waited for; else null
 */
public record ActResult(
    long ledger, List<JsonNode> results, List<Long> deliveries, List<Attempt> attempts) {
  /** The numeric id that the first action made or touched. */
  public long id() {
    return results.get(0).path("id").asLong();
  }
}
