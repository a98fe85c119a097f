package io.voronka.infra.local.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What the demo found, for people while it goes and as data at the end. */
public final class Report {
  private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

  private final PrintStream out;
  private final List<Step> steps = new ArrayList<>();
  private final Histogram warmUp = new Histogram(LONGEST_MILLIS, 3);
  private final Histogram latency = new Histogram(LONGEST_MILLIS, 3);
  private final Histogram ruleChange = new Histogram(LONGEST_MILLIS, 3);
  private int unexpectedEffects;
  private int missingEffects;
  private double firstEffectSeconds = -1;

  public Report(PrintStream out) {
    this.out = out;
  }

  private record Step(String name, boolean ok, long millis) {}

  void say(String line) {
    out.println("    " + line);
    out.flush();
  }

  void step(String name, boolean ok, long millis, String found) {
    steps.add(new Step(name, ok, millis));
    out.printf(Locale.ROOT, "%s %-58s %6d ms  %s%n", ok ? " ok " : "FAIL", name, millis, found);
    out.flush();
  }

  /**
   * From a webhook to its effect.
   *
   * @param warming sent in the first seconds of the load
   */
  void latency(long millis, boolean warming) {
    (warming ? warmUp : latency).recordValue(Math.min(LONGEST_MILLIS, Math.max(0, millis)));
  }

  void ruleChange(long millis) {
    ruleChange.recordValue(Math.min(LONGEST_MILLIS, Math.max(0, millis)));
  }

  void firstEffect(double seconds) {
    if (firstEffectSeconds < 0) {
      firstEffectSeconds = seconds;
    }
  }

  void books(int missing, int unexpected) {
    missingEffects = missing;
    unexpectedEffects = unexpected;
  }

  /** Every step went well, and the books agree. */
  public boolean ok() {
    return !steps.isEmpty()
        && steps.stream().allMatch(Step::ok)
        && unexpectedEffects == 0
        && missingEffects == 0;
  }

  /** Names of the steps that did not go well, in order. */
  public List<String> failed() {
    return steps.stream().filter(step -> !step.ok()).map(Step::name).toList();
  }

  /** Effects that did not come by the end. */
  public int missingEffects() {
    return missingEffects;
  }

  public int unexpectedEffects() {
    return unexpectedEffects;
  }

  public void printSummary() {
    out.println();
    printLatency(
        "webhook to effect in the load's first %d s:".formatted(LoadChapter.WARM_UP.toSeconds()),
        warmUp);
    printLatency("webhook to effect under load:", latency);
    out.printf(
        Locale.ROOT,
        "rule change to next event judged by it: median %d ms, max %d ms (%d changes)%n",
        ruleChange.getValueAtPercentile(50),
        ruleChange.getMaxValue(),
        ruleChange.getTotalCount());
    if (firstEffectSeconds >= 0) {
      out.printf(
          Locale.ROOT, "first effect %.1f s after the command was typed%n", firstEffectSeconds);
    }
    out.printf(
        Locale.ROOT, "effects missing: %d, unexpected: %d%n", missingEffects, unexpectedEffects);
    out.println(ok() ? "the story went as expected" : "the story did NOT go as expected");
    out.flush();
  }

  private void printLatency(String what, Histogram millis) {
    out.printf(
        Locale.ROOT,
        "%s p50 %d ms, p99 %d ms, max %d ms (%d webhooks)%n",
        what,
        millis.getValueAtPercentile(50),
        millis.getValueAtPercentile(99),
        millis.getMaxValue(),
        millis.getTotalCount());
  }

  private static void write(ObjectNode to, Histogram millis) {
    to.put("p50", millis.getValueAtPercentile(50))
        .put("p99", millis.getValueAtPercentile(99))
        .put("max", millis.getMaxValue());
  }

  /** See the help of {@code voronka demo}. */
  public void write(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode();
    ArrayNode list = root.putArray("steps");
    for (Step step : steps) {
      list.addObject().put("name", step.name()).put("ok", step.ok()).put("millis", step.millis());
    }
    root.put("unexpected_effects", unexpectedEffects);
    root.put("missing_effects", missingEffects);
    write(root.putObject("warm_up_latency_ms"), warmUp);
    write(root.putObject("latency_ms"), latency);
    root.putObject("rule_change_ms")
        .put("median", ruleChange.getValueAtPercentile(50))
        .put("max", ruleChange.getMaxValue());
    root.put("first_effect_s", firstEffectSeconds);
    Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }
}
