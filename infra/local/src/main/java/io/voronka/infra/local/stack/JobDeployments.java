package io.voronka.infra.local.stack;

import io.voronka.infra.local.flink.EmptyStateGuard;
import io.voronka.infra.local.flink.FlinkCluster;
import io.voronka.infra.local.flink.FlinkException;
import io.voronka.infra.local.flink.JobSubmission;
import io.voronka.infra.local.flink.JobSummary;
import io.voronka.infra.local.flink.RetainedCheckpoints;
import io.voronka.infra.local.flink.StatePath;
import io.voronka.infra.local.stack.StackException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our jobs on the local cluster: submitted from their newest state, watched, and submitted again
 * when they are gone.
 *
 * <p>A standalone JobManager forgets its jobs when it dies. This is what stands in for a highly
 * available one: jobs that are wanted and missing are submitted again from their newest retained
 * checkpoint.
 */
final class JobDeployments {

  private static final Logger LOG = LoggerFactory.getLogger(JobDeployments.class);
  private static final Duration RUNNING_WITHIN = Duration.ofSeconds(180);
  private static final Duration SAVEPOINT_WITHIN = Duration.ofSeconds(40);
  private static final int SAVEPOINTS_KEPT = 3;

  private final FlinkCluster cluster;
  private final List<JobPlan> plans;
  private final Function<String, Path> jars;
  private final DataDirectory data;
  private final StackListener listener;
  private final BooleanSupplier clusterReady;
  private final EmptyStateGuard guard;

  private final Map<String, String> ids = new ConcurrentHashMap<>();
  private final Map<String, String> shown = new ConcurrentHashMap<>();
  private final Set<String> unwanted = ConcurrentHashMap.newKeySet();
  private final Set<String> swept = new HashSet<>();
  private final Map<String, RestartPause> pauses = new HashMap<>();
  private final Map<String, Long> notBefore = new HashMap<>();

  /**
   * @param jars finds a job's jar
   * @param clusterReady whether it makes sense to ask the cluster anything
   * @param guard refuses empty state where a consumer group has read before
   */
  JobDeployments(
      FlinkCluster cluster,
      List<JobPlan> plans,
      Function<String, Path> jars,
      DataDirectory data,
      StackListener listener,
      BooleanSupplier clusterReady,
      EmptyStateGuard guard) {
    this.cluster = cluster;
    this.plans = List.copyOf(plans);
    this.jars = jars;
    this.data = data;
    this.listener = listener;
    this.clusterReady = clusterReady;
    this.guard = guard;
  }

  /**
   * Submits all jobs and waits until every task of each runs.
   *
   * @throws StackException JOB_FAILED
   */
  void startAll() {
    try {
      for (JobPlan plan : plans) {
        submit(plan, Optional.empty());
      }
      for (JobPlan plan : plans) {
        cluster.awaitRunning(ids.get(plan.name()), RUNNING_WITHIN);
        show(plan.name(), "RUNNING");
      }
    } catch (FlinkException e) {
      throw new StackException(Reason.JOB_FAILED, e.getMessage(), e);
    }
  }

  /** The present id of a job; empty when it was never submitted. */
  Optional<String> idOf(String job) {
    return Optional.ofNullable(ids.get(job));
  }

  /** Whether every job runs with all its tasks, but for those that somebody stopped. */
  boolean allRunning() {
    List<JobSummary> jobs = cluster.jobs();
    return plans.stream()
        .map(JobPlan::name)
        .filter(name -> !unwanted.contains(name))
        .allMatch(
            name -> jobs.stream().anyMatch(job -> job.name().equals(name) && job.fullyRunning()));
  }

  /**
   * One look at the cluster: submits what is wanted and missing, tidies up after what has got
   * going.
   */
  synchronized void reconcile() {
    if (!clusterReady.getAsBoolean()) {
      return;
    }
    List<JobSummary> jobs;
    try {
      jobs = cluster.jobs();
    } catch (FlinkException e) {
      LOG.debug("cannot look at the jobs", e);
      return;
    }
    for (JobPlan plan : plans) {
      try {
        reconcile(plan, jobs);
      } catch (FlinkException | StackException | UncheckedIOException e) {
        LOG.warn("job {} could not be brought back; trying again", plan.name(), e);
        listener.note(plan.name() + ": " + e.getMessage());
        postpone(plan.name());
      }
    }
  }

  /**
   * Ends all jobs, each with a savepoint unless it begins with nothing anyway.
   *
   * @return the names of the jobs whose savepoint failed; they go on from their newest checkpoint
   *     at the next start
   */
  List<String> stopAll() {
    return plans.parallelStream().filter(plan -> !stop(plan)).map(JobPlan::name).toList();
  }

  /** Ends a job at once and submits it again from its newest checkpoint. */
  synchronized void kill(String job) {
    JobPlan plan =
        plans.stream()
            .filter(one -> one.name().equals(job))
            .findFirst()
            .orElseThrow(() -> new StackException(Reason.JOB_FAILED, "no job is called " + job));
    JobSummary live =
        cluster
            .job(job)
            .filter(one -> !one.ended())
            .orElseThrow(() -> new StackException(Reason.JOB_FAILED, job + " does not run"));
    cluster.cancel(live.id(), SAVEPOINT_WITHIN);
    submit(plan, Optional.of(live));
  }

