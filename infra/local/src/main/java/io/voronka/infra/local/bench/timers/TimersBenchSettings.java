package io.voronka.infra.local.bench.timers;

import java.time.Duration;

/**
 * How waiting is measured.
 *
 * @param timers armed in all
 * @param atOnce of them that fall due in the same second, three times
 * @param parallelism of the job
 * @param checkpointInterval of the job
 */
public record TimersBenchSettings(
    int timers, int atOnce, int parallelism, Duration checkpointInterval) {

  public TimersBenchSettings {
    if (atOnce < 1 || parallelism < 1 || timers < 3 * atOnce + TimersBench.LONE) {
      throw new IllegalArgumentException(
          "at-once and parallelism are at least 1, timers at least three times at-once and "
              + TimersBench.LONE);
    }
  }
}
