package io.voronka.infra.local.bench;

import java.time.Duration;
import java.util.List;

/** What every job that is measured is told. */
public final class MeasuredArguments {
  private MeasuredArguments() {}

  /**
   * As a command line.
   *
   * @param kafka addresses of its brokers
   * @param job its name, which is its consumer group, too
   */
  public static List<String> of(
      String kafka, String job, int parallelism, Duration checkpointInterval) {
    return List.of(
        "--kafka.bootstrap-servers",
        kafka,
        "--job.name",
        job,
        "--job.parallelism",
        Integer.toString(parallelism),
        "--checkpoint.interval",
        checkpointInterval.toString());
  }
}
