package io.voronka.infra.local.command;

import io.voronka.connectors.crm.tokens.TokenStoreException;
import io.voronka.infra.local.demo.Demo;
import io.voronka.infra.local.demo.Report;
import io.voronka.infra.local.demo.Sabotage;
import io.voronka.infra.local.stack.LocalStack;
import io.voronka.infra.local.stack.SourceTree;
import io.voronka.infra.local.stack.StackSettings;
import io.voronka.infra.local.stack.StackSettings.Life;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Starts a fresh stack, plays a story against it through the front door, and checks every effect.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Starts a fresh stack, sends webhooks of a simulated Kommo through the gateway and follows them to their effects."
            + " Exits 0 only when every expected effect, and no other, is in the simulated Kommo's ledger.")
public final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--sabotage",
      paramLabel = "WHAT",
      description = "Break something on purpose, to see it noticed: ${COMPLETION-CANDIDATES}.")
  private Sabotage sabotage;

  @Option(names = "--json", paramLabel = "FILE", description = "Write what was found as data, too.")
  private Path json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder of the demo's stack, emptied first; .voronka-demo in the repository unless given.")
  private Path data;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "Webhooks a second of the load over 20 accounts; ${DEFAULT-VALUE} unless given.")
  private double rate;

  @Option(
      names = "--load-seconds",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "How long the load lasts after "
              + Demo.WARM_UP_SECONDS
              + " seconds of warming up; ${DEFAULT-VALUE} unless given.")
  private int loadSeconds;

  @Override
  public Integer call() throws IOException, SQLException, TokenStoreException {
    if (!(rate > 0) || loadSeconds < 0) {
      throw new ParameterException(
          spec.commandLine(), "--rate is above 0, and --load-seconds not below it");
    }
    ReportFile.requireWritable(spec, json);
    PrintStream out = System.out;
    Clock clock = Clock.systemUTC();
    Path folder =
        (data != null ? data : SourceTree.find().defaultData().resolveSibling(".voronka-demo"))
            .toAbsolutePath();
    StackScreen screen = StackScreen.standard();
    Report report = new Report(out);
    try (LocalStack stack =
            new LocalStack(StackSettings.at(folder).withFresh(true).withLife(Life.BRIEF), screen);
        StopOnSignal onSignal = StopOnSignal.discarding(stack, out)) {
      stack.start();
      screen.settle();
      out.println();
      Demo.Settings settings =
          new Demo.Settings(
              "demo",
              Duration.ofSeconds(15),
              Optional.ofNullable(sabotage),
              rate,
              loadSeconds,
              Long.getLong("voronka.typed-at", clock.millis()));
      new Demo(stack, folder.resolve("story"), report, clock, settings).run();
      report.printSummary();
      if (json != null) {
        report.write(json);
      }
      stack.discard();
    }
    return report.ok() ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
