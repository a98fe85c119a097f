package io.voronka.infra.local.flink;

import java.util.Set;

/**
 * One job as the cluster lists it.
 *
 * @param id 32 hex digits
 * @param name the job's name
 * @param state Flink's word: {@code RUNNING}, {@code RESTARTING}, {@code FINISHED}, …
 * @param startMillis when it was submitted, epoch milliseconds
 * @param tasks how many tasks it has in all
 * @param runningTasks how many of them run
 */
public record JobSummary(
    String id, String name, String state, long startMillis, int tasks, int runningTasks) {

  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

  /** Whether it will never run again under this id. */
  public boolean ended() {
    return ENDED.contains(state);
  }

  /** Whether every task runs. */
  public boolean fullyRunning() {
    return state.equals("RUNNING") && tasks > 0 && runningTasks == tasks;
  }
}
