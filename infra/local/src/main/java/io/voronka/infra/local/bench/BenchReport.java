package io.voronka.infra.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a benchmark found.
 *
 * @param notes for a reader: what else is worth knowing of the run
 * @param problems counts that do not add up; with one of them the figures mean nothing
 */
public record BenchReport(List<Comparison> comparisons, List<String> notes, List<String> problems) {

  private static final MathContext DIGITS = new MathContext(5, RoundingMode.HALF_UP);

  public BenchReport {
    comparisons = List.copyOf(comparisons);
    notes = List.copyOf(notes);
    problems = List.copyOf(problems);
  }

  /** Whether everything that was to be counted was found. */
  public boolean ok() {
    return problems.isEmpty();
  }

  /** A table for people. */
  public void print(PrintStream out) {
    out.println();
    out.printf(
        Locale.ROOT,
        "  %-28s %12s %-12s %7s  %12s %-18s %s%n",
        "",
        "median",
        "",
        "ratio",
        "baseline",
        "",
        "latency ms p50 / p99 / max");
    for (Comparison one : comparisons) {
      out.println(
          String.format(
                  Locale.ROOT,
                  "  %-28s %12s %-12s %7.2f  %12s %-18s %s",
                  one.name(),
                  figure(one.value()),
                  one.unit(),
                  one.ratio(),
                  figure(one.baseline()),
                  one.baselineName(),
                  one.latencyMs().map(BenchReport::text).orElse(""))
              .stripTrailing());
    }
    out.println();
    for (Comparison one : comparisons) {
      if (!one.cpuUs().isEmpty()) {
        out.printf(
            Locale.ROOT,
            "  processor microseconds, %s: %s%n",
            one.name(),
            one.cpuUs().entrySet().stream()
                .map(
                    entry ->
                        String.format(Locale.ROOT, "%s %.1f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", ")));
      }
    }
    notes.forEach(note -> out.println("  " + note));
    problems.forEach(problem -> out.println("  PROBLEM " + problem));
    out.println(ok() ? "  the counts add up" : "  the counts do NOT add up");
    out.flush();
  }

  /** The comparisons as a list of objects, five digits a figure. */
  public void write(Path file) throws IOException {
    Files.writeString(file, json());
  }

  String json() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ArrayNode list = json.createArrayNode();
    for (Comparison one : comparisons) {
      ObjectNode node = list.addObject();
      node.put("name", one.name())
          .put("unit", one.unit())
          .put("value", rounded(one.value()))
          .put("baseline", rounded(one.baseline()))
          .put("baseline_name", one.baselineName())
          .put("ratio", rounded(one.ratio()))
          .put("rounds", one.rounds());
      one.latencyMs()
          .ifPresent(
              latency ->
                  node.putObject("latency_ms")
                      .put("p50", rounded(latency.p50()))
                      .put("p99", rounded(latency.p99()))
                      .put("max", rounded(latency.max())));
      if (!one.cpuUs().isEmpty()) {
        ObjectNode cpu = node.putObject("cpu_us");
        one.cpuUs().forEach((process, micros) -> cpu.put(process, rounded(micros)));
      }
    }
    return json.writerWithDefaultPrettyPrinter().writeValueAsString(list) + "\n";
  }

  private static double rounded(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalStateException("a figure is not finite: nothing was measured");
    }
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%,.2f" : "%,.0f", value);
  }

  private static String text(Latency latency) {
    return String.format(
        Locale.ROOT, "%.2f / %.2f / %.1f", latency.p50(), latency.p99(), latency.max());
  }
}
