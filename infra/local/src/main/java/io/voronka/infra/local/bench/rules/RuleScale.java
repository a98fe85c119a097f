package io.voronka.infra.local.bench.rules;

import io.voronka.infra.local.bench.Comparison;
import io.voronka.infra.local.bench.CpuClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One number of rules, its topics, and what was measured with it. */
final class RuleScale {
  private final RuleWorkload workload;
  private final String cell;
  private final List<JobRun.Figures> figures = new ArrayList<>();

  /**
   * @param cell prefix of its topics
   */
  RuleScale(RuleWorkload workload, String cell) {
    this.workload = workload;
    this.cell = cell;
  }

  RuleWorkload workload() {
    return workload;
  }

  String cell() {
    return cell;
  }

  List<JobRun.Figures> figures() {
    return figures;
  }

  /**
   * @param name of this side
   * @param other figures of as many rounds
   */
  Comparison beside(String name, String otherName, List<JobRun.Figures> other) {
    return Comparison.of(name, "events/s", rates(figures), otherName, rates(other))
        .withCpu(cpu(figures));
  }

  static Map<String, Double> cpu(List<JobRun.Figures> figures) {
    return CpuClock.ofRounds(figures.stream().map(JobRun.Figures::cpuPerEvent).toList());
  }

  /** What is left of the ratio of rates on a machine that others use, too. */
  static String cpuNote(
      String name, List<JobRun.Figures> figures, String otherName, List<JobRun.Figures> other) {
    double own = cpuSum(figures);
    double others = cpuSum(other);
    return String.format(
        Locale.ROOT,
        "processor microseconds an event, all processes: %s %.1f, %s %.1f; the ratio of speeds by that is %.2f",
        name,
        own,
        otherName,
        others,
        others / own);
  }

  /** Microseconds an event, of all processes. */
  static double cpuSum(List<JobRun.Figures> figures) {
    return cpu(figures).values().stream().mapToDouble(micros -> micros).sum();
  }

  static List<Double> rates(List<JobRun.Figures> figures) {
    return figures.stream().map(JobRun.Figures::eventsPerSecond).toList();
  }
}
