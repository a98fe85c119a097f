package io.voronka.infra.local.command;

import io.voronka.infra.local.bench.actions.ActionsBench;
import io.voronka.infra.local.bench.actions.ActionsBenchSettings;
import io.voronka.infra.local.stack.JobCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the trouble of one costs the others. */
@Command(
    name = "actions",
    mixinStandardHelpOptions = true,
    description =
        "What other accounts notice while one asks for ten times its budget, and other webhook hosts while one is dead and"
            + " one answers after 30 s, beside turns in which all is well.")
final class BenchActionsCommand implements Callable<Integer> {
  @Mixin private BenchCommand.Shared shared;

  @Mixin private TurnOptions turns;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "20",
      description = "CRM accounts, of which one floods; ${DEFAULT-VALUE} unless given.")
  private int accounts;

  @Option(
      names = "--endpoints",
      paramLabel = "N",
      defaultValue = "100",
      description = "Hosts of webhooks; ${DEFAULT-VALUE} unless given.")
  private int endpoints;

  @Option(
      names = "--webhooks-per-second",
      paramLabel = "N",
      defaultValue = "200",
      description = "To all of them; ${DEFAULT-VALUE} unless given.")
  private int webhooksPerSecond;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Of the job; ${DEFAULT-VALUE} unless given.")
  private int parallelism;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ActionsBenchSettings settings =
        shared.settings(
            () ->
                new ActionsBenchSettings(
                    turns.rounds(),
                    turns.turn(),
                    turns.warmUp(),
                    accounts,
                    endpoints,
                    webhooksPerSecond,
                    parallelism,
                    JobCatalog.CHECKPOINT_INTERVAL));
    Path folder = shared.folder();
    return shared.run(
        ActionsBench.stack(folder, settings),
        stack ->
            new ActionsBench(
                    stack, settings, folder.resolve("secrets"), Clock.systemUTC(), System.out)
                .run());
  }
}
