package io.voronka.infra.local.command;

import io.voronka.connectors.crm.tokens.TokenStoreException;
import io.voronka.infra.local.soak.SequenceSoak;
import io.voronka.infra.local.soak.SequenceSoakSettings;
import io.voronka.infra.local.soak.Soak;
import io.voronka.infra.local.soak.SoakReport;
import io.voronka.infra.local.soak.SoakSettings;
import io.voronka.infra.local.stack.JobCatalog;
import io.voronka.infra.local.stack.LocalStack;
import io.voronka.infra.local.stack.SourceTree;
import io.voronka.infra.local.stack.StackSettings;
import io.voronka.infra.local.stack.StackSettings.Life;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Load and kills on a fresh stack, then the books. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    description =
        "Starts a fresh stack, sends load through the gateway, kills one component after the other"
            + " (each only after a completed checkpoint), then compares what senders were told,"
            + " what the topics hold and what the CRM did.")
public final class SoakCommand implements Callable<Integer> {

  private static final int KILLS = 30;
  private static final int KILLS_OF_SEQUENCES = 20;
  private static final List<String> KILLABLE =
      List.of(
          LocalStack.taskManager(1),
          LocalStack.JOB_MANAGER,
          LocalStack.KAFKA,
          LocalStack.GATEWAY,
          LocalStack.POSTGRES,
          LocalStack.SANDBOX);

  @Spec private CommandSpec spec;

  @Option(
      names = "--sequences",
      description =
          "Leads go through a sequence instead, and the task manager is what is killed; --rate is"
              + " then leads a second.")
  private boolean sequences;

  @Option(
      names = "--leads",
      paramLabel = "N",
      defaultValue = "10000",
      description = "With --sequences: that enter; ${DEFAULT-VALUE} unless given.")
  private int leads;

  @Option(
      names = "--kills",
      paramLabel = "N",
      description = "30 unless given, and 20 with --sequences.")
  private Integer kills;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of what is killed, and when.")
  private long seed;

  @Option(
      names = "--kill",
      paramLabel = "COMPONENT",
      split = ",",
      defaultValue =
          "taskmanager-1,jobmanager,kafka,gateway,postgres,sandbox,evaluate-rules,execute-actions",
      description = "What is killed, in turns; ${DEFAULT-VALUE} unless given.")
  private List<String> components;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Leads moved a second, two effects each; and an eighth as many messages, answered.")
  private double rate;

  @Option(names = "--json", paramLabel = "FILE", description = "Write what was found as data, too.")
  private Path json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder of the stack, emptied first; .voronka-soak in the repository unless given.")
  private Path data;

  @Override
  public Integer call() throws IOException, SQLException, TokenStoreException {
    ReportFile.requireWritable(spec, json);
    Trial trial = trial();
    Path folder =
        (data != null ? data : SourceTree.find().defaultData().resolveSibling(".voronka-soak"))
            .toAbsolutePath();
    StackScreen screen = StackScreen.standard();
    try (LocalStack stack =
            new LocalStack(StackSettings.at(folder).withFresh(true).withLife(Life.BRIEF), screen);
        StopOnSignal onSignal = StopOnSignal.discarding(stack, System.out)) {
      stack.start();
      screen.settle();
      stack.archiveClasses(LocalStack.taskManager(1));
      SoakReport report = trial.on(stack, folder.resolve("story"));
      report.print(System.out);
      if (json != null) {
        report.write(json);
      }
      stack.discard();
      return report.ok() ? ExitCodes.OK : ExitCodes.FAILED;
    }
  }

  /** What is done with the stack; what cannot be meant is refused before there is one. */
  private Trial trial() {
    Clock clock = Clock.systemUTC();
    try {
      if (sequences) {
        int times = kills == null ? KILLS_OF_SEQUENCES : kills;
        SequenceSoakSettings settings =
            new SequenceSoakSettings("soak", 8, leads, rate, times, seed);
        return (stack, folder) ->
            new SequenceSoak(stack, folder, settings, clock, System.out).run();
      }
      components.forEach(this::requireKnown);
      int times = kills == null ? KILLS : kills;
      SoakSettings settings = new SoakSettings("soak", 20, rate, times, components, seed);
      return (stack, folder) -> new Soak(stack, folder, settings, clock, System.out).run();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void requireKnown(String component) {
    List<String> known = new ArrayList<>(KILLABLE);
    known.addAll(JobCatalog.NAMES);
    if (!known.contains(component)) {
      throw new ParameterException(
          spec.commandLine(),
          "--kill: there is no %s; there are %s".formatted(component, String.join(", ", known)));
    }
  }

  /** One way of trying a stack. */
  private interface Trial {
    SoakReport on(LocalStack stack, Path folder)
        throws IOException, SQLException, TokenStoreException;
  }
}
