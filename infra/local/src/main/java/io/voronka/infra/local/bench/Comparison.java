package io.voronka.infra.local.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One figure beside the one that it is to be read by: absolute figures say more about the machine
 * than about us.
 *
 * @param value median over the rounds
 * @param baseline median of what it is compared with
 * @param ratio value / baseline
 * @param rounds how many rounds each median is made of
 * @param cpuUs processor microseconds per unit, by process; empty when they were not measured
 */
public record Comparison(
    String name,
    String unit,
    double value,
    double baseline,
    String baselineName,
    double ratio,
    int rounds,
    Optional<Latency> latencyMs,
    Map<String, Double> cpuUs) {

  public Comparison {
    cpuUs = new TreeMap<>(cpuUs);
  }

  /**
   * The medians of both sides, and the ratio of those.
   *
   * @param values one per round
   * @param baselines one per round
   */
  public static Comparison of(
      String name, String unit, List<Double> values, String baselineName, List<Double> baselines) {
    double value = Median.of(values);
    double baseline = Median.of(baselines);
    if (values.size() != baselines.size()) {
      throw new IllegalArgumentException("both sides have as many rounds");
    }
    return new Comparison(
        name,
        unit,
        value,
        baseline,
        baselineName,
        value / baseline,
        values.size(),
        Optional.empty(),
        Map.of());
  }

  /** A baseline's own line, so that its latency and processor time are told too. */
  public static Comparison baseline(String name, String unit, List<Double> values) {
    return of(name, unit, values, "itself", values);
  }

  public Comparison withLatency(Latency latency) {
    return new Comparison(
        name, unit, value, baseline, baselineName, ratio, rounds, Optional.of(latency), cpuUs);
  }

  public Comparison withCpu(Map<String, Double> cpu) {
    return new Comparison(name, unit, value, baseline, baselineName, ratio, rounds, latencyMs, cpu);
  }
}
