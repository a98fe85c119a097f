package io.voronka.infra.local.bench;

import io.voronka.infra.local.stack.JobCatalog;
import io.voronka.infra.local.stack.StackSettings;
import io.voronka.infra.local.stack.StackSettings.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/** The stack of a benchmark that submits its job itself: nothing else takes processor time. */
public final class MeasuredStack {
  private MeasuredStack() {}

  /**
   * Kafka and a Flink cluster with room for one job.
   *
   * @param beside further parts
   */
  public static StackSettings of(
      Path data, int parallelism, Duration checkpointInterval, Part... beside) {
    EnumSet<Part> parts = EnumSet.of(Part.KAFKA, Part.FLINK);
    parts.addAll(List.of(beside));
    return StackSettings.at(data)
        .withFresh(true)
        .withParts(parts)
        .withExpectedJobs(JobCatalog.NAMES)
        // A job that is just being cancelled may still hold its slots.
        .withFlink(1, 2 * parallelism, parallelism)
        .withCheckpointInterval(checkpointInterval);
  }
}
