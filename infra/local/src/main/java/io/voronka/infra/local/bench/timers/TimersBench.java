package io.voronka.infra.local.bench.timers;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.infra.local.bench.BenchReport;
import io.voronka.infra.local.bench.Comparison;
import io.voronka.infra.local.bench.ControlWriter;
import io.voronka.infra.local.bench.TopicBook;
import io.voronka.infra.local.bench.timers.Lateness.Told;
import io.voronka.infra.local.flink.CheckpointFigures;
import io.voronka.infra.local.flink.FlinkCluster;
import io.voronka.infra.local.flink.JobSubmission;
import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.stack.JobCatalog;
import io.voronka.infra.local.stack.LocalStack;
import io.voronka.infra.local.stack.SourceTree;
import io.voronka.infra.local.stack.StackSettings;
import io.voronka.infra.local.stack.StackSettings.Part;
import io.voronka.schemas.Topics;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Arms very many timers in the running job and lets some fall due: many in one second to warm it
 * up, a few at a time, many in one second, many while the job is away, and many in one second after
 * it was restored.
 *
 * <pre>
 *  arm all that are due much later ─▶ wave "first" ─▶ lone ones ─▶ wave "running"
 *       ─▶ arm two waves more ─▶ checkpoint ─▶ job away, wave "away" falls due ─▶ restored ─▶ wave "restored"
 * </pre>
 */
public final class TimersBench {
  /** Timers that fall due a few at a time: what a moment takes when the job has nothing to do. */
  static final int LONE = 400;

  /** Large waves: the first, running, away, restored. */
  static final int WAVES = 4;

  private static final int LONE_PER_SECOND = 20;
  private static final Duration MUCH_LATER = Duration.ofDays(1);
  private static final Duration ARMING_LIMIT = Duration.ofMinutes(15);
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
  private static final Duration MOMENTS_LIMIT = Duration.ofMinutes(3);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  /** A wave is due so much later than it should be armed, going by how fast the last one was. */
  private static final Duration ROOM = Duration.ofSeconds(30);

  private static final double TIMES_SLOWER = 2.5;
  private static final Duration RESTORE = Duration.ofMinutes(2);

  private final LocalStack stack;
  private final TimersBenchSettings settings;
  private final Clock clock;
  private final PrintStream out;
  private final Waits waits;
  private final List<Comparison> comparisons = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private TopicBook book;
  private MomentReader moments;
  private LivingLog log;
  private String job;

  /** What it took to arm one timer of the last large wave: a job just started is slower. */
  private double armingMillis;

  /**
   * @param stack as {@link #stack} describes
   */
  public TimersBench(LocalStack stack, TimersBenchSettings settings, Clock clock, PrintStream out) {
    this.stack = stack;
    this.settings = settings;
    this.clock = clock;
    this.out = out;
    this.waits = settings.sequences() ? new WaitingSequence() : new WaitingRule();
  }

  /** Kafka and a Flink cluster with room for one job; nothing else takes processor time. */
  public static StackSettings stack(Path data, TimersBenchSettings settings) {
    return StackSettings.at(data)
        .withFresh(true)
        .withParts(EnumSet.of(Part.KAFKA, Part.FLINK))
        .withJobs(Set.of())
        .withFlink(1, 2 * settings.parallelism(), settings.parallelism())
        .withRocksDbMb(settings.rocksDbMb())
        .withCheckpointInterval(settings.checkpointInterval());
  }

  /** Blocks until the last wave is told. */
  public BenchReport run() {
    String broker = stack.addresses().kafka();
    KafkaSettings kafka = KafkaSettings.of(broker, "bench");
    try (TopicBook topics = new TopicBook(broker)) {
      book = topics;
      book.create("", Topics.all());
      book.stampArrivals(waits.topic());
      moments = new MomentReader(book, waits);
      ControlWriter.write(kafka, clock.millis(), waits.rows(clock.millis()));
      try (LivingLog ticking = LivingLog.open(kafka, clock)) {
        log = ticking;
        start(Optional.empty());
        measure();
        stack.flink().cancel(job, STOP_LIMIT);
      }
    }
    return new BenchReport(comparisons, notes, problems);
  }

