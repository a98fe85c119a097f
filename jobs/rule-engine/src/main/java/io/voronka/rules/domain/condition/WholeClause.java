package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.SubjectView;

/** Any condition, as it is: nothing of it is among the own values. */
record WholeClause(Condition condition) implements Clause {

  @Override
  public Condition.Failing failing(SubjectView view, byte[] own, int at) {
    return condition.failing(view);
  }

  @Override
  public int behind(byte[] own, int at) {
    return at;
  }

  @Override
  public void write(Condition same, OwnValues own) {
    // Equal conditions are one object for all rules.
  }
}
