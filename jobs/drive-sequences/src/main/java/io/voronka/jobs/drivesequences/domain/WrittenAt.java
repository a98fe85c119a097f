package io.voronka.jobs.drivesequences.domain;

import io.voronka.schemas.CommandRequested;
import java.time.Duration;

/**
 * When outcomes and commands happen: when they were written, which their records say. So a job that
 * reads them again, sooner or later than before, goes by the same time. Who writes them has a clock
 * of its own, and what that says is not believed when it is far from the log's.
 */
public final class WrittenAt {
  /** Clocks that differ by more have gone wrong. */
  private static final long MOST_APART = Duration.ofHours(1).toMillis();

  private WrittenAt() {}

  /**
   * Read late, it did not happen late.
   *
   * @param recordedAt by the executor's clock, epoch milliseconds
   * @param logTime epoch milliseconds
   */
  public static long outcome(long recordedAt, long logTime) {
    return recordedAt - logTime > MOST_APART ? logTime : recordedAt;
  }

  /** Rules ask by the log's clock, people by that of their machine. */
  public static long command(CommandRequested command, long logTime) {
    long at = command.getRequestedAt();
    boolean byRule = command.getDecisionId() != null;
    return byRule || Math.abs(at - logTime) <= MOST_APART ? at : logTime;
  }
}
