package io.voronka.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.Rule;
import io.voronka.schemas.ActionRequested;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pairs of rules, played from every start there is: told of exactly when they do conflict. */
class ConflictPropertyTest {
  private static final int PAIRS = 2_000;

  private final SmallWorld world = new SmallWorld(20260104);

  @Test
  void conflictsAreNamedExactlyWhereThereAreSome() {
    int conflicts = 0;
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      List<String> definitions = world.writers(2);
      List<Rule> rules = definitions.stream().map(RuleSetCheckTest::rule).toList();
      boolean told =
          RuleSetCheck.check(rules).warnings().stream()
              .anyMatch(warning -> warning.kind() == Warning.Kind.CONFLICT);
      boolean conflict =
          rules.stream().allMatch(rule -> written(rule) != null)
              && SmallWorld.starts()
                  .anyMatch(
                      start ->
                          new CrmPlay(rules, start)
                              .first().stream().anyMatch(ConflictPropertyTest::contradicts));
      assertThat(told && !conflict).as(definitions.toString()).isFalse();
      if (conflict && !told) {
        missed.add(definitions.toString());
      }
      conflicts += conflict ? 1 : 0;
    }
    assertThat(missed).isEmpty();
    assertThat(conflicts).isGreaterThan(PAIRS / 50);
  }

  private static String written(Rule rule) {
    return Echo.written(rule.actions().get(0).effect()).values().stream().findAny().orElse(null);
  }

  private static boolean contradicts(Decision decision) {
    List<ActionRequested> actions = decision.actions();
    return actions.size() == 2
        && actions.get(0).getKind() == actions.get(1).getKind()
        && (!String.valueOf(actions.get(0).getChangeStage())
                .equals(String.valueOf(actions.get(1).getChangeStage()))
            || !String.valueOf(actions.get(0).getUpdateField())
                .equals(String.valueOf(actions.get(1).getUpdateField())));
  }
}
