package io.voronka.infra.local.command;

import io.voronka.infra.local.flink.FlinkCluster;
import io.voronka.infra.local.flink.JobSummary;
import io.voronka.infra.local.stack.JobCatalog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a job. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = "Ends a job with a savepoint and prints where that is; submit goes on from it.")
public final class StopCommand implements Callable<Integer> {

  private static final Duration WITHIN = Duration.ofMinutes(10);

  @Mixin private ClusterOptions options;

  @Parameters(paramLabel = "JOB", description = "The job's name or id.")
  private String job;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Folder or URI; the local stack's, or the cluster's own setting, unless given.")
  private String to;

  @Option(names = "--no-savepoint", description = "Cancel it; retained checkpoints stay.")
  private boolean noSavepoint;

  @Override
  public Integer call() {
    FlinkCluster cluster = options.cluster();
    JobSummary live = cluster.liveJob(job);
    if (noSavepoint || JobCatalog.startsFromNothing(live.name())) {
      cluster.cancel(live.id(), WITHIN);
      System.out.println(live.name() + " cancelled, without a savepoint");
      return ExitCodes.OK;
    }
    Optional<String> target = to != null ? Optional.of(to) : options.savepoints(live.name());
    System.out.println(cluster.stopWithSavepoint(live.id(), target, WITHIN));
    return ExitCodes.OK;
  }
}
