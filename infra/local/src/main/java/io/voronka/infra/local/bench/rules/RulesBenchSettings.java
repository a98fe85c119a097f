package io.voronka.infra.local.bench.rules;

import java.time.Duration;

/**
 * How the rules job is measured.
 *
 * @param rounds of each job, taking turns
 * @param events of one round
 * @param leads that the events are about
 * @param workload rules, and what they do with the events
 * @param parallelism of both jobs
 * @param checkpointInterval of both jobs
 */
public record RulesBenchSettings(
    int rounds,
    int events,
    int leads,
    RuleWorkload workload,
    int parallelism,
    Duration checkpointInterval) {

  public RulesBenchSettings {
    if (rounds < 1 || parallelism < 1 || leads < 1 || events < 1_000) {
      throw new IllegalArgumentException(
          "rounds, parallelism and leads are at least 1, events at least 1000");
    }
  }
}
