package io.voronka.infra.local.bench.gateway;

import io.voronka.infra.local.bench.CpuClock;
import io.voronka.infra.local.bench.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rounds of one of the things that are compared. */
final class Side {
  private final List<Double> rates = new ArrayList<>();
  private final List<Latency> latencies = new ArrayList<>();
  private final List<Map<String, Double>> cpu = new ArrayList<>();

  void add(double perSecond, Latency latency, Map<String, Double> cpuPerUnit) {
    rates.add(perSecond);
    if (latency != null) {
      latencies.add(latency);
    }
    cpu.add(cpuPerUnit);
  }

  /** One per round. */
  List<Double> rates() {
    return rates;
  }

  List<Double> p99s() {
    return latencies.stream().map(Latency::p99).toList();
  }

  Latency latency() {
    return Latency.ofRounds(latencies);
  }

  Map<String, Double> cpu() {
    return CpuClock.ofRounds(cpu);
  }
}
