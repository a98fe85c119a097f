package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.SubjectView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** At least one member holds. */
public record AnyOf(String pointer, List<Condition> members) implements Condition {
  public AnyOf {
    members = List.copyOf(members);
  }

  @Override
  public Truth test(SubjectView view) {
    view.budget().take(1);
    Truth open = null;
    for (int i = 0; i < members.size(); i++) {
      Truth truth = members.get(i).test(view);
      if (truth == Truth.TRUE) {
        return Truth.TRUE;
      }
      if (truth.open() && open == null) {
        open = truth;
      }
    }
    return open == null ? Truth.FALSE : open;
  }

  @Override
  public String expected() {
    return members.stream().map(Condition::expected).collect(Collectors.joining(" or "));
  }

  @Override
  public String actual(SubjectView view) {
    return members.stream().map(m -> Wording.of(m.actual(view))).collect(Collectors.joining("; "));
  }

  @Override
  public Optional<Necessary> necessary(Selectivity selectivity) {
    return Necessary.union(members, selectivity);
  }
}
