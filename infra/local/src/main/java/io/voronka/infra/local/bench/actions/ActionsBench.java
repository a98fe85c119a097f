package io.voronka.infra.local.bench.actions;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.infra.local.bench.BenchReport;
import io.voronka.infra.local.bench.BenchTenant;
import io.voronka.infra.local.bench.Comparison;
import io.voronka.infra.local.bench.ControlWriter;
import io.voronka.infra.local.bench.Latency;
import io.voronka.infra.local.bench.MeasuredArguments;
import io.voronka.infra.local.bench.MeasuredStack;
import io.voronka.infra.local.bench.TopicBook;
import io.voronka.infra.local.flink.JobSubmission;
import io.voronka.infra.local.stack.JobCatalog;
import io.voronka.infra.local.stack.LocalStack;
import io.voronka.infra.local.stack.StackSettings;
import io.voronka.infra.local.stack.StackSettings.Part;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What those notice that have done nothing wrong: turns in which one account floods, or one host is
 * dead and one slow, beside turns in which all is well.
 */
public final class ActionsBench {
  private static final String JOB = JobCatalog.EXECUTE_ACTIONS;
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

  private final LocalStack stack;
  private final ActionsBenchSettings settings;
  private final Path folder;
  private final Clock clock;
  private final PrintStream out;
  private final List<Comparison> comparisons = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param stack as {@link #stack} describes
   * @param folder for secret files
   */
  public ActionsBench(
      LocalStack stack, ActionsBenchSettings settings, Path folder, Clock clock, PrintStream out) {
    this.stack = stack;
    this.settings = settings;
    this.folder = folder;
    this.clock = clock;
    this.out = out;
  }

  /** Kafka, a Flink cluster with room for the job, and the sandbox. */
  public static StackSettings stack(Path data, ActionsBenchSettings settings) {
    return MeasuredStack.of(
        data, settings.parallelism(), settings.checkpointInterval(), Part.SANDBOX);
  }

  /** Blocks for all rounds of both experiments. */
  public BenchReport run() throws IOException {
    String broker = stack.addresses().kafka();
    KafkaSettings kafka = KafkaSettings.of(broker, "bench");
    String tenant = BenchTenant.MEASURED.id();
    AccountFlood flood =
        new AccountFlood(tenant, new SandboxClient(stack.addresses().sandbox()), settings);
    try (TopicBook topics = new TopicBook(broker)) {
      topics.create("", Topics.all());
    }
    List<ControlChange> rows = new ArrayList<>(BenchTenant.MEASURED.rows());
    rows.addAll(flood.open(settings.accounts(), Files.createDirectories(folder)));
    ControlWriter.write(kafka, clock.millis(), rows);
    String job = start();
    try (Asking asking = new Asking(kafka, clock);
        Receivers receivers = Receivers.start(clock)) {
      measure(asking, flood);
      long refused = flood.refused();
      notes.add("requests that the vendor refused with 429: " + refused);
      if (refused > 0) {
        problems.add(refused + " requests were refused with 429");
      }
      measure(asking, new DeadAndSlowHosts(tenant, receivers, settings));
    }
    stack.flink().cancel(job, STOP_LIMIT);
    return new BenchReport(comparisons, notes, problems);
  }

  private String start() {
    List<String> arguments =
        new ArrayList<>(
            MeasuredArguments.of(
                stack.addresses().kafka(),
                JOB,
                settings.parallelism(),
                settings.checkpointInterval()));
    arguments.addAll(List.of("--outbound.allow", "127.0.0.0/8"));
    String job =
        stack
            .flink()
            .submit(
                new JobSubmission(
                    stack.jar(JOB), arguments, settings.parallelism(), Optional.empty(), Map.of()));
    stack.flink().awaitRunning(job, START_LIMIT);
    return job;
  }

  private void measure(Asking asking, Experiment experiment) {
    for (long warm = 0; warm < settings.warmUp().toSeconds(); warm += settings.turn().toSeconds()) {
      turn(asking, experiment, false);
    }
    List<Turn> controls = new ArrayList<>();
    List<Turn> troubled = new ArrayList<>();
    for (int round = 1; round <= settings.rounds(); round++) {
      Turn well = turn(asking, experiment, false);
      Turn trouble = turn(asking, experiment, true);
      controls.add(well);
      troubled.add(trouble);
      out.printf(
          Locale.ROOT,
          "  %s, round %d of %d: p50 %.1f ms beside %.1f ms, p95 %.1f ms beside %.1f ms%n",
          experiment.name(),
          round,
          settings.rounds(),
          trouble.percentile(0.5),
          well.percentile(0.5),
          trouble.percentile(0.95),
          well.percentile(0.95));
      out.flush();
    }
    compare(experiment, 0.5, "p50", troubled, controls);
    compare(experiment, 0.95, "p95", troubled, controls);
  }

  private Turn turn(Asking asking, Experiment experiment, boolean trouble) {
    List<Asking.Answered> others =
        asking.turn(experiment.timetable(trouble), settings.turn()).stream()
            .filter(answered -> answered.due().others())
            .toList();
    List<Asking.Answered> confirmed =
        others.stream()
            .filter(one -> one.completed().getOutcome() == ActionOutcome.CONFIRMED)
            .toList();
    others.stream()
        .map(Asking.Answered::completed)
        .filter(one -> one.getOutcome() != ActionOutcome.CONFIRMED)
        .findFirst()
        .ifPresent(
            one ->
                problems.add(
                    "%s: %d of %d actions of the others were not confirmed, the first is %s (%s)"
                        .formatted(
                            experiment.name(),
                            others.size() - confirmed.size(),
                            others.size(),
                            one.getOutcome(),
                            one.getReason())));
    return Turn.of(confirmed.stream().mapToDouble(experiment::millis).toArray());
  }

  private void compare(
      Experiment experiment, double part, String what, List<Turn> troubled, List<Turn> controls) {
    List<Double> with = percentiles(troubled, part);
    List<Double> without = percentiles(controls, part);
    String name = experiment.name() + "-" + what;
    List<Latency> latencies =
        troubled.stream()
            .map(
                turn ->
                    new Latency(turn.percentile(0.5), turn.percentile(0.99), turn.percentile(1)))
            .toList();
    Comparison comparison =
        Comparison.of(name, "ms " + what, with, experiment.control(), without)
            .withLatency(Latency.ofRounds(latencies));
    comparisons.add(comparison);
    double highest = without.get(without.size() - 1);
    notes.add(
        String.format(
            Locale.ROOT,
            "%s: %.1f to %.1f ms; controls %.1f to %.1f ms; the median is %s",
            name,
            with.get(0),
            with.get(with.size() - 1),
            without.get(0),
            highest,
            comparison.value() <= highest
                ? "within the controls' own spread"
                : "above all controls"));
  }

  /** In ascending order. */
  private static List<Double> percentiles(List<Turn> turns, double part) {
    return turns.stream().map(turn -> turn.percentile(part)).sorted().toList();
  }
}
