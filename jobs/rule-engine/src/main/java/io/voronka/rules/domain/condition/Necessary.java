package io.voronka.rules.domain.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Equalities of which at least one must hold.
 *
 * @param cost rules that share them, added up
 */
public record Necessary(List<Equality> oneOf, long cost) {

  static Necessary of(List<Equality> oneOf, Selectivity selectivity) {
    return new Necessary(oneOf, oneOf.stream().mapToLong(selectivity::rulesWith).sum());
  }

  /** Every member must hold, so the most selective one is enough. */
  static Optional<Necessary> best(List<Condition> members, Selectivity selectivity) {
    Optional<Necessary> best = Optional.empty();
    for (Condition member : members) {
      Optional<Necessary> found = member.necessary(selectivity);
      if (found.isPresent() && (best.isEmpty() || found.get().cost() < best.get().cost())) {
        best = found;
      }
    }
    return best;
  }

  /** One member must hold, so each of them has to have equalities, and all of those count. */
  static Optional<Necessary> union(List<Condition> members, Selectivity selectivity) {
    List<Equality> oneOf = new ArrayList<>();
    long cost = 0;
    for (Condition member : members) {
      Optional<Necessary> found = member.necessary(selectivity);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      oneOf.addAll(found.get().oneOf());
      cost += found.get().cost();
    }
    return Optional.of(new Necessary(List.copyOf(oneOf), cost));
  }
}
