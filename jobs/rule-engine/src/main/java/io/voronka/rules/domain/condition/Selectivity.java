package io.voronka.rules.domain.condition;

/** How many rules of a set hang on an equality. */
@FunctionalInterface
public interface Selectivity {
  int rulesWith(Equality equality);
}
