package io.voronka.rules.domain;

import io.voronka.rules.domain.subject.Standing;
import io.voronka.rules.domain.subject.Standing.Echo;
import io.voronka.rules.domain.subject.Standing.Firing;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.RuleVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What gathers while the rules are judged one after the other. */
final class Round {
  final List<RuleVerdict> verdicts;
  final List<ActionRequested> actions = new ArrayList<>();
  final List<Decision.Capped> capped = new ArrayList<>();
  final List<RuleVersion> overBudget = new ArrayList<>();
  final List<Decision.Took> took = new ArrayList<>();
  final List<Firing> fired = new ArrayList<>();
  final List<Echo> echoes = new ArrayList<>();
  final Standing before;

  /**
   * How deep in a chain of rules the cause is; 0 when no rule caused it. At a moment, of the wait
   * that the rule is judged for.
   */
  int depth;

  /**
   * The rule after which no other fires, by the anchor that it fired for. At a moment waits may be
   * over that began with different things.
   */
  private Map<Long, String> stops = Map.of();

  /** Rules after which no other fires, too, if they are granted to. */
  private Map<Long, List<String>> mayStop = Map.of();

  private final DailyStops dailyStops;

  Round(int candidates, Standing before, int depth, DailyStops dailyStops) {
    this.verdicts = new ArrayList<>(candidates);
    this.before = before;
    this.depth = depth;
    this.dailyStops = dailyStops;
  }

  /** True when nobody can say here whether the rule's limits are reached. */
  boolean limitedElsewhere(RuleVersion member) {
    return dailyStops.decides(member);
  }

  /** Null while there is none. */
  String stoppedBy(long anchor) {
    return stops.isEmpty() ? null : stops.get(anchor);
  }

  /** Rules that stop the others if they are granted to fire; empty while there is none. */
  List<String> mayBeStoppedBy(long anchor) {
    return mayStop.isEmpty() ? List.of() : mayStop.getOrDefault(anchor, List.of());
  }

  /** No rule after this one fires, unless it is refused to fire itself. */
  void stop(long anchor, RuleVersion member) {
    String rule = member.rule().id();
    if (!capped.isEmpty() && capped.get(capped.size() - 1).member() == member) {
      mayStop = mayStop.isEmpty() ? new HashMap<>() : mayStop;
      List<String> rules = new ArrayList<>(mayBeStoppedBy(anchor));
      rules.add(rule);
      mayStop.put(anchor, rules);
    } else {
      stops = stops.isEmpty() ? new HashMap<>() : stops;
      stops.putIfAbsent(anchor, rule);
    }
  }
}
