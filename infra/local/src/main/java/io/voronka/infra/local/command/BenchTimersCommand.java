package io.voronka.infra.local.command;

import io.voronka.infra.local.bench.timers.TimersBench;
import io.voronka.infra.local.bench.timers.TimersBenchSettings;
import io.voronka.infra.local.stack.JobCatalog;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How late moments are. */
@Command(
    name = "timers",
    mixinStandardHelpOptions = true,
    description =
        "How late evaluate-rules is with moments that very many leads wait for: many due at one instant, many while the"
            + " job is away, and many after it was restored from its checkpoint; beside a few that are due alone.")
final class BenchTimersCommand implements Callable<Integer> {
  @Mixin private BenchCommand.Shared shared;

  @Option(
      names = "--timers",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "Armed in all; ${DEFAULT-VALUE} unless given.")
  private int timers;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      defaultValue = "100000",
      description = "That are due at one instant, three times; ${DEFAULT-VALUE} unless given.")
  private int atOnce;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Of the job; ${DEFAULT-VALUE} unless given.")
  private int parallelism;

  @Override
  public Integer call() throws IOException, InterruptedException {
    TimersBenchSettings settings =
        new TimersBenchSettings(timers, atOnce, parallelism, JobCatalog.CHECKPOINT_INTERVAL);
    return shared.run(
        TimersBench.stack(shared.folder(), settings),
        stack -> new TimersBench(stack, settings, Clock.systemUTC(), System.out).run());
  }
}
