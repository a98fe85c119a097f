package io.voronka.rules.domain;

import io.voronka.rules.domain.subject.Standing.Firing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which firings a subject has to remember, and for how long. */
final class Firings {
  /**
   * Of each rule so many stay, however old: a wait that has fired must not fire again when its rule
   * is switched off and on.
   */
  private static final int ALWAYS = 4;

  private final Map<Long, Long> memoryByRule;

  private Firings(Map<Long, Long> memoryByRule) {
    this.memoryByRule = memoryByRule;
  }

  static Firings of(List<RuleVersion> rules) {
    Map<Long, Long> memory = new HashMap<>();
    for (RuleVersion member : rules) {
      if (member.rule().limits().needsPast()) {
        memory.put(member.mark(), member.rule().limits().memoryMillis());
      }
    }
    return new Firings(memory);
  }

  /** Those that are still needed, with more, the newest last. */
  List<Firing> remembered(List<Firing> known, List<Firing> more, long now) {
    if (more.isEmpty()) {
      return known;
    }
    List<Firing> all = new ArrayList<>(known);
    all.addAll(more);
    Map<Long, Integer> newer = new HashMap<>();
    List<Firing> kept = new ArrayList<>(all.size());
    for (int i = all.size() - 1; i >= 0; i--) {
      Firing firing = all.get(i);
      boolean newest = newer.merge(firing.rule(), 1, Integer::sum) <= ALWAYS;
      if (newest || firing.at() > now - memoryByRule.getOrDefault(firing.rule(), 0L)) {
        kept.add(0, firing);
      }
    }
    return kept;
  }
}
