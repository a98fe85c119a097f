package io.voronka.rules.domain;

import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.Counters;
import io.voronka.rules.domain.condition.EventTriggered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose counts are whose. An event is counted once for all rules that ask for the same count, and
 * also for rules that it does not trigger: each of them pays for it as if it were judged.
 */
final class CounterOwners {
  private final Map<Long, List<RuleVersion>> owners = new HashMap<>();

  CounterOwners(List<RuleVersion> rules) {
    for (RuleVersion member : rules) {
      member.rule().when().stream()
          .flatMap(Condition::nodes)
          .filter(EventTriggered.class::isInstance)
          .map(node -> ((EventTriggered) node).often())
          .filter(often -> often != null)
          .map(EventTriggered.Often::counter)
          .distinct()
          .forEach(counter -> owners.computeIfAbsent(counter, c -> new ArrayList<>()).add(member));
    }
  }

  void charge(List<Counters.Took> bill, Round round) {
    for (Counters.Took took : bill) {
      for (RuleVersion member : owners.get(took.counter())) {
        round.took.add(new Decision.Took(member, took.steps()));
        if (took.overBudget()) {
          round.overBudget.add(member);
        }
      }
    }
  }
}
