package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.Budget;
import io.voronka.rules.domain.subject.Past;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.EventKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that the rules of one set count. An event is counted whether or not a rule is triggered by
 * it.
 */
public final class Counters {
  private final Map<EventKind, List<Counter>> byKind;
  private final Set<Long> ids;

  private Counters(Map<EventKind, List<Counter>> byKind, Set<Long> ids) {
    this.byKind = byKind;
    this.ids = ids;
  }

  /** How to count, and how many times have to be kept for the most demanding rule. */
  private record Counter(EventTriggered what, int most) {}

  public static Counters of(Collection<Condition> conditions) {
    Map<Long, Counter> counters = new HashMap<>();
    conditions.stream()
        .flatMap(Condition::nodes)
        .forEach(
            node -> {
              if (node instanceof EventTriggered event && event.often() != null) {
                counters.merge(
                    event.often().counter(),
                    new Counter(event, event.often().times()),
                    (a, b) -> a.most() >= b.most() ? a : b);
              }
            });
    Map<EventKind, List<Counter>> byKind = new EnumMap<>(EventKind.class);
    for (Counter counter : counters.values()) {
      for (EventKind kind : counter.what().kinds()) {
        byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(counter);
      }
    }
    return new Counters(byKind, Set.copyOf(counters.keySet()));
  }

  /** The view with its event counted; counts that no rule asks for any more are dropped. */
  public SubjectView count(SubjectView view) {
    Past past = view.after().past().keeping(ids);
    if (!byKind.isEmpty()) {
      EventKind kind = view.event().getKind();
      past = count(byKind.getOrDefault(kind, List.of()), view, past);
      if (kind != EventKind.LEAD_STAGE_CHANGED && view.move().entered()) {
        List<Counter> entries =
            byKind.getOrDefault(EventKind.LEAD_STAGE_CHANGED, List.of()).stream()
                .filter(counter -> !counter.what().kinds().contains(kind))
                .toList();
        past = count(entries, view, past);
      }
    }
    return view.with(past);
  }

  private static boolean matches(Counter counter, SubjectView view) {
    view.budget().refill();
    try {
      return counter.what().matches(view) == Truth.TRUE;
    } catch (Budget.OverBudgetException e) {
      return false; // The rule that counts it is told so when it is judged.
    }
  }

  private static Past count(List<Counter> counters, SubjectView view, Past before) {
    Past past = before;
    for (Counter counter : counters) {
      if (matches(counter, view)) {
        past = past.counted(counter.what().often().counter(), view.happenedAt(), counter.most());
      }
    }
    return past;
  }
}
