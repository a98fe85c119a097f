package io.voronka.infra.local.bench.timers;

import java.time.Duration;

/**
 * How waiting is measured.
 *
 * @param sequences leads wait in a sequence, otherwise for a rule
 * @param timers armed in all
 * @param atOnce of them that fall due in one wave, {@link #waves} times
 * @param duePerSecond of a wave
 * @param parallelism of the job
 * @param rocksDbMb what RocksDB may use, MiB
 * @param checkpointInterval of the job
 */
public record TimersBenchSettings(
    boolean sequences,
    int timers,
    int atOnce,
    int duePerSecond,
    int parallelism,
    int rocksDbMb,
    Duration checkpointInterval) {

  public TimersBenchSettings {
    if (atOnce < 1
        || duePerSecond < 1
        || parallelism < 1
        || timers <= waves(sequences) * atOnce + 2 * TimersBench.LONE) {
      // More than a few have to wait on: the state of a timer is weighed by them.
      throw new IllegalArgumentException(
          "at-once, due-per-second and parallelism are at least 1, timers more than %d times at-once and %d"
              .formatted(waves(sequences), 2 * TimersBench.LONE));
    }
  }

  /**
   * Large waves that are measured: running, away, restored; all but one both ways where there are
   * two.
   */
  int waves() {
    return waves(sequences);
  }

  /** What sequences wait for is known to the second only. */
  boolean spread() {
    return !sequences;
  }

  private static int waves(boolean sequences) {
    return sequences ? 3 : 5;
  }
}
