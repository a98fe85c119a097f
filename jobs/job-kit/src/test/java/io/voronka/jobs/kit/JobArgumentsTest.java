package io.voronka.jobs.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobArgumentsTest {

  @Test
  void valuesFlagsAndDefaultsAreRead() {
    JobArguments arguments = JobArguments.of("--name", "x", "--plan", "--workers", "3");

    assertThat(arguments.required("name")).isEqualTo("x");
    assertThat(arguments.flag("plan")).isTrue();
    assertThat(arguments.flag("fresh")).isFalse();
    assertThat(arguments.integer("workers", 1, 1)).isEqualTo(3);
    assertThat(arguments.text("cell", "none")).isEqualTo("none");
    arguments.check();
  }

  @ParameterizedTest
  @CsvSource({
    "500ms,PT0.5S",
    "2s,PT2S",
    "5m,PT5M",
    "5min,PT5M",
    "1h,PT1H",
    "30d,PT720H",
    "PT2S,PT2S"
  })
  void durationsAreReadInBothForms(String text, Duration expected) {
    JobArguments arguments = JobArguments.of("--wait", text);

    assertThat(arguments.duration("wait", Duration.ZERO)).isEqualTo(expected);
    arguments.check();
  }

  @Test
  void allErrorsAreReportedAtOnce() {
    JobArguments arguments =
        JobArguments.of(
            "stray", "--wait", "soon", "--workers", "0", "--unknown", "1", "--plan", "maybe");
    arguments.required("name");
    arguments.duration("wait", Duration.ZERO);
    arguments.integer("workers", 1, 1);
    arguments.flag("plan");
    arguments.secret("token");
    arguments.reject("a and b exclude each other");

    assertThatThrownBy(arguments::check)
        .isInstanceOf(InvalidArgumentsException.class)
        .message()
        .satisfies(
            message ->
                assertThat(message.lines())
                    .containsExactly(
                        "expected --key at argument 1",
                        "--name is missing",
                        "--wait: a duration such as 500ms, 2s, 5m or PT2S is expected",
                        "--workers: at least 1",
                        "--plan: true or false",
                        "--token is missing",
                        "a and b exclude each other",
                        "--unknown is unknown; known are name, plan, token, wait, workers"));
  }

  @Test
  void aKeyGivenTwiceIsAnError() {
    JobArguments arguments = JobArguments.of("--a", "1", "--a", "2");
    arguments.text("a");

    assertThatThrownBy(arguments::check).hasMessage("--a is given twice");
  }

  @Test
  void aSecretGivenByMistakeIsRepeatedNowhere() {
    JobArguments arguments = JobArguments.of("--token", "s3cret");
    arguments.secret("token");

    assertThatThrownBy(arguments::check)
        .hasMessage("--token: a secret is given as env:NAME or file:/path");
    assertThat(arguments.toString()).doesNotContain("s3cret");
  }
}
