package io.voronka.infra.local.bench.rules;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.infra.local.bench.BenchReport;
import io.voronka.infra.local.bench.Comparison;
import io.voronka.infra.local.bench.CpuClock;
import io.voronka.infra.local.bench.MeasuredArguments;
import io.voronka.infra.local.bench.MeasuredStack;
import io.voronka.infra.local.bench.TopicBook;
import io.voronka.infra.local.stack.JobCatalog;
import io.voronka.infra.local.stack.LocalStack;
import io.voronka.infra.local.stack.SourceTree;
import io.voronka.infra.local.stack.StackSettings;
import io.voronka.schemas.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Lets evaluate-rules and the passthrough job work off the same backlog in turns, each time with
 * empty state and a new consumer group, and compares how fast they go. Other numbers of rules take
 * their turns in the same rounds, each with a backlog of its own.
 */
public final class RulesBench {
  static final String RULES = JobCatalog.EVALUATE_RULES;
  private static final String PASSTHROUGH = "passthrough";
  private static final String PASSTHROUGH_MAIN =
      "io.voronka.jobs.evaluaterules.baseline.PassthroughJob";

  /** Topics of their own, for finding the sizes and for warming up. */
  private static final String WARM_CELL = "warm.";

  /**
   * The compiler is busy with the rules job until some half a million events have gone through it,
   * and takes a fifth of two processors for as long; the passthrough has less code.
   */
  private static final int WARM_SHARE = 2;

  /** Prefix of the topics that the passthrough job writes to. */
  private static final String PASSTHROUGH_PREFIX = "passthrough.";

  private final LocalStack stack;
  private final RulesBenchSettings settings;
  private final Path engineFiles;
  private final PrintStream out;
  private final RuleScale main;
  private final List<RuleScale> scales = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<JobRun.Figures> passthrough = new ArrayList<>();
  private TopicBook book;
  private JobRun runs;

  /**
   * @param stack as {@link #stack} describes
   * @param engineFiles folder for what the comparison of engines reads and writes
   */
  public RulesBench(
      LocalStack stack, RulesBenchSettings settings, Path engineFiles, PrintStream out) {
    this.stack = stack;
    this.settings = settings;
    this.engineFiles = engineFiles;
    this.out = out;
    this.main = new RuleScale(settings.workload(), "");
    this.scales.add(main);
    for (int rules : settings.beside()) {
      scales.add(new RuleScale(settings.workload().withRules(rules), "rules" + rules + "."));
    }
  }

  /** Kafka and a Flink cluster with room for one job; nothing else takes processor time. */
  public static StackSettings stack(Path data, RulesBenchSettings settings) {
    return MeasuredStack.of(data, settings.parallelism(), settings.checkpointInterval());
  }

  /** Blocks for as long as the jobs take. */
  public BenchReport run(Clock clock) throws IOException, InterruptedException {
    RuleWorkload workload = settings.workload();
    List<Comparison> engines = engines(clock);
    try (TopicBook topics = new TopicBook(stack.addresses().kafka())) {
      book = topics;
      runs =
          new JobRun(
              stack.flink(),
              book,
              new CpuClock(
                  Map.of(
                      "taskmanager", stack.pid(LocalStack.taskManager(1)),
                      "broker", stack.pid(LocalStack.KAFKA))),
              stack.jar(RULES),
              settings.parallelism());
      book.create(WARM_CELL, Topics.all());
      book.create(
          PASSTHROUGH_PREFIX,
          List.of(Topics.named(Topics.RULES_DECIDED), Topics.named(Topics.ACTIONS_REQUESTED)));
      say("writing %d events for each number of rules".formatted(settings.events()));
      int warm = Math.max(1_000, settings.events() / WARM_SHARE);
      write(workload, WARM_CELL, warm, clock);
      for (RuleScale scale : scales) {
        if (!scale.cell().isEmpty()) {
          book.create(scale.cell(), Topics.all());
        }
        write(scale.workload(), scale.cell(), settings.events(), clock);
      }
      Written written = warmUp(warm);
      for (int round = 1; round <= settings.rounds(); round++) {
        round(round, written);
      }
    }
    return report(engines);
  }

  private void write(RuleWorkload workload, String cell, int events, Clock clock) {
    KafkaSettings kafka = KafkaSettings.of(stack.addresses().kafka(), "bench").withCell(cell);
    new Backlog(kafka).write(workload.about(settings.leads()), events, clock.millis());
  }

  /** Both jobs on the small backlog, and what the rules job writes. */
  private Written warmUp(int events) {
    say("warming up");
    long firing = settings.workload().fired(events);
    runs.run(rulesJob("warm", WARM_CELL, events), events, problems);
    Written written =
        Written.read(
            book,
            WARM_CELL + Topics.RULES_DECIDED,
            WARM_CELL + Topics.ACTIONS_REQUESTED,
            settings.workload().evaluated(),
            problems);
    if (written.firing() != firing) {
      problems.add("%d decisions fired a rule where %d should".formatted(written.firing(), firing));
    }
    notes.add(
        "a decision has %d bytes, an action %d; one event in %d fires one"
            .formatted(
                written.decidedBytes(), written.actionBytes(), settings.workload().fireEvery()));
    runs.run(passthroughJob("warm", WARM_CELL, events, written), events, problems);
    return written;
  }

