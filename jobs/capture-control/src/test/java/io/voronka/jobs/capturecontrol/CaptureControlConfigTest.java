package io.voronka.jobs.capturecontrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.connectors.changecapture.CaptureSettings;
import io.voronka.jobs.kit.InvalidArgumentsException;
import io.voronka.jobs.kit.JobArguments;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaptureControlConfigTest {

  @Test
  void hasDefaults() {
    CaptureControlConfig config = CaptureControlConfig.from(JobArguments.of(required()));

    assertThat(config.job().name()).isEqualTo("capture-control");
    assertThat(config.port()).isEqualTo(5432);
    assertThat(config.slot()).isEqualTo("voronka_control");
    assertThat(config.heartbeatInterval()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void mapsEveryKeyAndKeepsThePasswordWhereItIs() {
    CaptureControlConfig config =
        CaptureControlConfig.from(
            JobArguments.of(
                "--kafka.bootstrap-servers", "kafka:1",
                "--postgres.host", "db",
                "--postgres.port", "5433",
                "--postgres.database", "control",
                "--postgres.user", "voronka",
                "--postgres.password", "env:SECRET",
                "--postgres.slot", "cell_7",
                "--heartbeat.interval", "30s"));
    Map<String, String> environment = Map.of("SECRET", "hush");

    CaptureSettings capture = config.capture(name -> environment.get(name));

    assertThat(capture.port()).isEqualTo(5433);
    assertThat(capture.slot()).isEqualTo("cell_7");
    assertThat(capture.password().get()).isEqualTo("hush");
    assertThat(capture.toString() + config).doesNotContain("hush");
    assertThat(config.heartbeatInterval()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void namesAllErrorsAtOnce() {
    assertThatThrownBy(
            () ->
                CaptureControlConfig.from(
                    JobArguments.of(
                        "--postgres.port", "x",
                        "--postgres.slot", "Not A Slot",
                        "--postgres.pasword", "env:X")))
        .isInstanceOf(InvalidArgumentsException.class)
        .hasMessageContaining("kafka.bootstrap-servers")
        .hasMessageContaining("postgres.host")
        .hasMessageContaining("postgres.port")
        .hasMessageContaining("postgres.slot")
        .hasMessageContaining("postgres.pasword is unknown");
  }

  private static String[] required() {
    return new String[] {
      "--kafka.bootstrap-servers", "kafka:1",
      "--postgres.host", "db",
      "--postgres.database", "control",
      "--postgres.user", "voronka",
      "--postgres.password", "env:SECRET"
    };
  }
}
