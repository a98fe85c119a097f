package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleIndexTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theIndexFindsWhatLookingAtEveryRuleFinds(long seed) {
    RandomCases cases = new RandomCases(new SplittableRandom(seed));
    RuleSet rules = ruleSet(cases, 300);
    SubjectState state = SubjectState.EMPTY;
    long fired = 0;
    long verdicts = 0;
    long all = 0;
    for (int i = 0; i < 1500; i++) {
      if (i % 10 == 0) {
        state = SubjectState.EMPTY;
      }
      CrmEvent event = cases.event();
      Clocks clocks = Clocks.at(event.getReceivedAt());

      Decision found = rules.decide(state, event, clocks, AccountSetting.UNKNOWN);

      Decision every = rules.decideWithoutIndex(state, event, clocks);
      List<RuleVerdict> judged = verdicts(found);
      assertThat(found.actions()).isEqualTo(every.actions());
      assertThat(found.state()).isEqualTo(every.state());
      assertThat(fired(judged)).isEqualTo(fired(verdicts(every)));
      assertThat(verdicts(every)).containsAll(triggered(judged));
      assertThat(rules.decide(state, event, clocks, AccountSetting.UNKNOWN))
          .as("again")
          .isEqualTo(found);
      fired += found.actions().size();
      verdicts += judged.size();
      all += rules.rules().size();
      state = found.state();
    }
    assertThat(fired).as("rules that fired").isGreaterThan(1000);
    assertThat(verdicts).as("rules looked at, of %s", all).isLessThan(all / 4);
  }

  @Test
  void aChangeThatComesTooLateIsRecorded() {
    String standard = "{'field_value': {'field': 'price', 'operator': 'changed_to', 'value': 10}}";
    String custom = "{'field_value': {'field_id': 5, 'operator': 'changed_to', 'value': 'L'}}";
    for (String condition : List.of(standard, custom)) {
      Deciding deciding = Deciding.when(condition);
      deciding.after(updated("new").at(10).field("price", "20").texts("5", "S"));
      assertThat(deciding.outcome()).as("ruled out").isEqualTo(VerdictOutcome.UNKNOWN);

      deciding.after(updated("late").at(5).field("price", "10").texts("5", "L"));

      assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.STALE);
    }
  }

  @Test
  void whatALateEventTellsOfIsNotTakenForWhatIs() {
    Deciding deciding =
        Deciding.when("{'field_value': {'field': 'price', 'operator': 'equals', 'value': 10}}");
    deciding.after(updated("new").at(10).field("price", "20"));

    deciding.after(updated("late").at(5).field("price", "10"));

    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.NOT_MATCHED);
  }

  /** Vendor's stage hooks that show no move are judged too, as not triggered. */
  private static List<RuleVerdict> triggered(List<RuleVerdict> judged) {
    return judged.stream().filter(verdict -> !"/trigger".equals(verdict.getClause())).toList();
  }

  private static List<RuleVerdict> verdicts(Decision decision) {
    return decision.decided().map(decided -> decided.getVerdicts()).orElse(List.of());
  }

  private static List<RuleVerdict> fired(List<RuleVerdict> verdicts) {
    return verdicts.stream()
        .filter(verdict -> verdict.getOutcome() == VerdictOutcome.FIRED)
        .toList();
  }

  private static RuleSet ruleSet(RandomCases cases, int size) {
    List<RuleVersion> members = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      members.add(new RuleVersion(Deciding.rule(cases.rule(i)), 1));
    }
    return RuleSet.compile(1, members);
  }
}
