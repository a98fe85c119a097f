package io.voronka.infra.sandbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryLadderTest {
  @ParameterizedTest
  @CsvSource({
    "1, 404, 5", "2, 404, 15", "3, 404, -1", "1, 0, 5", "2, 0, 15", "3, 0, -1",
    "1, 302, 5", "3, 302, -1", "1, 503, 5", "2, 503, 15", "3, 503, 15", "4, 503, 60",
    "5, 503, -1", "3, 499, 15", "4, 499, 60", "4, 404, -1", "3, 600, -1"
  })
  void accountHooksClimbByTheCodeOfThePreviousAttempt(int attempts, int answer, int minutes) {
    long expected = minutes < 0 ? RetryLadder.STOP : Duration.ofMinutes(minutes).toMillis();

    assertThat(RetryLadder.ACCOUNT_HOOK.waitAfter(attempts, answer)).isEqualTo(expected);
  }

  @Test
  void pipelineHooksAreRetriedFourTimesWithinTheHour() {
    long total = 0;
    int retries = 0;
    for (int made = 1; RetryLadder.PIPELINE_HOOK.waitAfter(made, 500) != RetryLadder.STOP; made++) {
      total += RetryLadder.PIPELINE_HOOK.waitAfter(made, 500);
      retries++;
    }
    assertThat(retries).isEqualTo(4);
    assertThat(total).isLessThanOrEqualTo(Duration.ofHours(1).toMillis());
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 200, 204, 299})
  void from100To299IsGood(int answer) {
    assertThat(RetryLadder.good(answer)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 99, 300, 301, 404, 499, 500})
  void allElseIsBad(int answer) {
    assertThat(RetryLadder.good(answer)).isFalse();
  }
}
