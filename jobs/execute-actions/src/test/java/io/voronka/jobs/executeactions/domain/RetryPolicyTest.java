package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryPolicyTest {
  private final RetryPolicy policy = RetryPolicy.standard();

  @ParameterizedTest
  @CsvSource({"1,500", "2,1000", "3,2000", "8,64000", "10,256000", "11,300000", "40,300000"})
  void delaysDoubleUpToTheLongest(int failure, long whole) {
    assertThat(policy.delayMillis("some-id", failure)).isBetween(whole / 2, whole);
  }

  @Test
  void theSameActionAlwaysWaitsTheSame() {
    assertThat(policy.delayMillis("id", 4)).isEqualTo(policy.delayMillis("id", 4));
  }

  @Test
  void actionsThatFailTogetherDoNotComeBackTogether() {
    long distinct =
        IntStream.range(0, 100)
            .mapToLong(number -> policy.delayMillis("id-" + number, 5))
            .distinct()
            .count();

    assertThat(distinct).isGreaterThan(90);
  }

  @ParameterizedTest
  @CsvSource({
    "2000, 1, 2000",
    "86400000, 1, 3600000",
    "0, 1, 1000",
    "0, 2, 2000",
    "0, 6, 32000",
    "0, 9, 60000",
  })
  void aPauseIsWhatTheTargetAsksForOrGrowsByItself(long retryAfter, int inARow, long pause) {
    assertThat(policy.pauseMillis(retryAfter, inARow)).isEqualTo(pause);
  }
}
