package io.voronka.infra.local.bench.timers;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.infra.local.bench.BenchReport;
import io.voronka.infra.local.bench.Comparison;
import io.voronka.infra.local.bench.ControlWriter;
import io.voronka.infra.local.bench.CpuClock;
import io.voronka.infra.local.bench.Latency;
import io.voronka.infra.local.bench.MeasuredStack;
import io.voronka.infra.local.bench.TopicBook;
import io.voronka.infra.local.bench.timers.Hearing.Heard;
import io.voronka.infra.local.flink.CheckpointFigures;
import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.stack.LocalStack;
import io.voronka.infra.local.stack.StackSettings;
import io.voronka.schemas.Topics;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * Arms very many timers in the running job and lets some fall due: many at one instant and many
 * spread over one second to warm it up, a few at a time, again both, many while the job is away,
 * and again both after it was restored. The CRM's times are whole seconds, those of our own clocks
 * are not.
 *
 * <pre>
 *  arm all that are due much later ─▶ waves "warm-up", "warm-up-spread", a few times
 *       ─▶ lone ones ─▶ waves "running", "running-spread"
 *       ─▶ arm three waves more ─▶ checkpoint ─▶ job away, wave "away" falls due
 *       ─▶ restored ─▶ waves "restored", "restored-spread"
 * </pre>
 */
public final class TimersBench {
  /** Timers that fall due a few at a time: what a moment takes when the job has nothing to do. */
  static final int LONE = 400;

  private static final int LONE_PER_SECOND = 20;

  /** So many moments are told before any is measured, unless it would take more rounds. */
  private static final int WARM_UP = 1_000_000;

  private static final int WARM_UP_ROUNDS = 5;

  private static final Duration MUCH_LATER = Duration.ofDays(1);
  private static final Duration ARMING_LIMIT = Duration.ofMinutes(15);
  private static final Duration RESTORE = Duration.ofMinutes(2);

  private final LocalStack stack;
  private final TimersBenchSettings settings;
  private final Clock clock;
  private final PrintStream out;
  private final Waits waits;
  private final WaitingJob job;
  private final Timetable times;
  private final List<Comparison> comparisons = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private TopicBook book;
  private Hearing hearing;
  private LivingLog log;

  /**
   * @param stack as {@link #stack} describes
   */
  public TimersBench(LocalStack stack, TimersBenchSettings settings, Clock clock, PrintStream out) {
    this.stack = stack;
    this.settings = settings;
    this.clock = clock;
    this.out = out;
    this.waits = settings.sequences() ? new WaitingSequence() : new WaitingRule();
    this.times = new Timetable(settings, clock);
    this.job = new WaitingJob(stack, settings, waits.job());
  }

  /** Kafka and a Flink cluster with room for one job; nothing else takes processor time. */
  public static StackSettings stack(Path data, TimersBenchSettings settings) {
    return MeasuredStack.of(data, settings.parallelism(), settings.checkpointInterval())
        .withRocksDbMb(settings.rocksDbMb());
  }

  /** Blocks until the last wave is told. */
  public BenchReport run() {
    String broker = stack.addresses().kafka();
    KafkaSettings kafka = KafkaSettings.of(broker, "bench");
    try (TopicBook topics = new TopicBook(broker)) {
      book = topics;
      book.create("", Topics.all());
      book.stampArrivals(waits.topic());
      hearing = new Hearing(new MomentReader(book, waits), processors(), clock, notes, problems);
      ControlWriter.write(kafka, clock.millis(), waits.rows(clock.millis()));
      try (LivingLog ticking = LivingLog.open(kafka, clock)) {
        log = ticking;
        job.start(Optional.empty());
        measure();
        job.stop();
      }
    }
    if (settings.spread()) {
      notes.add(
          "a wave is due at one instant, or, where it is called spread, evenly over one second");
    }
    return new BenchReport(comparisons, notes, problems);
  }

