package io.voronka.jobs.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobSettingsTest {

  @Test
  void onlyTheBrokersHaveToBeGiven() {
    JobSettings settings = read("--kafka.bootstrap-servers", "k:1");

    assertThat(settings.kafka().bootstrapServers()).isEqualTo("k:1");
    assertThat(settings.kafka().application()).isEqualTo("evaluate-rules");
    assertThat(settings.kafka().topic("crm.events")).isEqualTo("crm.events");
    assertThat(settings.name()).isEqualTo("evaluate-rules");
    assertThat(settings.parallelism()).isZero();
    assertThat(settings.checkpointInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.plan()).isFalse();
  }

  @Test
  void everyKeyHasItsPlace(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("client.properties"), "sasl.jaas.config=s3cret\n");
    JobSettings settings =
        read(
            "--kafka.bootstrap-servers",
            "k:1",
            "--kafka.client-properties",
            file.toString(),
            "--cell",
            "eu1.",
            "--job.name",
            "rules-eu1",
            "--job.parallelism",
            "2",
            "--checkpoint.interval",
            "2s",
            "--restart.delay",
            "3s",
            "--clock.most-drift",
            "1m",
            "--plan");

    assertThat(settings.kafka().application()).isEqualTo("rules-eu1");
    assertThat(settings.kafka().topic("crm.events")).isEqualTo("eu1.crm.events");
    assertThat(settings.kafka().clientProperties()).containsEntry("sasl.jaas.config", "s3cret");
    assertThat(settings.toString()).doesNotContain("s3cret");
    assertThat(settings.parallelism()).isEqualTo(2);
    assertThat(settings.checkpointInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.restartDelay()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.clock().mostDrift()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.plan()).isTrue();
  }

  @Test
  void badValuesAreReportedTogether() {
    assertThatThrownBy(
            () -> read("--job.parallelism", "none", "--kafka.client-properties", "/not/there"))
        .isInstanceOf(InvalidArgumentsException.class)
        .hasMessageContaining("--kafka.bootstrap-servers is missing")
        .hasMessageContaining("--job.parallelism: a whole number is expected")
        .hasMessageContaining("--kafka.client-properties: a readable properties file is expected");
  }

  @Test
  void theEnvironmentIsSetUpForStateThatLasts() {
    Configuration config = JobEnvironment.configuration(read("--kafka.bootstrap-servers", "k:1"));

    assertThat(config.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
    assertThat(config.get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(config.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(720);
    assertThat(config.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
    assertThat(config.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"100ms,20s", "2s,24s", "10s,120s"})
  void aCheckpointThatNeverEndsIsGivenUpAfterSomeIntervals(String interval, String timeout) {
    Configuration config =
        JobEnvironment.configuration(
            read("--kafka.bootstrap-servers", "k:1", "--checkpoint.interval", interval));

    assertThat(config.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT))
        .isEqualTo(Duration.parse("PT" + timeout));
  }

  private static JobSettings read(String... args) {
    JobArguments arguments = JobArguments.of(args);
    JobSettings settings = JobSettings.from(arguments, "evaluate-rules");
    arguments.check();
    return settings;
  }
}
