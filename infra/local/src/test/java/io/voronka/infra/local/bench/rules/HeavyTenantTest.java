package io.voronka.infra.local.bench.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.infra.local.bench.rules.HeavyTenant.Weight;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.parsing.Parsed;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the benchmark counts on is what the rule engine does. */
class HeavyTenantTest {
  private static final long T0 = 1_760_000_000_000L;

  private static Decision judged(Weight weight) {
    RuleParser parser = RuleParser.create();
    List<RuleVersion> rules = new ArrayList<>();
    weight
        .definitions()
        .values()
        .forEach(
            definition -> {
              Parsed parsed = parser.parse(definition);
              assertThat(parsed.problems()).isEmpty();
              rules.add(new RuleVersion(parsed.rule().orElseThrow(), 1));
            });
    HeavyTenant tenant = new HeavyTenant(new RuleWorkload(10, 5, 10).about(100));
    CrmEvent event = tenant.event(0, T0);
    assertThat(event.getTenantId()).isEqualTo(HeavyTenant.TENANT);
    return RuleSet.compile(1, rules)
        .decide(SubjectState.EMPTY, event, Clocks.at(T0), AccountSetting.UNKNOWN);
  }

  private static List<String> with(Decision decision, VerdictOutcome outcome) {
    return decision.decided().orElseThrow().getVerdicts().stream()
        .filter(verdict -> verdict.getOutcome() == outcome)
        .map(RuleVerdict::getRuleId)
        .toList();
  }

  @Test
  void theLightRuleFires() {
    Decision decision = judged(Weight.LIGHT);

    assertThat(with(decision, VerdictOutcome.FIRED)).containsExactly(HeavyTenant.LIGHT);
    assertThat(decision.decided().orElseThrow().getVerdicts()).hasSize(1);
  }

  @Test
  void rulesWithinTheirBudgetAreJudgedToTheEnd() {
    Decision decision = judged(Weight.WITHIN_BUDGET);

    assertThat(decision.overBudget()).isEmpty();
    assertThat(with(decision, VerdictOutcome.NOT_MATCHED))
        .containsExactlyInAnyOrder("long-lists", "expression");
    assertThat(with(decision, VerdictOutcome.FIRED)).containsExactly(HeavyTenant.LIGHT);
  }

  @Test
  void legalRulesOverTheirBudgetFailWithThatReason() {
    Map<String, String> definitions = Weight.OVER_BUDGET.definitions();

    Decision decision = judged(Weight.OVER_BUDGET);

    assertThat(decision.overBudget()).hasSize(definitions.size() - 1);
    assertThat(with(decision, VerdictOutcome.FAILED)).hasSize(definitions.size() - 1);
    assertThat(with(decision, VerdictOutcome.FIRED)).containsExactly(HeavyTenant.LIGHT);
  }
}
