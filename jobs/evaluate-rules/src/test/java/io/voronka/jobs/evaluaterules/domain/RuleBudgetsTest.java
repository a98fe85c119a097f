package io.voronka.jobs.evaluaterules.domain;

import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.evaluaterules.domain.RuleBudgets.Level;
import org.junit.jupiter.api.Test;

class RuleBudgetsTest {
  private static final String RULE = "acme|heavy|1";

  private final RuleBudgets budgets = new RuleBudgets();

  /** How many events a rule stands, each so long after the one before. */
  private int stands(int steps, long apart, int most) {
    for (int i = 0; i < most; i++) {
      if (budgets.runsOver(RULE, steps, T0 + i * apart)) {
        return i;
      }
    }
    return most;
  }

  @Test
  void whatLeaksAwayMayGoOnForEver() {
    assertThat(stands(100_000, 100, 1_000_000)).isEqualTo(1_000_000);
  }

  @Test
  void whatDoesNotRunsOver() {
    assertThat(stands(100_000, 50, 1_000_000)).isBetween(595, 605);
  }

  @Test
  void manyEventsAtOnceAreForgivenUpToHalfAMinutesWorth() {
    assertThat(stands(100_000, 0, 1_000)).isEqualTo(300);
  }

  @Test
  void anEventThatComesLateGivesNothingBack() {
    assertThat(budgets.runsOver(RULE, 29_000_000, T0)).isFalse();
    assertThat(budgets.runsOver(RULE, 500_000, T0 - 600_000)).isFalse();
    assertThat(budgets.runsOver(RULE, 600_000, T0)).isTrue();
  }

  @Test
  void bucketsOutliveARestartAndEmptyOnesAreForgotten() {
    budgets.runsOver(RULE, 2_000_000, T0);
    budgets.runsOver("acme|other|1", 90_000, T0);
    budgets.runsOver(RULE, 1_000, T0 + 1_000);
    RuleBudgets restored = new RuleBudgets();

    budgets.levels().forEach(restored::restore);
    restored.restore(RULE, new Level(5, T0 + 500));

    assertThat(restored.levels()).containsOnlyKeys(RULE);
    assertThat(restored.levels().get(RULE)).isEqualTo(new Level(1_001_000, T0 + 1_000));
  }

  @Test
  void aRuleIsLeftOutOnce() {
    assertThat(budgets.leaveOut(RULE)).isTrue();
    assertThat(budgets.leaveOut(RULE)).isFalse();
    assertThat(budgets.isLeftOut(RULE)).isTrue();
    assertThat(budgets.leftOut()).containsExactly(RULE);
  }
}
