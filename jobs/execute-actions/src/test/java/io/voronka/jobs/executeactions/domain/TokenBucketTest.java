package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {

  @Test
  void aFullBucketLetsItsCapacityThroughAtOnce() {
    TokenBucket bucket = new TokenBucket(7, 0, true);

    int sent = 0;
    while (bucket.has(1, 10)) {
      bucket.take(1);
      sent++;
    }

    assertThat(sent).isEqualTo(7);
    assertThat(bucket.nextAt(1, 10)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aTokenComesBackASecondAfterItsAnswer() {
    TokenBucket bucket = new TokenBucket(1, 0, true);
    bucket.take(1);

    bucket.answered(1, 350);

    assertThat(bucket.has(1, 1349)).isFalse();
    assertThat(bucket.nextAt(1, 400)).isEqualTo(1350);
    assertThat(bucket.has(1, 1350)).isTrue();
  }

  @Test
  void anActionOfSeveralRequestsWaitsForAsManyTokens() {
    TokenBucket bucket = new TokenBucket(3, 0, true);
    bucket.take(1);
    bucket.answered(1, 100);
    bucket.take(1);
    bucket.answered(1, 200);

    assertThat(bucket.has(1, 250)).isTrue();
    assertThat(bucket.has(3, 250)).isFalse();
    assertThat(bucket.nextAt(3, 250)).isEqualTo(1200);
    assertThat(bucket.has(3, 1200)).isTrue();
  }

  @Test
  void anActionOfMoreRequestsThanTheCapacityNeedsAFullBucketOnly() {
    TokenBucket bucket = new TokenBucket(2, 0, true);

    assertThat(bucket.has(3, 0)).isTrue();
  }

  @Test
  void aPauseClosesIt() {
    TokenBucket bucket = new TokenBucket(7, 0, true);

    bucket.pauseUntil(5000);
    bucket.pauseUntil(3000);

    assertThat(bucket.has(1, 4999)).isFalse();
    assertThat(bucket.nextAt(1, 100)).isEqualTo(5000);
    assertThat(bucket.has(1, 5000)).isTrue();
  }

  @Test
  void whatAnEarlierAttemptSpentIsTakenForEverything() {
    TokenBucket bucket = new TokenBucket(7, 10_000, false);

    assertThat(bucket.has(1, 10_999)).isFalse();
    assertThat(bucket.has(1, 11_000)).isTrue();
  }

  @Test
  void aSmallerBudgetHoldsFromNowOn() {
    TokenBucket bucket = new TokenBucket(3, 0, true);
    bucket.take(3);
    bucket.answered(1, 100);
    bucket.answered(1, 200);
    bucket.answered(1, 300);

    bucket.resize(1);

    assertThat(bucket.nextAt(1, 400)).isEqualTo(1300);
    assertThat(bucket.has(1, 1299)).isFalse();
    assertThat(bucket.has(1, 1300)).isTrue();
  }

  @Test
  void isIdleOnceEverythingHasComeBack() {
    TokenBucket bucket = new TokenBucket(7, 0, true);
    bucket.take(1);
    assertThat(bucket.idleAt(10)).isEqualTo(Long.MAX_VALUE);

    bucket.answered(1, 50);

    assertThat(bucket.idle(1049)).isFalse();
    assertThat(bucket.idleAt(60)).isEqualTo(1050);
    assertThat(bucket.idle(1050)).isTrue();
  }

  /**
   * Whatever the network does between us and the target: requests are handled at some moment
   * between sending and answer, and no second, wherever it begins, holds more than the capacity.
   */
  @Test
  void noSecondOfTheTargetsHoldsMoreThanTheCapacity() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      int capacity = 1 + random.nextInt(9);
      TokenBucket bucket = new TokenBucket(capacity, 0, true);
      List<Long> handled = new ArrayList<>();
      List<Long> answers = new ArrayList<>();
      for (long now = 0; now < 20_000; now++) {
        while (answers.remove((Long) now)) {
          bucket.answered(1, now);
        }
        while (bucket.has(1, now)) {
          bucket.take(1);
          long answer = now + 1 + random.nextInt(random.nextInt(10) == 0 ? 3000 : 100);
          handled.add(now + random.nextInt((int) (answer - now) + 1));
          answers.add(answer);
        }
      }
      for (long from : handled) {
        long inSecond = handled.stream().filter(at -> at >= from && at < from + 1000).count();
        assertThat(inSecond).as("seed %s", seed).isLessThanOrEqualTo(capacity);
      }
      assertThat(handled.size()).as("seed %s", seed).isGreaterThan(capacity * 8);
    }
  }
}
