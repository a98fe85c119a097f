package io.voronka.infra.local.bench.rules;

import java.time.Duration;
import java.util.List;

/**
 * How the rules job is measured.
 *
 * @param rounds of each job, taking turns
 * @param events of one round
 * @param leads that the events are about
 * @param workload rules, and what they do with the events
 * @param beside other numbers of rules that are measured in the same rounds, all else being equal
 * @param engines whether matching is compared with other engines, too
 * @param parallelism of both jobs
 * @param checkpointInterval of both jobs
 */
public record RulesBenchSettings(
    int rounds,
    int events,
    int leads,
    RuleWorkload workload,
    List<Integer> beside,
    boolean engines,
    int parallelism,
    Duration checkpointInterval) {

  public RulesBenchSettings {
    beside = List.copyOf(beside);
    if (rounds < 1 || parallelism < 1 || leads < 1 || events < 1_000) {
      throw new IllegalArgumentException(
          "rounds, parallelism and leads are at least 1, events at least 1000");
    }
    beside.forEach(workload::withRules); // refuses what cannot be
  }
}
