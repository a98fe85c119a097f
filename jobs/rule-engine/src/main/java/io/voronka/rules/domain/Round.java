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
  final List<RuleVersion> capped = new ArrayList<>();
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

  Round(int candidates, Standing before, int depth) {
    this.verdicts = new ArrayList<>(candidates);
    this.before = before;
    this.depth = depth;
  }

  /** Null while there is none. */
  String stoppedBy(long anchor) {
    return stops.isEmpty() ? null : stops.get(anchor);
  }

  void stop(long anchor, String rule) {
    stops = stops.isEmpty() ? new HashMap<>() : stops;
    stops.putIfAbsent(anchor, rule);
  }
}
