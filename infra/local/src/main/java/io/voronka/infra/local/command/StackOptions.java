package io.voronka.infra.local.command;

import io.voronka.infra.local.stack.JobCatalog;
import io.voronka.infra.local.stack.PortNames;
import io.voronka.infra.local.stack.SourceTree;
import io.voronka.infra.local.stack.StackSettings;
import io.voronka.infra.local.stack.StackSettings.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every subcommand that starts a local stack. */
public final class StackOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the stack keeps everything; .voronka in the repository unless given.")
  private Path data;

  @Option(names = "--fresh", description = "Forget what the last runs left there.")
  private boolean fresh;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      description = "Any free one unless given, as all ports.")
  private int kafkaPort;

  @Option(names = "--postgres-port", paramLabel = "PORT")
  private int postgresPort;

  @Option(
      names = "--flink-port",
      paramLabel = "PORT",
      description = "Flink's REST API and web page.")
  private int flinkPort;

  @Option(names = "--gateway-port", paramLabel = "PORT")
  private int gatewayPort;

  @Option(names = "--sandbox-port", paramLabel = "PORT")
  private int sandboxPort;

  @Option(
      names = "--task-managers",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many TaskManagers; ${DEFAULT-VALUE} unless given.")
  private int taskManagers;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Of each job; ${DEFAULT-VALUE} unless given.")
  private int parallelism;

  @Option(
      names = "--without",
      paramLabel = "PART",
      split = ",",
      description = "Leave out: ${COMPLETION-CANDIDATES}.")
  private Set<Part> without = EnumSet.noneOf(Part.class);

  @Option(
      names = "--jobs",
      paramLabel = "JOB",
      split = ",",
      arity = "0..1",
      description = "The jobs to submit, comma-separated; all unless given.")
  private List<String> jobs;

  @Option(
      names = "--allow-empty-state",
      description = "Start jobs with empty state even where they have read before.")
  private boolean allowEmptyState;

  /** The settings that these options ask for. */
  public StackSettings settings() {
    require(taskManagers >= 1, "--task-managers is at least 1");
    require(parallelism >= 1, "--parallelism is at least 1");
    ports()
        .forEach(
            (name, port) ->
                require(port >= 0 && port <= 65_535, "a port of " + name + " is from 1 to 65535"));
    Path folder = data != null ? data : SourceTree.find().defaultData();
    EnumSet<Part> parts = EnumSet.allOf(Part.class);
    parts.removeAll(without);
    Set<String> names = new LinkedHashSet<>(JobCatalog.NAMES);
    if (jobs != null) {
      names = new LinkedHashSet<>(jobs);
      names.removeIf(String::isBlank);
      for (String job : names) {
        JobCatalog.objection(job).ifPresent(objection -> require(false, objection));
      }
    }
    return StackSettings.at(folder)
        .withFresh(fresh)
        .withPorts(ports())
        .withFlink(taskManagers, 12, parallelism)
        .withJobs(names)
        .withParts(parts)
        .withCheckpointInterval(Duration.ofSeconds(2))
        .withAllowEmptyState(allowEmptyState);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private Map<String, Integer> ports() {
    Map<String, Integer> asked = new LinkedHashMap<>();
    asked.put(PortNames.KAFKA, kafkaPort);
    asked.put(PortNames.POSTGRES, postgresPort);
    asked.put(PortNames.FLINK_REST, flinkPort);
    asked.put(PortNames.GATEWAY, gatewayPort);
    asked.put(PortNames.SANDBOX, sandboxPort);
    return asked;
  }
}