  private void measure() {
    int atOnce = settings.atOnce();
    Wave later =
        new Wave("later", 0, settings.timers() - WAVES * atOnce - LONE, secondIn(MUCH_LATER), 1);
    say("arming %,d timers".formatted(later.size()));
    arm(later);
    // A job that has told few moments runs code that has hardly been compiled.
    Wave first = wave("first", later.next(), secondIn(room(atOnce)));
    arm(first);
    tell(first, lateness(List.of(first), 0).get(0));
    Wave lone =
        new Wave("lone", first.next(), LONE, secondIn(room(LONE + atOnce)), LONE_PER_SECOND);
    long quiet = lone.ends() + 5_000;
    Wave running = wave("running", lone.next(), quiet);
    arm(lone);
    arm(running);
    inTime(lone);
    weigh(running.next() - first.size());
    List<Lateness> before = lateness(List.of(lone, running), 0);
    double alone = before.get(0).ms().p99();
    compare(running, before.get(1), alone);

    Wave away = wave("away", running.next(), secondIn(room(2 * atOnce)));
    Wave restored = wave("restored", away.next(), away.ends() + RESTORE.toMillis());
    arm(away);
    arm(restored);
    CheckpointFigures checkpoint = stack.flink().checkpoints(job);
    stack.flink().cancel(job, STOP_LIMIT);
    inTime(away);
    say("the job is away");
    awaitTime(away.ends() + 5_000);
    start(Optional.of(checkpoint.latestPath()));
    long runs = clock.millis();
    inTime(restored);
    notes.add(
        "restored from %,d bytes; it ran %.1f s after it was submitted again"
            .formatted(checkpoint.latestBytes(), (runs - away.ends() - 5_000) / 1e3));
    List<Lateness> after = lateness(List.of(away, restored), runs);
    compare(away, after.get(0), alone);
    compare(restored, after.get(1), alone);
  }

  private void start(Optional<String> checkpoint) {
    FlinkCluster flink = stack.flink();
    job =
        flink.submit(
            new JobSubmission(
                SourceTree.find().jar(JobCatalog.module(waits.job()), "job"),
                List.of(
                    "--kafka.bootstrap-servers",
                    stack.addresses().kafka(),
                    "--job.name",
                    waits.job(),
                    "--job.parallelism",
                    Integer.toString(settings.parallelism()),
                    "--checkpoint.interval",
                    settings.checkpointInterval().toString()),
                settings.parallelism(),
                checkpoint,
                Map.of()));
    flink.awaitRunning(job, START_LIMIT);
  }

  /** Returns when the timers are in a checkpoint: offsets are committed with it. */
  private void arm(Wave wave) {
    long began = clock.millis();
    log.arm(waits, wave);
    Map<TopicPartition, Long> ends = book.ends(Topics.CRM_EVENTS);
    if (!Polling.until(ARMING_LIMIT, LOOK_EVERY, () -> book.hasConsumed(waits.job(), ends))) {
      throw new IllegalStateException(
          "wave %s is not armed after %d s: %s"
              .formatted(
                  wave.name(),
                  ARMING_LIMIT.toSeconds(),
                  stack.flink().rootCause(job).orElse("no failure known")));
    }
    if (wave.size() > LONE) {
      armingMillis = (double) (clock.millis() - began) / wave.size();
    }
    inTime(wave);
    // To begin to wait may be told, too; and none of these is due yet.
    moments.skip();
  }

  private Wave wave(String name, int first, long due) {
    return new Wave(name, first, settings.atOnce(), due, settings.duePerSecond());
  }

  private void inTime(Wave wave) {
    long late = clock.millis() - wave.due();
    if (late > 0) {
      problems.add(
          "wave %s was due %d ms before all was ready for it: the machine is too slow or busy"
              .formatted(wave.name(), late));
    }
  }

  private void weigh(int timers) {
    CheckpointFigures checkpoint = stack.flink().checkpoints(job);
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
            1_000 / armingMillis,
            checkpoint.latestBytes(),
            checkpoint.latestMillis()));
  }

  private void tell(Wave wave, Lateness late) {
    say(
        "wave %s: p50 %.0f, p99 %.0f, max %.0f ms late"
            .formatted(wave.name(), late.ms().p50(), late.ms().p99(), late.ms().max()));
  }

  private void compare(Wave wave, Lateness late, double alone) {
    tell(wave, late);
    comparisons.add(
        Comparison.of(
                "lateness-" + wave.name(),
                "ms p99",
                List.of(late.ms().p99()),
                "lone ms p99",
                List.of(alone))
            .withLatency(late.ms()));
    if (late.repeated() > 0) {
      notes.add("wave %s: %,d moments were told again".formatted(wave.name(), late.repeated()));
    }
  }

  /** Reads moments until each of these waves is told; some are told twice after a failure. */
  private List<Lateness> lateness(List<Wave> waves, long running) {
    long expected = waves.stream().mapToLong(Wave::size).sum();
    long last = waves.stream().mapToLong(Wave::ends).max().orElseThrow();
    Duration limit = Duration.ofMillis(Math.max(0, last - clock.millis())).plus(MOMENTS_LIMIT);
    List<Told> told = moments.read(expected, limit);
    if (running > 0) {
      told.stream()
          .mapToLong(Told::toldAt)
          .min()
          .ifPresent(
              first ->
                  notes.add(
                      "the first moment was told %,d ms after the restored job ran"
                          .formatted(first - running)));
    }
    return Lateness.of(told, waves, running, problems);
  }

  private void awaitTime(long at) {
    while (clock.millis() < at) {
      Polling.pause(LOOK_EVERY);
    }
  }

  private Duration room(int timers) {
    return ROOM.plusMillis(Math.round(TIMES_SLOWER * timers * armingMillis));
  }

  /** A whole second. */
  private long secondIn(Duration ahead) {
    return (clock.millis() + ahead.toMillis()) / 1_000 * 1_000;
  }

  private void say(String text) {
    out.println("  " + text);
    out.flush();
  }
}
