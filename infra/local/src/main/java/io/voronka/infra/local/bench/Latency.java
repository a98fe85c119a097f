package io.voronka.infra.local.bench;

import java.util.List;

/**
 * How long single requests took, milliseconds.
 *
 * @param max the slowest of all
 */
public record Latency(double p50, double p99, double max) {

  /** Of several rounds: the medians of the percentiles, and the slowest of all. */
  public static Latency ofRounds(List<Latency> rounds) {
    return new Latency(
        Median.of(rounds.stream().map(Latency::p50).toList()),
        Median.of(rounds.stream().map(Latency::p99).toList()),
        rounds.stream().mapToDouble(Latency::max).max().orElse(0));
  }
}
