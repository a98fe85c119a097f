package io.voronka.rules.comparison;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that {@link RuleSet#decide} does, from the event as it is decoded: the lead's new state,
 * reasons for the rules that do not fire, actions, ids. The other engines do nothing like it; it is
 * measured to be open about what matching is a part of.
 */
final class WholeDecision implements MatchingEngine {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final RuleSet rules;
  private final List<CrmEvent> events;
  private SubjectState before = SubjectState.EMPTY;

  WholeDecision(List<Rule> rules, List<CrmEvent> events) {
    rules.forEach(rule -> numbers.put(rule.id(), numbers.size()));
    this.rules = RuleSet.compile(1, rules.stream().map(rule -> new RuleVersion(rule, 1)).toList());
    this.events = events;
  }

  @Override
  public String name() {
    return "decide";
  }

  @Override
  public void match(int event, Matches into) {
    if (event == 0) {
      before = SubjectState.EMPTY; // The list begins again, and time with it.
    }
    CrmEvent judged = events.get(event);
    Decision decision =
        rules.decide(before, judged, Clocks.at(judged.getReceivedAt()), AccountSetting.UNKNOWN);
    before = decision.state();
    if (decision.decided().isPresent()) {
      for (RuleVerdict verdict : decision.decided().get().getVerdicts()) {
        if (verdict.getOutcome() == VerdictOutcome.FIRED) {
          into.add(numbers.get(verdict.getRuleId()));
        }
      }
    }
  }
}
