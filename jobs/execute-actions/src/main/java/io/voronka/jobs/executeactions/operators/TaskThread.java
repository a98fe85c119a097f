package io.voronka.jobs.executeactions.operators;

import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionQueued;
import io.voronka.schemas.UsageEvent;
import org.apache.flink.util.function.ThrowingRunnable;

/** What the dispatcher needs of the task that it runs in. */
interface TaskThread {
  /** The executor's clock, epoch milliseconds. */
  long now();

  /** State is that of this key from now on. */
  void enter(String key);

  /**
   * Runs something in the task's thread, soon. For any thread.
   *
   * @throws java.util.concurrent.RejectedExecutionException when the task is over
   */
  void run(ThrowingRunnable<Exception> mail);

  /** Replaces the target's wake-up; Long.MAX_VALUE: none. */
  void wake(String key, long moment);

  void emit(ActionCompleted outcome);

  void emit(ActionQueued queued);

  void emit(UsageEvent usage);
}
