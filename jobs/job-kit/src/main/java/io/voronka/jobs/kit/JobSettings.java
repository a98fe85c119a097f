package io.voronka.jobs.kit;

import io.voronka.connectors.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What all jobs are told. Keys: {@code --kafka.bootstrap-servers} (required), {@code
 * --kafka.client-properties FILE} (security; secrets in it through Kafka's own config providers),
 * {@code --cell}, {@code --job.name}, {@code --job.parallelism}, {@code --checkpoint.interval},
 * {@code --restart.delay}, {@code --clock.most-drift}, {@code --plan}.
 *
 * @param kafka its application is the job's name: consumer group and client ids follow from it
 * @param parallelism 0: the cluster's default
 * @param plan print the graph instead of running it
 */
public record JobSettings(
    KafkaSettings kafka,
    String name,
    int parallelism,
    Duration checkpointInterval,
    Duration restartDelay,
    LogClock clock,
    boolean plan) {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);
  private static final Duration RESTART_DELAY = Duration.ofSeconds(1);

  /**
   * Reads the shared keys; the caller reads its own and then calls {@link JobArguments#check()}.
   *
   * @param defaultName the job's name unless {@code --job.name} says otherwise
   */
  public static JobSettings from(JobArguments arguments, String defaultName) {
    String name = arguments.text("job.name", defaultName);
    KafkaSettings kafka =
        KafkaSettings.of(arguments.required("kafka.bootstrap-servers"), name)
            .withCell(arguments.text("cell", ""))
            .withClientProperties(
                arguments.parsed("kafka.client-properties", Map.of(), JobSettings::load));
    return new JobSettings(
        kafka,
        name,
        arguments.integer("job.parallelism", 0, 1),
        arguments.duration("checkpoint.interval", CHECKPOINT_INTERVAL),
        arguments.duration("restart.delay", RESTART_DELAY),
        LogClock.of(name)
            .withMostDrift(arguments.duration("clock.most-drift", LogClock.MOST_DRIFT)),
        arguments.flag("plan"));
  }

  private static Map<String, String> load(String file) {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(Path.of(file))) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalArgumentException("a readable properties file is expected", e);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(key -> key, properties::getProperty));
  }
}
