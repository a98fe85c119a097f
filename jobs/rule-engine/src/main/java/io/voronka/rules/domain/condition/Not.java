package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.SubjectView;
import java.util.List;

/** The member is known not to hold. */
public record Not(String pointer, Condition member) implements Condition {

  @Override
  public List<Condition> members() {
    return List.of(member);
  }

  @Override
  public Truth test(SubjectView view) {
    view.budget().take(1);
    return member.test(view).negated();
  }

  @Override
  public String expected() {
    return "not (" + member.expected() + ")";
  }

  @Override
  public String actual(SubjectView view) {
    return member.actual(view);
  }
}
