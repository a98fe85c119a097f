package io.voronka.infra.local.bench.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleWorkloadTest {
  private static final int EVENTS = 2_000;
  private static final int LEADS = 100;
  private static final long T0 = 1_760_000_000_000L;

  /** What the benchmark counts on is what the rule engine does. */
  @ParameterizedTest
  @CsvSource({"100, 5, 1", "1000, 5, 10", "60, 12, 3", "10, 1, 2"})
  void everyEventMeetsAsManyRulesAndFiresAsOftenAsSaid(int rules, int evaluated, int fireEvery) {
    RuleWorkload workload = new RuleWorkload(rules, evaluated, fireEvery);
    RuleSet set = compiled(workload);
    Map<String, SubjectState> known = new HashMap<>();
    Set<String> met = new HashSet<>();
    long actions = 0;

    for (int i = 0; i < EVENTS; i++) {
      CrmEvent event = workload.event(i, LEADS, T0 + i);
      Decision decision =
          set.decide(
              known.getOrDefault(event.getSubjectId(), SubjectState.EMPTY),
              event,
              Clocks.at(T0 + i),
              AccountSetting.UNKNOWN);
      known.put(event.getSubjectId(), decision.state());
      List<RuleVerdict> verdicts = decision.decided().orElseThrow().getVerdicts();
      assertThat(verdicts).hasSize(evaluated);
      long fired = count(verdicts, VerdictOutcome.FIRED);
      assertThat(fired).isEqualTo(i % fireEvery == 0 ? 1 : 0);
      assertThat(count(verdicts, VerdictOutcome.NOT_MATCHED)).isEqualTo(evaluated - fired);
      verdicts.forEach(verdict -> met.add(verdict.getRuleId()));
      actions += decision.actions().size();
    }

    assertThat(actions).isEqualTo(workload.fired(EVENTS));
    assertThat(met).hasSize(rules);
  }

  @Test
  void anEventIsTheSameEachTimeAndUnlikeTheOthers() {
    RuleWorkload workload = new RuleWorkload(100, 5, 1);

    assertThat(workload.event(5, LEADS, T0)).isEqualTo(workload.event(5, LEADS, T0));
    assertThat(workload.event(5, LEADS, T0).getId())
        .isNotEqualTo(workload.event(6, LEADS, T0).getId());
  }

  @Test
  void firingsAreCountedFromTheFirstEvent() {
    RuleWorkload workload = new RuleWorkload(100, 5, 10);

    assertThat(workload.fired(1)).isEqualTo(1);
    assertThat(workload.fired(10)).isEqualTo(1);
    assertThat(workload.fired(11)).isEqualTo(2);
  }

  @Test
  void rulesMustDivideAmongOwners() {
    assertThatThrownBy(() -> new RuleWorkload(101, 5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multiple");
  }

  private static RuleSet compiled(RuleWorkload workload) {
    RuleParser parser = RuleParser.create();
    List<RuleVersion> rules = new ArrayList<>();
    for (int i = 0; i < workload.rules(); i++) {
      Parsed parsed = parser.parse(workload.definition(i));
      assertThat(parsed.problems()).isEmpty();
      rules.add(new RuleVersion(parsed.rule().orElseThrow(), 1));
    }
    return RuleSet.compile(1, rules);
  }

  private static long count(List<RuleVerdict> verdicts, VerdictOutcome outcome) {
    return verdicts.stream().filter(verdict -> verdict.getOutcome() == outcome).count();
  }
}
