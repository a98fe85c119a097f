package io.voronka.rules.domain;

import io.voronka.rules.domain.subject.Standing;
import io.voronka.rules.domain.subject.Standing.Echo;
import io.voronka.rules.domain.subject.Standing.Firing;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.RuleVerdict;
import java.util.ArrayList;
import java.util.List;

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

  /** How deep in a chain of rules the cause is; 0 when no rule caused it. */
  final int depth;

  /** The rule after which no other fires; null while there is none. */
  String stoppedBy;

  Round(int candidates, Standing before, int depth) {
    this.verdicts = new ArrayList<>(candidates);
    this.before = before;
    this.depth = depth;
  }
}
