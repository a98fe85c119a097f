package io.voronka.infra.local.bench.timers;

import io.voronka.infra.local.bench.MeasuredArguments;
import io.voronka.infra.local.flink.CheckpointFigures;
import io.voronka.infra.local.flink.FlinkCluster;
import io.voronka.infra.local.flink.JobSubmission;
import io.voronka.infra.local.stack.LocalStack;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The job in which leads wait. It runs once at a time. */
final class WaitingJob {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

  private final LocalStack stack;
  private final TimersBenchSettings settings;
  private final String name;
  private String id;

  /**
   * @param name as {@link Waits#job}
   */
  WaitingJob(LocalStack stack, TimersBenchSettings settings, String name) {
    this.stack = stack;
    this.settings = settings;
    this.name = name;
  }

  /**
   * Returns when it runs.
   *
   * @param checkpoint to be restored from; empty: it knows nothing yet
   */
  void start(Optional<String> checkpoint) {
    FlinkCluster flink = stack.flink();
    id =
        flink.submit(
            new JobSubmission(
                stack.jar(name),
                MeasuredArguments.of(
                    stack.addresses().kafka(),
                    name,
                    settings.parallelism(),
                    settings.checkpointInterval()),
                settings.parallelism(),
                checkpoint,
                Map.of()));
    flink.awaitRunning(id, START_LIMIT);
  }

  /** Its checkpoints stay. */
  void stop() {
    stack.flink().cancel(id, STOP_LIMIT);
  }

  /** The newest one. */
  CheckpointFigures checkpoint() {
    return stack.flink().checkpoints(id);
  }

  /** Why it does not get on. */
  String failure() {
    return stack.flink().rootCause(id).orElse("no failure known");
  }
}
