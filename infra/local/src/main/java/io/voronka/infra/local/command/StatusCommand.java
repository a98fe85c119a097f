package io.voronka.infra.local.command;

import io.voronka.infra.local.apply.Counted;
import io.voronka.infra.local.flink.CheckpointFigures;
import io.voronka.infra.local.flink.ClusterOverview;
import io.voronka.infra.local.flink.FlinkCluster;
import io.voronka.infra.local.flink.FlinkException;
import io.voronka.infra.local.flink.FlinkException.Reason;
import io.voronka.infra.local.flink.JobSummary;
import io.voronka.infra.local.stack.StackAddresses;
import io.voronka.infra.local.stack.StackException;
import io.voronka.infra.local.stack.StackFile;
import io.voronka.infra.local.topics.AnsweringKafka;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows a cluster and its jobs. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Shows the cluster, its jobs and their newest checkpoints. Exits 0 when every job that has not ended runs and,"
            + " on the local stack, all its parts and jobs are there.")
public final class StatusCommand implements Callable<Integer> {

  @Mixin private ClusterOptions options;

  @Override
  public Integer call() {
    PrintStream out = System.out;
    FlinkCluster cluster = options.cluster();
    Optional<StackFile> local = options.localStack();
    // Before Flink is asked, which may be what is down.
    List<String> down = local.map(StackFile::down).orElse(List.of());
    down.forEach(name -> out.printf("  %-18s down; it is being started again%n", name));
    ClusterOverview overview = cluster.overview();
    out.println(
        "Flink %s at %s: %s, %d of %d slots free"
            .formatted(
                overview.version(),
                cluster.address(),
                Counted.of(overview.taskManagers(), "TaskManager"),
                overview.freeSlots(),
                overview.slots()));
    boolean allRun = down.isEmpty() && (overview.taskManagers() > 0 || local.isEmpty());
    List<JobSummary> jobs = cluster.jobs();
    for (JobSummary job : jobs) {
      out.println(describe(job, checkpoints(cluster, job)));
      allRun &= job.ended() || job.fullyRunning();
    }
    // A JobManager that was just started again does not know the local stack's jobs yet.
    List<String> gone = local.map(stack -> gone(stack, jobs)).orElse(List.of());
    gone.forEach(name -> out.printf("  %-18s not submitted yet%n", name));
    allRun &= gone.isEmpty();
    local.ifPresent(
        stack -> {
          StackAddresses at = stack.addresses();
          out.println(
              "gateway %s · Kafka %s · PostgreSQL %s · sandbox %s · launcher %d"
                  .formatted(
                      at.gateway(), at.kafka(), at.jdbcUrl(), at.sandbox(), stack.launcherPid()));
          out.println(tally(at.kafka()));
        });
    out.flush();
    return allRun ? ExitCodes.OK : ExitCodes.FAILED;
  }

  /** The jobs that the launcher looks after and the cluster does not know. */
  static List<String> gone(StackFile stack, List<JobSummary> jobs) {
    Set<String> known = jobs.stream().map(JobSummary::name).collect(Collectors.toSet());
    return stack.wantedJobs().stream().filter(name -> !known.contains(name)).toList();
  }

  /** A job that only begins, or ends just now, cannot be asked for them; that is no failure. */
  private static CheckpointFigures checkpoints(FlinkCluster cluster, JobSummary job) {
    if (job.ended()) {
      return null;
    }
    try {
      return cluster.checkpoints(job.id());
    } catch (FlinkException e) {
      if (e.reason() == Reason.UNREACHABLE) {
        throw e;
      }
      return null;
    }
  }

  private static String tally(String kafka) {
    try {
      return ActionTally.read(AnsweringKafka.at(kafka), Clock.systemUTC().millis()).line();
    } catch (StackException | KafkaException e) {
      return "actions of the last 24 h: not known (" + e.getMessage() + ")";
    }
  }

  /**
   * @param checkpoints null for a job that has ended or cannot tell
   */
  static String describe(JobSummary job, CheckpointFigures checkpoints) {
    String line =
        String.format(
            Locale.ROOT,
            "  %-18s %-10s %d/%d tasks  %s",
            job.name(),
            job.state(),
            job.runningTasks(),
            job.tasks(),
            job.id());
    if (checkpoints == null || checkpoints.latestId() < 0) {
      return line;
    }
    return line
        + String.format(
            Locale.ROOT,
            "  checkpoint %d: %d KB in %d ms",
            checkpoints.latestId(),
            checkpoints.latestBytes() / 1024,
            checkpoints.latestMillis());
  }
}
