package io.voronka.jobs.evaluaterules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.jobs.evaluaterules.baseline.PassthroughConfig;
import io.voronka.jobs.kit.InvalidArgumentsException;
import io.voronka.jobs.kit.JobArguments;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EvaluateRulesConfigTest {

  @Test
  void hasDefaults() {
    EvaluateRulesConfig config =
        EvaluateRulesConfig.from(JobArguments.of("--kafka.bootstrap-servers", "k:1"));

    assertThat(config.job().name()).isEqualTo("evaluate-rules");
    assertThat(config.subjectLifetime()).isEqualTo(Duration.ofDays(400));
    assertThat(config.schemaWait()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void takesEveryKey() {
    EvaluateRulesConfig config =
        EvaluateRulesConfig.from(
            JobArguments.of(
                "--kafka.bootstrap-servers",
                "k:1",
                "--cell",
                "b.",
                "--judge.subject-lifetime",
                "9d",
                "--judge.schema-wait",
                "5s",
                "--job.name",
                "judge"));

    assertThat(config.subjectLifetime()).isEqualTo(Duration.ofDays(9));
    assertThat(config.schemaWait()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.job().kafka().topic("crm.events")).isEqualTo("b.crm.events");
  }

  @Test
  void tellsEveryWrongArgument() {
    assertThatThrownBy(
            () ->
                EvaluateRulesConfig.from(
                    JobArguments.of(
                        "--judge.subject-lifetime", "long", "--judge.shema-wait", "5s")))
        .isInstanceOf(InvalidArgumentsException.class)
        .hasMessageContaining("kafka.bootstrap-servers is missing")
        .hasMessageContaining("judge.subject-lifetime")
        .hasMessageContaining("judge.shema-wait is unknown");
  }

  @Test
  void theBaselineNeedsItsTopics() {
    assertThatThrownBy(
            () -> PassthroughConfig.from(JobArguments.of("--kafka.bootstrap-servers", "k:1")))
        .isInstanceOf(InvalidArgumentsException.class)
        .hasMessageContaining("passthrough.decided-topic is missing")
        .hasMessageContaining("passthrough.actions-topic is missing");
  }
}
