package io.voronka.rules.domain;

import io.voronka.rules.domain.limit.Limits;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whose limits are judged where grants are given. A rule with a daily limit that stops the rules
 * after it does so only when the day has room for it, which is known there alone. What the rules
 * after it have fired is known there alone, too, so their limits are judged there as well.
 */
final class DailyStops {
  private final Set<Long> behind;

  private DailyStops(Set<Long> behind) {
    this.behind = behind;
  }

  /**
   * @param rules in the order of priority
   */
  static DailyStops of(List<RuleVersion> rules) {
    Set<Long> behind = new HashSet<>();
    boolean stops = false;
    for (RuleVersion member : rules) {
      Rule rule = member.rule();
      Limits limits = rule.limits();
      if (stops && limits.needsPast()) {
        behind.add(member.mark());
      }
      stops |= limits.perDay() > 0 && rule.stopAfterMatch() && rule.mode() == Rule.Mode.ON;
    }
    return new DailyStops(Set.copyOf(behind));
  }

  /** True when nobody but the giver of grants can say whether the rule's limits are reached. */
  boolean decides(RuleVersion member) {
    return member.rule().limits().perDay() > 0 || behind.contains(member.mark());
  }
}
