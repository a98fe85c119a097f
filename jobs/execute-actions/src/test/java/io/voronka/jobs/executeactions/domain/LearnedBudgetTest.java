package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LearnedBudgetTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long MINUTE = 60_000;
  private final LearnedBudget budget = new LearnedBudget();

  @Test
  void isWhatWasPromisedUntilTheTargetSaysOtherwise() {
    assertThat(budget.of(7, NOW)).isEqualTo(7);

    budget.limited(7, NOW);

    assertThat(budget.of(7, NOW)).isEqualTo(5);
  }

  @Test
  void neverFallsBelowOneNorRisesAboveThePromise() {
    for (int i = 0; i < 10; i++) {
      budget.limited(7, NOW);
    }
    assertThat(budget.of(7, NOW)).isEqualTo(1);

    for (int minute = 1; minute <= 20; minute++) {
      budget.of(7, NOW + minute * MINUTE);
    }

    assertThat(budget.of(7, NOW + 20 * MINUTE)).isEqualTo(7);
    assertThat(budget.learned()).isZero();
  }

  @Test
  void comesBackOneByOne() {
    budget.limited(7, NOW);

    assertThat(budget.of(7, NOW + MINUTE - 1)).isEqualTo(5);
    assertThat(budget.of(7, NOW + MINUTE)).isEqualTo(6);
    assertThat(budget.of(7, NOW + MINUTE + 1)).isEqualTo(6);
  }

  @Test
  void aRiseThatWasTooMuchIsTriedLessOften() {
    budget.limited(7, NOW);
    assertThat(budget.of(7, NOW + MINUTE)).isEqualTo(6);
    long hit = NOW + MINUTE + 5_000;

    budget.limited(7, hit);

    assertThat(budget.of(7, hit)).isEqualTo(4);
    assertThat(budget.of(7, hit + 2 * MINUTE - 1)).isEqualTo(4);
    assertThat(budget.of(7, hit + 2 * MINUTE)).isEqualTo(5);
  }

  @Test
  void followsASmallerPromiseAtOnce() {
    budget.limited(7, NOW);

    assertThat(budget.of(3, NOW)).isEqualTo(3);
  }

  @Test
  void isKeptInTheTargetsMemory() {
    budget.limited(7, NOW);
    LearnedBudget again = new LearnedBudget();

    again.restore(budget.learned(), budget.changedAt(), budget.whileMillis());

    assertThat(again.of(7, NOW + 1)).isEqualTo(5);
  }
}
