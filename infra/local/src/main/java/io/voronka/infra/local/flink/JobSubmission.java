package io.voronka.infra.local.flink;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is needed to start a job.
 *
 * @param jar the job's jar
 * @param mainClass what to run of it; empty: what its manifest names
 * @param arguments for its main
 * @param parallelism default parallelism; 0 leaves it to the cluster
 * @param restoreFrom savepoint or checkpoint to start from; empty: with empty state
 * @param configuration Flink settings for this job only
 */
public record JobSubmission(
    Path jar,
    Optional<String> mainClass,
    List<String> arguments,
    int parallelism,
    Optional<String> restoreFrom,
    Map<String, String> configuration) {

  public JobSubmission {
    arguments = List.copyOf(arguments);
    configuration = Map.copyOf(configuration);
  }

  /** The jar's own main class. */
  public JobSubmission(
      Path jar,
      List<String> arguments,
      int parallelism,
      Optional<String> restoreFrom,
      Map<String, String> configuration) {
    this(jar, Optional.empty(), arguments, parallelism, restoreFrom, configuration);
  }
}