  private void measure() {
    int atOnce = settings.atOnce();
    Wave later =
        Wave.atSeconds(
            "later",
            0,
            settings.timers() - settings.waves() * atOnce - LONE,
            times.in(MUCH_LATER),
            1);
    say("arming %,d timers".formatted(later.size()));
    arm(later);
    weigh(later.size());
    int next = warmUp(later.next());
    Wave lone =
        Wave.atSeconds("lone", next, LONE, times.whenArmed(LONE + 2 * atOnce), LONE_PER_SECOND);
    List<Wave> running = times.waves("running", lone.next(), lone.ends() + 5_000);
    arm(lone);
    running.forEach(this::arm);
    inTime(lone);
    List<Heard> before = hearing.hear(with(lone, running), 0);
    double alone = before.get(0).late().ms().p99();
    before.stream().skip(1).forEach(heard -> compare(heard, alone));

    Wave away = times.wave("away", last(running).next(), times.whenArmed(3 * atOnce));
    List<Wave> restored = times.waves("restored", away.next(), away.ends() + RESTORE.toMillis());
    arm(away);
    restored.forEach(this::arm);
    CheckpointFigures checkpoint = job.checkpoint();
    job.stop();
    inTime(away);
    say("the job is away");
    hearing.awaitTime(away.ends() + 5_000);
    job.start(Optional.of(checkpoint.latestPath()));
    long runs = clock.millis();
    inTime(restored.get(0));
    notes.add(
        "restored from %,d bytes; it ran %.1f s after it was submitted again"
            .formatted(checkpoint.latestBytes(), (runs - away.ends() - 5_000) / 1e3));
    hearing.hear(with(away, restored), runs).forEach(heard -> compare(heard, alone));
  }

  /**
   * Lets the job tell so many moments that its code has been compiled: one that runs for days has
   * long done so.
   *
   * @return the next lead
   */
  private int warmUp(int lead) {
    int next = lead;
    for (int round = 0; round < WARM_UP_ROUNDS && next - lead < WARM_UP; round++) {
      List<Wave> waves = times.waves("warm-up", next, times.whenArmed(2 * settings.atOnce()));
      waves.forEach(this::arm);
      hearing.hear(waves, 0).forEach(this::tell);
      next = last(waves).next();
    }
    return next;
  }

  private CpuClock processors() {
    return new CpuClock(
        Map.of(
            "taskmanager", stack.pid(LocalStack.taskManager(1)),
            "broker", stack.pid(LocalStack.KAFKA)));
  }

  /** Returns when the timers are in a checkpoint: offsets are committed with it. */
  private void arm(Wave wave) {
    long began = clock.millis();
    log.arm(waits, wave);
    Map<TopicPartition, Long> ends = book.ends(Topics.CRM_EVENTS);
    if (!Polling.until(
        ARMING_LIMIT, MomentReader.LOOK_EVERY, () -> book.hasConsumed(waits.job(), ends))) {
      throw new IllegalStateException(
          "wave %s is not armed after %d s: %s"
              .formatted(wave.name(), ARMING_LIMIT.toSeconds(), job.failure()));
    }
    if (wave.size() > LONE) {
      times.armed(wave, began);
    }
    inTime(wave);
    // To begin to wait may be told, too; and none of these is due yet.
    hearing.skip();
  }

  private static List<Wave> with(Wave first, List<Wave> others) {
    return Stream.concat(Stream.of(first), others.stream()).toList();
  }

  private static Wave last(List<Wave> waves) {
    return waves.get(waves.size() - 1);
  }

  private void inTime(Wave wave) {
    long late = times.late(wave);
    if (late > 0) {
      problems.add(
          "wave %s was due %d ms before all was ready for it: the machine is too slow or busy"
              .formatted(wave.name(), late));
    }
  }

  private void weigh(int timers) {
    CheckpointFigures checkpoint = job.checkpoint();
    double bytes = (double) checkpoint.latestBytes() / timers;
    comparisons.add(Comparison.baseline("state-per-timer", "bytes", List.of(bytes)));
    comparisons.add(
        Comparison.baseline(
            "checkpoint-duration", "ms", List.of((double) checkpoint.latestMillis())));
    notes.add(
        String.format(
            Locale.ROOT,
            "%,d timers wait, armed at %,.0f a second; %,d bytes of checkpoint, all that is known of the"
                + " leads included; the newest one took %,d ms",
            timers,
            times.armedPerSecond(),
            checkpoint.latestBytes(),
            checkpoint.latestMillis()));
  }

  private void tell(Heard heard) {
    Latency late = heard.late().ms();
    say(
        "wave %s: p50 %.0f, p99 %.0f, max %.0f ms late"
            .formatted(heard.wave().name(), late.p50(), late.p99(), late.max()));
  }

  private void compare(Heard heard, double alone) {
    tell(heard);
    Lateness late = heard.late();
    String name = heard.wave().name();
    comparisons.add(
        Comparison.of(
                "lateness-" + name,
                "ms p99",
                List.of(late.ms().p99()),
                "lone ms p99",
                List.of(alone))
            .withLatency(late.ms())
            .withCpu(heard.cpuUs()));
    if (late.repeated() > 0) {
      notes.add("wave %s: %,d moments were told again".formatted(name, late.repeated()));
    }
  }

  private void say(String text) {
    out.println("  " + text);
    out.flush();
  }
}
