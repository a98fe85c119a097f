package io.voronka.rules.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EngineComparisonTest {
  private static final RuleMix MIX = new RuleMix(20, 5, 3);

  @Test
  void allEnginesFindTheSameRules() {
    EngineComparison comparison = new EngineComparison(MIX.definitions(), MIX.events(300));
    List<MatchingEngine> engines = comparison.engines();

    long matches = comparison.check(engines);

    assertThat(matches).isEqualTo(100);
    engines.forEach(MatchingEngine::close);
  }

  @Test
  void anEngineThatFindsOtherRulesIsReported() {
    EngineComparison comparison = new EngineComparison(MIX.definitions(), MIX.events(1));
    MatchingEngine first = finding("first", 3);
    MatchingEngine other = finding("other", 4);

    assertThatThrownBy(() -> comparison.check(List.of(first, other)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("event 0 satisfies rules [3] by first, but [4] by other");
  }

  private static MatchingEngine finding(String name, int rule) {
    return new MatchingEngine() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void match(int event, Matches into) {
        into.add(rule);
      }
    };
  }
}
