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

  /**
   * What it took to see whether an event is counted.
   *
   * @param counter as in {@link EventTriggered.Often}
   * @param steps at least {@link Budget#NOTABLE}
   * @param overBudget it would have taken too many, so the event was not counted
   */
  public record Took(long counter, int steps, boolean overBudget) {}

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

  /** As {@link #count(SubjectView, List)}, where nobody asks what it took. */
  public SubjectView count(SubjectView view) {
    return count(view, bill());
  }

  /** Where {@link #count(SubjectView, List)} puts what took notably many steps. */
  public List<Took> bill() {
    return byKind.isEmpty() ? List.of() : new ArrayList<>(0);
  }

  /**
   * The view with its event counted; counts that no rule asks for any more are dropped.
   *
   * @param bill as {@link #bill} gives it
   */
  public SubjectView count(SubjectView view, List<Took> bill) {
    Past past = view.after().past().keeping(ids);
    if (!byKind.isEmpty()) {
      EventKind kind = view.event().getKind();
      past = count(byKind.getOrDefault(kind, List.of()), view, past, bill);
      if (kind != EventKind.LEAD_STAGE_CHANGED && view.move().entered()) {
        List<Counter> entries =
            byKind.getOrDefault(EventKind.LEAD_STAGE_CHANGED, List.of()).stream()
                .filter(counter -> !counter.what().kinds().contains(kind))
                .toList();
        past = count(entries, view, past, bill);
      }
    }
    return view.with(past);
  }

  private static boolean matches(Counter counter, SubjectView view, List<Took> bill) {
    Budget budget = view.budget();
    budget.refill();
    boolean overBudget = false;
    boolean matches = false;
    try {
      matches = counter.what().matches(view) == Truth.TRUE;
    } catch (Budget.OverBudgetException e) {
      overBudget = true;
    }
    if (budget.taken() >= Budget.NOTABLE) {
      bill.add(new Took(counter.what().often().counter(), budget.taken(), overBudget));
    }
    return matches;
  }

  private static Past count(
      List<Counter> counters, SubjectView view, Past before, List<Took> bill) {
    Past past = before;
    for (Counter counter : counters) {
      if (matches(counter, view, bill)) {
        past = past.counted(counter.what().often().counter(), view.happenedAt(), counter.most());
      }
    }
    return past;
  }
}
