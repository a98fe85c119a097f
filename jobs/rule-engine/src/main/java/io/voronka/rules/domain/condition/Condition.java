package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.SubjectView;
import java.util.Optional;

/** A node of a rule's condition tree. Immutable. */
public sealed interface Condition
    permits AllOf, AnyOf, Not, FieldCondition, StageChanged, EventTriggered {

  /** JSON pointer of this node in the rule's definition. */
  String pointer();

  Truth test(SubjectView view);

  /** What would satisfy it, for a reader. */
  String expected();

  /** What was there instead, for a reader; null when it is unknown. */
  String actual(SubjectView view);

  /** The first node in the order of the definition that does not hold; of a group, its member's. */
  default Condition firstFailing(SubjectView view) {
    return this;
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
}
