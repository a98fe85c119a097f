package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.SubjectView;

/**
 * A condition as an index keeps it. What it has in common with those of other rules is here, once
 * for all of them; its {@link OwnValues} are handed in.
 */
public interface Clause {

  /**
   * What {@link Condition#failing} says of the condition; null when it holds.
   *
   * @param own of the rule
   * @param at where this clause's begin
   */
  Condition.Failing failing(SubjectView view, byte[] own, int at);

  /** Where the next clause's own values begin. */
  int behind(byte[] own, int at);

  /** Appends what is the condition's own. */
  void write(Condition condition, OwnValues own);
}
