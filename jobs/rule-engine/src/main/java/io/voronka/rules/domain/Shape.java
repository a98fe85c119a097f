package io.voronka.rules.domain;

import io.voronka.rules.domain.condition.Clause;
import io.voronka.rules.domain.condition.Clauses;
import io.voronka.rules.domain.condition.Condition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All of a rule that others of the same make have, too, and that is read of one that does not fire.
 */
final class Shape {
  final boolean off;

  /** Null: nobody's in particular. */
  final String agentId;

  /** True when the conditions are the members of one group that wants all of them. */
  final boolean group;

  /** What the index has not answered already when it finds the rule. */
  final Clause[] open;

  private Shape(boolean off, String agentId, boolean group, List<Clause> open) {
    this.off = off;
    this.agentId = agentId;
    this.group = group;
    this.open = open.toArray(Clause[]::new);
  }

  /** Makes each once. */
  static final class Making {
    private final Clauses clauses = new Clauses();
    private final Map<List<Object>, Shape> known = new HashMap<>();

    /**
     * @param open conditions of the rule
     */
    Shape of(Rule rule, boolean group, List<Condition> open) {
      boolean off = rule.mode() == Rule.Mode.OFF;
      String agentId = rule.agent().orElse(null);
      List<Clause> asked = open.stream().map(clauses::of).toList();
      return known.computeIfAbsent(
          List.of(off, rule.agent(), group, asked), key -> new Shape(off, agentId, group, asked));
    }
  }
}
