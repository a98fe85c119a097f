package io.voronka.rules.domain;

import io.voronka.rules.comparison.Matches;
import io.voronka.rules.comparison.MatchingEngine;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.CrmEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of {@link RuleSet#decide} that other engines do too: the index, and the conditions of
 * the rules that it finds, on leads that have the event in them already.
 */
public final class IndexedMatching implements MatchingEngine {
  private final int[] numbers;
  private final RuleIndex index;
  private final List<SubjectView> leads;

  /**
   * @param rules those that listen to every event of the list
   */
  public IndexedMatching(List<Rule> rules, List<CrmEvent> events) {
    Map<String, Integer> numberOf = new HashMap<>();
    rules.forEach(rule -> numberOf.put(rule.id(), numberOf.size()));
    List<RuleVersion> byRank =
        RuleSet.compile(1, rules.stream().map(rule -> new RuleVersion(rule, 1)).toList()).rules();
    this.numbers = byRank.stream().mapToInt(one -> numberOf.get(one.rule().id())).toArray();
    this.index = RuleIndex.of(byRank);
    this.leads =
        events.stream()
            .map(event -> SubjectView.of(SubjectState.EMPTY, event, event.getReceivedAt()))
            .toList();
  }

  @Override
  public String name() {
    return "match";
  }

  @Override
  public void match(int event, Matches into) {
    SubjectView view = leads.get(event);
    for (Candidate candidate : index.candidates(view)) {
      view.budget().refill();
      if (candidate.failing(view) == null) {
        into.add(numbers[candidate.rank]);
      }
    }
  }
}
