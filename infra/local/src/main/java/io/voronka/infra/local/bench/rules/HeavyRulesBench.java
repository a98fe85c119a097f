package io.voronka.infra.local.bench.rules;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.infra.local.bench.BenchReport;
import io.voronka.infra.local.bench.Comparison;
import io.voronka.infra.local.bench.ControlWriter;
import io.voronka.infra.local.bench.CpuClock;
import io.voronka.infra.local.bench.MeasuredArguments;
import io.voronka.infra.local.bench.Median;
import io.voronka.infra.local.bench.TopicBook;
import io.voronka.infra.local.bench.rules.HeavyTenant.Weight;
import io.voronka.infra.local.stack.LocalStack;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.Topics;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Puts the heaviest legal rules of one tenant into a running job, takes them out again, and looks
 * at how fast the other tenant's events are judged meanwhile. One job works off one backlog; its
 * parts take turns.
 */
public final class HeavyRulesBench {
  /** Each weight brings code of its own, which has to be compiled. */
  private static final int WARM_UP_ROUNDS = 2;

  private final LocalStack stack;
  private final RulesBenchSettings settings;
  private final PrintStream out;
  private final KafkaSettings kafka;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** What the heavy tenant's rules are like, by the version of their set. */
  private final Map<Long, Weight> versions = new TreeMap<>();

  /**
   * @param stack as {@link RulesBench#stack} describes
   * @param settings events: of all parts together
   */
  public HeavyRulesBench(LocalStack stack, RulesBenchSettings settings, PrintStream out) {
    this.stack = stack;
    this.settings = settings;
    this.out = out;
    this.kafka = KafkaSettings.of(stack.addresses().kafka(), "bench");
  }

  /** Blocks for as long as the job takes. */
  public BenchReport run(Clock clock) {
    List<Weight> turns = turns();
    int events = settings.events();
    long now = clock.millis();
    try (TopicBook book = new TopicBook(stack.addresses().kafka())) {
      JobRun runs =
          new JobRun(
              stack.flink(),
              book,
              new CpuClock(Map.of("taskmanager", stack.pid(LocalStack.taskManager(1)))),
              stack.jar(RulesBench.RULES),
              settings.parallelism());
      say("writing " + events + " events");
      Backlog.Content others = settings.workload().about(settings.leads());
      new Backlog(kafka).write(new HeavyTenant(others), events, now);
      // In force for whatever has not been judged yet, so that it meets a job that runs.
      long effectiveAt = now - events;
      List<Runnable> changes = new ArrayList<>();
      for (int i = 0; i < turns.size(); i++) {
        changes.add(change(turns.get(i), i + 2, effectiveAt));
      }
      say("the other tenant's rules change " + turns.size() + " times");
      List<JobRun.Figures> parts = runs.runInParts(job(events), events, changes, problems);
      Map<Weight, List<JobRun.Figures>> figures = new EnumMap<>(Weight.class);
      for (int i = WARM_UP_ROUNDS * Weight.values().length; i < turns.size(); i++) {
        figures.computeIfAbsent(turns.get(i), w -> new ArrayList<>()).add(parts.get(i));
      }
      LeftOut.read(book, versions, problems).forEach(notes::add);
      return report(figures);
    }
  }

  /** Every weight once a round; which goes first changes. Before the first one they warm up. */
  private List<Weight> turns() {
    List<Weight> turns = new ArrayList<>();
    for (int round = 0; round < WARM_UP_ROUNDS + settings.rounds(); round++) {
      List<Weight> order = new ArrayList<>(List.of(Weight.values()));
      Collections.rotate(order, round);
      turns.addAll(order);
    }
    return turns;
  }

  private Runnable change(Weight weight, long version, long effectiveAt) {
    List<ControlChange> rows = HeavyTenant.change(weight, version, effectiveAt);
    versions.put(version, weight);
    return () -> ControlWriter.change(kafka, effectiveAt, rows);
  }

  private MeasuredJob job(int events) {
    int fireEvery = settings.workload().fireEvery();
    long firing =
        LongStream.range(0, events)
            .filter(number -> HeavyTenant.owns(number) || number % fireEvery == 0)
            .count();
    return new MeasuredJob(
        RulesBench.RULES,
        Optional.empty(),
        MeasuredArguments.of(
            stack.addresses().kafka(),
            "bench-heavy",
            settings.parallelism(),
            settings.checkpointInterval()),
        Topics.RULES_DECIDED,
        Topics.ACTIONS_REQUESTED,
        firing,
        firing);
  }

  private BenchReport report(Map<Weight, List<JobRun.Figures>> figures) {
    List<Double> control = rates(figures.get(Weight.LIGHT));
    List<Comparison> comparisons = new ArrayList<>();
    figures.forEach(
        (weight, rounds) ->
            comparisons.add(
                Comparison.of(
                        "others-beside-" + weight.label(),
                        "events/s",
                        rates(rounds),
                        "beside-light",
                        control)
                    .withCpu(RuleScale.cpu(rounds))));
    notes.add(
        String.format(
            Locale.ROOT,
            "one event in %d is the other tenant's; %,d events in all; parallelism %d, checkpoints every %d ms",
            HeavyTenant.EVERY,
            settings.events(),
            settings.parallelism(),
            settings.checkpointInterval().toMillis()));
    figures.forEach(
        (weight, rounds) -> {
          notes.add(interval(weight, rates(rounds), control));
          if (weight != Weight.LIGHT) {
            notes.add(
                RuleScale.cpuNote(
                    "beside " + weight.label(), rounds, "beside light", figures.get(Weight.LIGHT)));
            notes.add(extra(weight, rounds, figures.get(Weight.LIGHT)));
          }
        });
    return new BenchReport(comparisons, notes, problems);
  }

  private static String interval(Weight weight, List<Double> rates, List<Double> control) {
    String interval =
        String.format(
            Locale.ROOT,
            "beside %s rules %,.0f to %,.0f events/s in %d rounds",
            weight.label(),
            Collections.min(rates),
            Collections.max(rates),
            rates.size());
    if (weight == Weight.LIGHT) {
      return interval + ": the noise";
    }
    double median = Median.of(rates);
    String place =
        median < Collections.min(control)
            ? "below it"
            : median > Collections.max(control) ? "above it" : "within it";
    return interval + ": the median is " + place;
  }

  /** A change of heavy rules costs something once, however many events come after it. */
  private String extra(Weight weight, List<JobRun.Figures> rounds, List<JobRun.Figures> control) {
    int part = settings.events() / (turns().size() + 2);
    double micros = RuleScale.cpuSum(rounds) - RuleScale.cpuSum(control);
    return String.format(
        Locale.ROOT,
        "beside %s rules a part of %,d events took %.2f s more of the processor",
        weight.label(),
        part,
        micros * part / 1e6);
  }

  /** The other tenant's part of what was judged. */
  private static List<Double> rates(List<JobRun.Figures> figures) {
    return RuleScale.rates(figures).stream()
        .map(rate -> rate * (HeavyTenant.EVERY - 1) / HeavyTenant.EVERY)
        .toList();
  }

  private void say(String text) {
    out.println("  " + text);
    out.flush();
  }
}
