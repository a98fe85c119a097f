package io.voronka.infra.local.bench;

import io.voronka.infra.local.process.ProcessFigures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Processor time of some processes, as Linux counts it, in steps of 10 ms. */
public final class CpuClock {
  private final Map<String, Long> pids;

  /**
   * @param pids process ids by what the processes are called in reports
   */
  public CpuClock(Map<String, Long> pids) {
    this.pids = new LinkedHashMap<>(pids);
  }

  /**
   * Microseconds used until now, by process.
   *
   * @throws IllegalStateException when one of them is gone
   */
  public Map<String, Long> read() {
    Map<String, Long> micros = new LinkedHashMap<>();
    pids.forEach(
        (name, pid) ->
            micros.put(
                name,
                ProcessFigures.cpuMicros(pid)
                    .orElseThrow(() -> new IllegalStateException("process " + name + " is gone"))));
    return micros;
  }

  /** Microseconds per unit of work between two readings. */
  public static Map<String, Double> perUnit(
      Map<String, Long> before, Map<String, Long> after, double units) {
    Map<String, Double> each = new LinkedHashMap<>();
    after.forEach((name, micros) -> each.put(name, (micros - before.get(name)) / units));
    return each;
  }

  /** The medians of several rounds, by process. */
  public static Map<String, Double> ofRounds(List<Map<String, Double>> rounds) {
    Set<String> names = new TreeSet<>();
    rounds.forEach(round -> names.addAll(round.keySet()));
    Map<String, Double> medians = new LinkedHashMap<>();
    for (String name : names) {
      medians.put(name, Median.of(rounds.stream().map(round -> round.get(name)).toList()));
    }
    return medians;
  }
}
