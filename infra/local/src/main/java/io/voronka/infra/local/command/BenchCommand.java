package io.voronka.infra.local.command;

import io.voronka.infra.local.bench.BenchReport;
import io.voronka.infra.local.bench.gateway.GatewayBench;
import io.voronka.infra.local.bench.gateway.GatewayBenchSettings;
import io.voronka.infra.local.bench.rules.HeavyRulesBench;
import io.voronka.infra.local.bench.rules.RuleWorkload;
import io.voronka.infra.local.bench.rules.RulesBench;
import io.voronka.infra.local.bench.rules.RulesBenchSettings;
import io.voronka.infra.local.stack.JobCatalog;
import io.voronka.infra.local.stack.LocalStack;
import io.voronka.infra.local.stack.SourceTree;
import io.voronka.infra.local.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measurements on a fresh stack that holds only what is measured. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Measures a part beside a simpler thing that does the same amount of moving; the ratio is what to look at.",
    subcommands = {
      BenchCommand.Gateway.class,
      BenchCommand.Rules.class,
      BenchTimersCommand.class,
      BenchActionsCommand.class
    })
public final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to measure: gateway, rules, timers or actions");
  }

  /** An option whose default hangs on another one. */
  static int or(Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }

  /** What all have in common. */
  static final class Shared {
    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as data, too.")
    private Path json;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description =
            "Folder of the stack, emptied first; .voronka-bench in the repository unless given.")
    private Path data;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Settings as asked for; what they refuse is a matter of usage. */
    <T> T settings(Supplier<T> asked) {
      try {
        return asked.get();
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
    }

    Path folder() {
      return (data != null
              ? data
              : SourceTree.find().defaultData().resolveSibling(".voronka-bench"))
          .toAbsolutePath();
    }

    /** Starts the stack, measures, and stops everything whatever happens. */
    int run(StackSettings settings, Measurement measurement)
        throws IOException, InterruptedException {
      ReportFile.requireWritable(spec, json);
      StackScreen screen = StackScreen.standard();
      try (LocalStack stack = new LocalStack(settings, screen);
          StopOnSignal onSignal = StopOnSignal.discarding(stack, System.out)) {
        try {
          stack.start();
          screen.settle();
          BenchReport report = measurement.on(stack);
          report.print(System.out);
          if (json != null) {
            report.write(json);
          }
          return report.ok() ? ExitCodes.OK : ExitCodes.FAILED;
        } finally {
          stack.discard();
        }
      }
    }

    /** What is done with a stack that is up. */
    interface Measurement {
      BenchReport on(LocalStack stack) throws IOException, InterruptedException;
    }
  }

  /** Webhooks a second. */
  @Command(
      name = "gateway",
      mixinStandardHelpOptions = true,
      description =
          "Webhooks a second that the gateway takes, each acknowledged by Kafka and counted there, beside the same HTTP"
              + " server that only answers 200, and beside a bare producer of the same records.")
  static final class Gateway implements Callable<Integer> {
    @Mixin private Shared shared;

    @Mixin private TurnOptions turns;

    @Option(
        names = "--connections",
        paramLabel = "N",
        defaultValue = "64",
        description = "${DEFAULT-VALUE} unless given.")
    private int connections;

    @Option(
        names = "--event-loops",
        paramLabel = "N",
        defaultValue = "2",
        description = "Of the gateway and of the bare server; ${DEFAULT-VALUE} unless given.")
    private int eventLoops;

    @Option(
        names = "--accounts",
        paramLabel = "N",
        defaultValue = "20",
        description = "CRM accounts that send; ${DEFAULT-VALUE} unless given.")
    private int accounts;

    @Override
    public Integer call() throws IOException, InterruptedException {
      GatewayBenchSettings settings =
          shared.settings(
              () ->
                  new GatewayBenchSettings(
                      turns.rounds(),
                      turns.turn(),
                      turns.warmUp(),
                      connections,
                      eventLoops,
                      accounts));
      Path folder = shared.folder();
      return shared.run(
          GatewayBench.stack(folder, settings),
          stack ->
              new GatewayBench(stack, settings, folder.resolve("logs"), System.out)
                  .run(Clock.systemUTC()));
    }
  }

  /** Events a second. */
  @Command(
      name = "rules",
      mixinStandardHelpOptions = true,
      description =
          "Events a second through evaluate-rules, beside a keyed job that reads and writes one state value and as many"
              + " bytes, and decides nothing; with fewer and with more rules; and matching alone beside Drools and Esper."
              + " Every output is counted.")
  static final class Rules implements Callable<Integer> {
    private static final int EVENTS = 1_000_000;
    private static final int HEAVY_EVENTS = 5_000_000;

    @Mixin private Shared shared;

    @Option(
        names = "--rounds",
        paramLabel = "N",
        defaultValue = "3",
        description = "Of each job, taking turns; ${DEFAULT-VALUE} unless given.")
    private int rounds;

    @Option(
        names = "--rules",
        paramLabel = "N",
        defaultValue = "1000",
        description = "In force; ${DEFAULT-VALUE} unless given.")
    private int rules;

    @Option(
        names = "--beside",
        paramLabel = "N",
        split = ",",
        defaultValue = "10,10000",
        description =
            "Other numbers of rules, measured in the same rounds; ${DEFAULT-VALUE} unless given, 0 for none.")
    private List<Integer> beside;

    @Option(
        names = "--engines",
        negatable = true,
        defaultValue = "true",
        fallbackValue = "true",
        description =
            "Compare matching with Drools and Esper, too; they come with the tests of the rule engine.")
    private boolean engines;

    @Option(
        names = "--heavy",
        description =
            "Measure instead what the heaviest legal rules of another tenant do to this one's events; --events is then all"
                + " that one job works off.")
    private boolean heavy;

    @Option(
        names = "--evaluated",
        paramLabel = "N",
        defaultValue = "5",
        description = "That each event meets; ${DEFAULT-VALUE} unless given.")
    private int evaluated;

    @Option(
        names = "--fire-every",
        paramLabel = "N",
        defaultValue = "10",
        description = "One event in so many fires a rule; ${DEFAULT-VALUE} unless given.")
    private int fireEvery;

    @Option(
        names = "--events",
        paramLabel = "N",
        description =
            "Of one round; 1000000 unless given, and 5000000 of all parts with --heavy: reading the heavy rules takes a"
                + " processor most of a second, and shorter parts measure little else.")
    private Integer events;

    @Option(
        names = "--leads",
        paramLabel = "N",
        defaultValue = "200000",
        description = "That the events are about; ${DEFAULT-VALUE} unless given.")
    private int leads;

    @Option(
        names = "--parallelism",
        paramLabel = "N",
        defaultValue = "2",
        description = "Of both jobs; ${DEFAULT-VALUE} unless given.")
    private int parallelism;

    @Override
    public Integer call() throws IOException, InterruptedException {
      RulesBenchSettings settings =
          shared.settings(
              () ->
                  new RulesBenchSettings(
                      rounds,
                      or(events, heavy ? HEAVY_EVENTS : EVENTS),
                      leads,
                      new RuleWorkload(rules, evaluated, fireEvery),
                      beside.stream().filter(number -> number != 0).toList(),
                      engines,
                      parallelism,
                      JobCatalog.CHECKPOINT_INTERVAL));
      Path folder = shared.folder();
      return shared.run(
          RulesBench.stack(folder, settings),
          stack ->
              heavy
                  ? new HeavyRulesBench(stack, settings, System.out).run(Clock.systemUTC())
                  : new RulesBench(stack, settings, folder.resolve("engines"), System.out)
                      .run(Clock.systemUTC()));
    }
  }
}