  /** Every side takes one turn; who goes first changes from round to round. */
  private void round(int round, Written written) {
    int events = settings.events();
    List<Runnable> turns = new ArrayList<>();
    for (RuleScale scale : scales) {
      turns.add(
          () -> {
            String name = round + "-" + scale.workload().rules();
            scale.figures().add(runs.run(rulesJob(name, scale.cell(), events), events, problems));
          });
    }
    turns.add(
        () -> {
          MeasuredJob job = passthroughJob(Integer.toString(round), "", events, written);
          passthrough.add(runs.run(job, events, problems));
        });
    Collections.rotate(turns, round - 1);
    turns.forEach(Runnable::run);
    StringBuilder rates = new StringBuilder();
    for (RuleScale scale : scales) {
      rates.append(
          String.format(
              Locale.ROOT,
              "%,d rules %,.0f events/s, ",
              scale.workload().rules(),
              scale.figures().get(round - 1).eventsPerSecond()));
    }
    say(
        String.format(
            Locale.ROOT,
            "round %d of %d: %spassthrough %,.0f events/s",
            round,
            settings.rounds(),
            rates,
            passthrough.get(round - 1).eventsPerSecond()));
  }

  private List<Comparison> engines(Clock clock) throws IOException, InterruptedException {
    if (!settings.engines()) {
      return List.of();
    }
    EngineRun engines = new EngineRun(SourceTree.find(), engineFiles);
    say("matching beside other engines");
    return engines.run(settings.workload(), settings.leads(), clock.millis());
  }

  private MeasuredJob rulesJob(String round, String cell, int events) {
    long firing = settings.workload().fired(events);
    return new MeasuredJob(
        RULES,
        Optional.empty(),
        arguments("bench-rules-" + round, cell),
        cell + Topics.RULES_DECIDED,
        cell + Topics.ACTIONS_REQUESTED,
        firing,
        firing);
  }

  private MeasuredJob passthroughJob(String round, String cell, int events, Written written) {
    String decided = PASSTHROUGH_PREFIX + Topics.RULES_DECIDED;
    String actions = PASSTHROUGH_PREFIX + Topics.ACTIONS_REQUESTED;
    List<String> arguments = new ArrayList<>(arguments("bench-passthrough-" + round, cell));
    arguments.addAll(
        List.of(
            "--passthrough.decided-topic",
            decided,
            "--passthrough.decided-bytes",
            Integer.toString(written.decidedBytes()),
            "--passthrough.actions-topic",
            actions,
            "--passthrough.action-bytes",
            Integer.toString(Math.max(1, written.actionBytes())),
            "--passthrough.events-per-action",
            Integer.toString(settings.workload().fireEvery())));
    long firing = settings.workload().fired(events);
    // Each subtask counts for itself, so that each may be one short.
    int uncounted = settings.workload().fireEvery() == 1 ? 0 : settings.parallelism();
    return new MeasuredJob(
        PASSTHROUGH,
        Optional.of(PASSTHROUGH_MAIN),
        arguments,
        decided,
        actions,
        firing - uncounted,
        firing);
  }

  private List<String> arguments(String name, String cell) {
    List<String> arguments =
        new ArrayList<>(
            MeasuredArguments.of(
                stack.addresses().kafka(),
                name,
                settings.parallelism(),
                settings.checkpointInterval()));
    if (!cell.isEmpty()) {
      arguments.addAll(List.of("--cell", cell));
    }
    return arguments;
  }

  private BenchReport report(List<Comparison> engines) {
    notes.add(
        String.format(
            Locale.ROOT,
            "%d rules, %d evaluated an event; %,d events about %,d leads a round; parallelism %d, checkpoints every %d ms",
            settings.workload().rules(),
            settings.workload().evaluated(),
            settings.events(),
            settings.leads(),
            settings.parallelism(),
            settings.checkpointInterval().toMillis()));
    List<Comparison> all = new ArrayList<>();
    all.add(main.beside("rules", PASSTHROUGH, passthrough));
    notes.add(RuleScale.cpuNote("rules", main.figures(), PASSTHROUGH, passthrough));
    List<RuleScale> bySize =
        scales.stream().sorted(Comparator.comparingInt(each -> each.workload().rules())).toList();
    RuleScale fewest = bySize.get(0);
    for (RuleScale scale : bySize.subList(1, bySize.size())) {
      all.add(scale.beside(named(scale), named(fewest), fewest.figures()));
      notes.add(RuleScale.cpuNote(named(scale), scale.figures(), named(fewest), fewest.figures()));
    }
    all.add(
        Comparison.baseline(PASSTHROUGH, "events/s", RuleScale.rates(passthrough))
            .withCpu(RuleScale.cpu(passthrough)));
    all.addAll(engines);
    return new BenchReport(all, notes, problems);
  }

  private static String named(RuleScale scale) {
    return "rules-" + scale.workload().rules();
  }

  private void say(String text) {
    out.println("  " + text);
    out.flush();
  }
}