  private boolean stop(JobPlan plan) {
    Optional<JobSummary> live;
    try {
      live = cluster.job(plan.name()).filter(job -> !job.ended());
    } catch (FlinkException e) {
      return false;
    }
    if (live.isEmpty()) {
      return true;
    }
    String id = live.get().id();
    try {
      if (plan.start() == JobPlan.Start.NOTHING) {
        show(plan.name(), "cancelling");
        cluster.cancel(id, SAVEPOINT_WITHIN);
        show(plan.name(), StackListener.STOPPED);
        return true;
      }
      show(plan.name(), "savepoint");
      String target = StatePath.of(savepoints(plan.name()));
      cluster.stopWithSavepoint(id, Optional.of(target), SAVEPOINT_WITHIN);
      RetainedCheckpoints.keepNewestSavepoints(savepoints(plan.name()), SAVEPOINTS_KEPT);
      show(plan.name(), StackListener.STOPPED);
      return true;
    } catch (FlinkException | IOException e) {
      LOG.warn("job {} could not be stopped with a savepoint", plan.name(), e);
      show(plan.name(), "no savepoint: " + e.getMessage());
      return plan.start() == JobPlan.Start.NOTHING;
    }
  }

  private void reconcile(JobPlan plan, List<JobSummary> jobs) {
    String name = plan.name();
    Optional<JobSummary> newest =
        jobs.stream().filter(job -> job.name().equals(name)).reduce((first, last) -> last);
    String state = newest.map(JobSummary::state).orElse("gone");
    if (newest.isPresent() && !newest.get().ended()) {
      unwanted.remove(name);
      ids.put(name, newest.get().id());
      boolean begins = state.equals("RUNNING") && !newest.get().fullyRunning();
      show(name, begins ? "starting" : state);
      sweep(plan, newest.get());
      return;
    }
    if (state.equals("FINISHED") || state.equals("CANCELED")) {
      // Somebody stopped it; that is not ours to undo.
      unwanted.add(name);
      show(name, StackListener.STOPPED);
      return;
    }
    if (unwanted.contains(name)
        || System.nanoTime() < notBefore.getOrDefault(name, Long.MIN_VALUE)) {
      return;
    }
    listener.note(
        name
            + (newest.isPresent() ? " failed" : " is gone")
            + "; it goes on from its newest checkpoint");
    postpone(name);
    submit(plan, newest);
  }

  private void postpone(String job) {
    Duration pause = pauses.computeIfAbsent(job, any -> new RestartPause()).next();
    // The overview may lag a little behind a submission: never twice within this time.
    Duration atLeast = Duration.ofSeconds(3).plus(pause);
    notBefore.put(job, System.nanoTime() + atLeast.toNanos());
  }

  private void submit(JobPlan plan, Optional<JobSummary> failed) {
    show(plan.name(), "submitting");
    Optional<Path> state = newestState(plan);
    if (state.isEmpty() && plan.start() == JobPlan.Start.NEWEST_STATE && failed.isEmpty()) {
      guard.check(plan.name());
    }
    String id =
        cluster.submit(
            new JobSubmission(
                jars.apply(plan.name()),
                plan.arguments(),
                plan.parallelism(),
                state.map(StatePath::of),
                Map.of("execution.checkpointing.dir", StatePath.of(checkpoints(plan.name())))));
    ids.put(plan.name(), id);
    LOG.info(
        "job {} submitted as {} from {}",
        plan.name(),
        id,
        state.map(Path::toString).orElse("nothing"));
    show(plan.name(), state.isPresent() ? "resuming" : "starting");
  }

  private Optional<Path> newestState(JobPlan plan) {
    if (plan.start() == JobPlan.Start.NOTHING) {
      return Optional.empty();
    }
    try {
      return RetainedCheckpoints.newest(checkpoints(plan.name()), savepoints(plan.name()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for the checkpoints of " + plan.name(), e);
    }
  }

  /** Deletes the checkpoints of earlier lives once the present one has its own. */
  private void sweep(JobPlan plan, JobSummary job) {
    if (!job.fullyRunning() || swept.contains(job.id())) {
      return;
    }
    if (cluster.checkpoints(job.id()).completed() == 0) {
      return;
    }
    try {
      RetainedCheckpoints.forgetEarlierLives(checkpoints(plan.name()), job.id());
      swept.add(job.id());
    } catch (IOException e) {
      LOG.warn("cannot delete old checkpoints of {}", plan.name(), e);
    }
  }

  private Path checkpoints(String job) {
    return data.folder("checkpoints/" + job);
  }

  private Path savepoints(String job) {
    return data.folder("savepoints/" + job);
  }

  private void show(String job, String state) {
    if (!state.equals(shown.put(job, state))) {
      listener.job(job, state);
    }
  }
}
