package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.SubjectView;

/** What a reader of a decision is told of a condition that did not hold. */
public interface Explained {

  /** JSON pointer in the rule's definition. */
  String pointer();

  /** What would satisfy it. */
  String expected();

  /** What was there instead; null when it is unknown. */
  String actual(SubjectView view);
}
