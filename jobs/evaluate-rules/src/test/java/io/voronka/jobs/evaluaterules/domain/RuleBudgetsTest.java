package io.voronka.jobs.evaluaterules.domain;

import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.evaluaterules.domain.RuleBudgets.Level;
import java.util.ArrayList;
import java.util.List;
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
    assertThat(stands(100_000, 50, 1_000_000)).isBetween(95, 105);
  }

  @Test
  void manyEventsAtOnceAreForgivenUpToFiveSecondsWorth() {
    assertThat(stands(100_000, 0, 1_000)).isEqualTo(50);
  }

  @Test
  void anEventThatComesLateGivesNothingBack() {
    assertThat(budgets.runsOver(RULE, 4_000_000, T0)).isFalse();
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
  void manyRulesWithinTheirBucketsShareOneOfTheTenant() {
    List<String> out = new ArrayList<>();
    for (int event = 0; event < 20_000; event++) {
      for (int rule = 0; rule < 20; rule++) {
        String key = "acme|r%02d|1".formatted(rule);
        // The last one is the heaviest; each alone stays below 1,000,000 a second.
        int steps = 8_000 + rule * 50;
        if (!budgets.isLeftOut(key)) {
          long time = T0 + event * 10;
          assertThat(budgets.runsOver(key, steps, time)).isFalse();
          budgets
              .runsOverTogether("acme", key, steps, time)
              .ifPresent(
                  most -> {
                    budgets.leaveOut(most);
                    out.add(most);
                  });
        }
      }
      assertThat(budgets.runsOverTogether("other", "other|r|1", 8_000, T0 + event * 10)).isEmpty();
    }

    // Those that remain take about three million a second.
    assertThat(out).hasSizeBetween(15, 17).startsWith("acme|r19|1", "acme|r18|1");
  }

  @Test
  void theTenantsBucketOutlivesARestart() {
    assertThat(budgets.runsOverTogether("acme", RULE, 10_000_000, T0)).isEmpty();
    assertThat(budgets.runsOverTogether("acme", "acme|other|1", 5_000_000, T0)).isEmpty();
    RuleBudgets restored = new RuleBudgets();

    budgets.levels().forEach(restored::restore);
    budgets.shares().forEach(restored::restoreShare);
    restored.restore("acme", new Level(5, T0));
    restored.restoreShare(RULE, 5);

    String light = "acme|light|1";
    assertThat(restored.runsOverTogether("acme", light, 2_900_000, T0 + 1_000)).isEmpty();
    assertThat(restored.runsOverTogether("acme", light, 200_000, T0 + 1_000)).contains(RULE);
    assertThat(restored.levels().get("acme").steps()).isBetween(6_000_000L, 7_000_000L);
    assertThat(restored.shares()).containsOnlyKeys("acme|other|1", light);
  }

  @Test
  void aRuleIsLeftOutOnce() {
    assertThat(budgets.leaveOut(RULE)).isTrue();
    assertThat(budgets.leaveOut(RULE)).isFalse();
    assertThat(budgets.isLeftOut(RULE)).isTrue();
    assertThat(budgets.leftOut()).containsExactly(RULE);
  }
}
