package io.voronka.infra.local.command;

import io.voronka.infra.local.bench.timers.TimersBench;
import io.voronka.infra.local.bench.timers.TimersBenchSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How late moments are. */
@Command(
    name = "timers",
    mixinStandardHelpOptions = true,
    description =
        "How late evaluate-rules, or with --sequences drive-sequences, is with moments that very"
            + " many leads wait for: many due at one instant, many spread over one second, many while"
            + " the job is away, and many of both after it was restored from its checkpoint; beside a"
            + " few that are due alone.")
final class BenchTimersCommand implements Callable<Integer> {
  private static final int AT_ONCE = 100_000;
  private static final int WAVE = 300_000;
  private static final int DUE_PER_SECOND = 10_000;

  @Mixin private BenchCommand.Shared shared;

  @Option(names = "--sequences", description = "Leads wait in a sequence, and not for a rule.")
  private boolean sequences;

  @Option(
      names = {"--timers", "--enrolments"},
      paramLabel = "N",
      defaultValue = "2000000",
      description =
          "Armed in all; ${DEFAULT-VALUE} unless given, which takes --sequences some minutes.")
  private int timers;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description =
          "That are due in one wave, five times; 100000 unless given, and with --sequences 300000,"
              + " three times. Further ones warm the job up.")
  private Integer atOnce;

  @Option(
      names = "--due-per-second",
      paramLabel = "N",
      description =
          "Of a wave, at each whole second; the whole wave at one instant unless given, and 10000"
              + " with --sequences.")
  private Integer duePerSecond;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Of the job; ${DEFAULT-VALUE} unless given.")
  private int parallelism;

  @Option(
      names = "--rocks-db",
      paramLabel = "MIB",
      defaultValue = "1024",
      description =
          "What RocksDB may use for its cache and what it has not written yet; ${DEFAULT-VALUE}"
              + " unless given, some 200 bytes a timer of five million.")
  private int rocksDbMb;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Of the job; ${DEFAULT-VALUE} unless given.")
  private int checkpointSeconds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    int wave = BenchCommand.or(atOnce, sequences ? WAVE : AT_ONCE);
    TimersBenchSettings settings =
        shared.settings(
            () ->
                new TimersBenchSettings(
                    sequences,
                    timers,
                    wave,
                    BenchCommand.or(duePerSecond, sequences ? DUE_PER_SECOND : wave),
                    parallelism,
                    rocksDbMb,
                    Duration.ofSeconds(checkpointSeconds)));
    return shared.run(
        TimersBench.stack(shared.folder(), settings),
        stack -> new TimersBench(stack, settings, Clock.systemUTC(), System.out).run());
  }
}
