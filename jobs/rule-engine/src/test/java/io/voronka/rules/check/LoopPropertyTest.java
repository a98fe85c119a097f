package io.voronka.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.Rule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Small sets of rules over few values, played from every start there is. A loop that is named goes
 * round and round from some start, and a set that goes round and round has a loop that is named.
 */
class LoopPropertyTest {
  private static final int SETS = 600;
  private static final int MANY = 60;

  private final SmallWorld world = new SmallWorld(20260103);

  @Test
  void namedLoopsGoRoundAndWhatGoesRoundIsNamed() {
    int looping = 0;
    int calm = 0;
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < SETS; i++) {
      List<String> definitions = world.definitions(1 + i % 4);
      List<Rule> rules = definitions.stream().map(RuleSetCheckTest::rule).toList();
      List<Warning> loops =
          RuleSetCheck.check(rules).warnings().stream()
              .filter(warning -> warning.kind() == Warning.Kind.LOOP)
              .toList();
      for (Warning loop : loops) {
        List<String> ids = loop.places().stream().map(Warning.Place::ruleId).toList();
        List<Rule> named = rules.stream().filter(rule -> ids.contains(rule.id())).toList();
        assertThat(SmallWorld.starts().anyMatch(start -> goesRound(named, start)))
            .as("%s%n%s", loop.english(), definitions)
            .isTrue();
      }
      boolean goesRound = SmallWorld.starts().anyMatch(start -> anyGoesRound(rules, start));
      if (goesRound && loops.isEmpty()) {
        missed.add(definitions.toString());
      }
      looping += goesRound ? 1 : 0;
      calm += goesRound ? 0 : 1;
    }
    assertThat(missed).isEmpty();
    assertThat(looping).isGreaterThan(SETS / 10);
    assertThat(calm).isGreaterThan(SETS / 10);
  }

  private static boolean goesRound(List<Rule> rules, Situation start) {
    List<CrmPlay.Firing> firings = new CrmPlay(rules, start).play(MANY * rules.size());
    return rules.stream()
        .allMatch(
            rule -> firings.stream().filter(f -> f.rule().equals(rule.id())).count() > MANY / 3);
  }

  private static boolean anyGoesRound(List<Rule> rules, Situation start) {
    return new CrmPlay(rules, start).play(MANY).size() == MANY;
  }
}
