package io.voronka.infra.local.command;

import io.voronka.infra.local.flink.EmptyStateGuard;
import io.voronka.infra.local.flink.FlinkCluster;
import io.voronka.infra.local.flink.FlinkException;
import io.voronka.infra.local.flink.FlinkException.Reason;
import io.voronka.infra.local.flink.JobSubmission;
import io.voronka.infra.local.flink.RetainedCheckpoints;
import io.voronka.infra.local.flink.StatePath;
import io.voronka.infra.local.stack.JobCatalog;
import io.voronka.infra.local.stack.SourceTree;
import io.voronka.infra.local.stack.StackFile;
import io.voronka.infra.local.topics.AnsweringKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a job on a running cluster. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description =
        "Starts a job and waits until it runs. On the local stack it goes on from the newest savepoint or checkpoint; elsewhere"
            + " from the one given. Refuses to start with empty state where the job has read before.")
public final class SubmitCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ClusterOptions options;

  @Parameters(
      index = "0",
      paramLabel = "JOB",
      description = "The job's name, such as evaluate-rules.")
  private String job;

  @Parameters(
      index = "1..*",
      paramLabel = "ARG",
      description = "Arguments for the job, after --; the local stack adds its own addresses.")
  private List<String> arguments = List.of();

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "The built one of jobs/<JOB> unless given.")
  private Path jar;

  @Option(
      names = "--from",
      paramLabel = "PATH",
      description = "Savepoint or checkpoint to go on from.")
  private String from;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "The cluster's default unless given.")
  private int parallelism;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description =
          "Where to look whether the job has read before; the local stack's unless given.")
  private String kafka;

  @Option(names = "--allow-empty-state", description = "Start with empty state all the same.")
  private boolean allowEmptyState;

  @Override
  public Integer call() throws IOException {
    if (jar == null) {
      JobCatalog.objection(job)
          .ifPresent(
              objection -> {
                throw new ParameterException(spec.commandLine(), objection);
              });
    }
    FlinkCluster cluster = options.cluster();
    if (cluster.job(job).filter(there -> !there.ended()).isPresent()) {
      throw new FlinkException(Reason.REFUSED, job + " runs already at " + cluster.address());
    }
    Optional<StackFile> local = options.localStack();
    Optional<String> state = Optional.ofNullable(from);
    if (state.isEmpty() && local.isPresent() && !JobCatalog.startsFromNothing(job)) {
      state =
          RetainedCheckpoints.newest(folder("checkpoints"), folder("savepoints"))
              .map(StatePath::of);
    }
    if (state.isEmpty() && !allowEmptyState && !JobCatalog.startsFromNothing(job)) {
      guard(local).check(job);
    }
    List<String> all =
        local
            .map(stack -> JobCatalog.arguments(job, stack.addresses()).withAll(arguments).list())
            .orElse(arguments);
    Map<String, String> configuration =
        local.isEmpty()
            ? Map.of()
            : Map.of("execution.checkpointing.dir", StatePath.of(folder("checkpoints")));
    Path file = jar != null ? jar : SourceTree.find().jar(JobCatalog.module(job), "job");
    String id = cluster.submit(new JobSubmission(file, all, parallelism, state, configuration));
    awaitRunning(cluster, id);
    System.out.println(job + " runs as " + id + state.map(path -> " from " + path).orElse(""));
    return ExitCodes.OK;
  }

  private void awaitRunning(FlinkCluster cluster, String id) {
    try {
      cluster.awaitRunning(id, Duration.ofMinutes(3));
    } catch (FlinkException e) {
      if (e.reason() != Reason.TIMED_OUT) {
        throw e;
      }
      String left = "; the cluster goes on trying until 'voronka stop --no-savepoint %s'";
      throw new FlinkException(Reason.TIMED_OUT, e.getMessage() + left.formatted(job), e);
    }
  }

  private EmptyStateGuard guard(Optional<StackFile> local) {
    String servers =
        kafka != null
            ? AnsweringKafka.at(kafka)
            : local.map(stack -> stack.addresses().kafka()).orElse(null);
    if (servers == null) {
      throw new FlinkException(
          Reason.EMPTY_STATE,
          ("%s would start with empty state; give --kafka, so that it can be seen whether it has read before,"
                  + " or --from, or --allow-empty-state")
              .formatted(job));
    }
    return EmptyStateGuard.of(
        servers, "give a savepoint or checkpoint with --from, or --allow-empty-state");
  }

  private Path folder(String kind) {
    return options.data().resolve(kind).resolve(job);
  }
}
