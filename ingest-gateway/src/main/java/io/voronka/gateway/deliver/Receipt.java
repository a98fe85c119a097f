package io.voronka.gateway.deliver;

import io.voronka.gateway.accept.Refusal;

/**
 * Hears, exactly once, what became of a submitted webhook. Called by any thread; must not block.
 */
@FunctionalInterface
public interface Receipt {

  /**
   * @param refusal null when the webhook is durable, in the log or in the spool
   */
  void settled(Refusal refusal);
}
