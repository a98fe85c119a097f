package io.voronka.infra.local.command;

import io.voronka.infra.local.flink.FlinkCluster;
import io.voronka.infra.local.flink.JobSummary;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a savepoint of a running job. */
@Command(
    name = "savepoint",
    mixinStandardHelpOptions = true,
    description = "Takes a savepoint of a job that goes on, and prints where it is.")
public final class SavepointCommand implements Callable<Integer> {

  @Mixin private ClusterOptions options;

  @Parameters(paramLabel = "JOB", description = "The job's name or id.")
  private String job;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Folder or URI; the local stack's, or the cluster's own setting, unless given.")
  private String to;

  @Override
  public Integer call() {
    FlinkCluster cluster = options.cluster();
    JobSummary live = cluster.liveJob(job);
    Optional<String> target = to != null ? Optional.of(to) : options.savepoints(live.name());
    System.out.println(cluster.savepoint(live.id(), target, Duration.ofMinutes(10)));
    return ExitCodes.OK;
  }
}
