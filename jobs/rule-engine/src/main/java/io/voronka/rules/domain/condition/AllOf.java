package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.SubjectView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every member holds. */
public record AllOf(String pointer, List<Condition> members) implements Condition {
  public AllOf {
    members = List.copyOf(members);
  }

  @Override
  public Truth test(SubjectView view) {
    view.budget().take(1);
    Truth open = null;
    for (int i = 0; i < members.size(); i++) {
      Truth truth = members.get(i).test(view);
      if (truth == Truth.FALSE) {
        return Truth.FALSE;
      }
      if (truth.open() && open == null) {
        open = truth;
      }
    }
    return open == null ? Truth.TRUE : open;
  }

  @Override
  public Failing failing(SubjectView view) {
    view.budget().take(1);
    for (Condition member : members) {
      Failing failing = member.failing(view);
      if (failing != null) {
        return failing;
      }
    }
    return null;
  }

  @Override
  public String expected() {
    return members.stream().map(Condition::expected).collect(Collectors.joining(" and "));
  }

  @Override
  public String actual(SubjectView view) {
    return members.stream().map(m -> Wording.of(m.actual(view))).collect(Collectors.joining("; "));
  }

  @Override
  public Optional<Necessary> necessary(Selectivity selectivity) {
    return Necessary.best(members, selectivity);
  }
}
