package io.voronka.rules.domain.condition;

import java.util.HashMap;
import java.util.Map;

/** The clauses of many rules, each kind once. */
public final class Clauses {
  private final Map<Object, Clause> known = new HashMap<>();

  public Clause of(Condition condition) {
    if (condition instanceof FieldCondition field) {
      FieldClause clause = FieldClause.of(field);
      if (clause != null) {
        return known.computeIfAbsent(clause.kind(field), kind -> clause);
      }
    }
    return known.computeIfAbsent(condition, one -> new WholeClause(condition));
  }
}
