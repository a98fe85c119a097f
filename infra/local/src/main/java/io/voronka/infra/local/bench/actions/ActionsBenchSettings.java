package io.voronka.infra.local.bench.actions;

import java.time.Duration;

/**
 * @param rounds of each side, taking turns
 * @param turn how long one lasts
 * @param warmUp before the first round of each experiment
 * @param accounts CRM accounts, of which one floods
 * @param endpoints hosts that webhooks go to, of which one is dead and one slow
 * @param webhooksPerSecond over all of them
 */
public record ActionsBenchSettings(
    int rounds,
    Duration turn,
    Duration warmUp,
    int accounts,
    int endpoints,
    int webhooksPerSecond,
    int parallelism,
    Duration checkpointInterval) {

  public ActionsBenchSettings {
    if (rounds < 1 || accounts < 2 || endpoints < 3 || endpoints > 200 || webhooksPerSecond < 1) {
      throw new IllegalArgumentException(
          "at least a round, two accounts, and three to 200 endpoints that somebody calls");
    }
  }
}
