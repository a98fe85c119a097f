package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.SubjectView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A node of a rule's condition tree. Immutable. */
public sealed interface Condition extends Explained
    permits AllOf, AnyOf, Not, FieldCondition, StageChanged, EventTriggered, TimeElapsed {

  Truth test(SubjectView view);

  /** The nodes below this one. */
  default List<Condition> members() {
    return List.of();
  }

  /** This node and all below it, in the order of the definition. */
  default Stream<Condition> nodes() {
    return Stream.concat(Stream.of(this), members().stream().flatMap(Condition::nodes));
  }

  /**
   * A node that does not hold.
   *
   * @param truth what it says instead
   */
  record Failing(Explained node, Truth truth) {}

  /**
   * The first node in the order of the definition that does not hold, of a group that wants all its
   * members the member's; null when this condition holds.
   */
  default Failing failing(SubjectView view) {
    Truth truth = test(view);
    return truth == Truth.TRUE ? null : new Failing(this, truth);
  }

  /**
   * Equalities of which one must hold for this condition to be true, so that an index may pass over
   * the rule when none does.
   *
   * @param selectivity how many rules share an equality: the fewer the better
   * @return empty when there are none
   */
  default Optional<Necessary> necessary(Selectivity selectivity) {
    return Optional.empty();
  }

  /** True when this condition holds for everything that the equality holds for. */
  default boolean follows(Equality equality) {
    return false;
  }
}
