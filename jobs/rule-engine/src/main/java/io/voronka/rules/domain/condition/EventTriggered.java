package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.StableId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code event_triggered}: this event is of one of the kinds, and its own fields pass the filters;
 * or so many such events have happened within a time, this one included. Unlike {@code field_value}
 * it reads the event's entity (a message, a task), not the subject.
 *
 * @param often null: this event alone decides
 */
public record EventTriggered(
    String pointer, Set<EventKind> kinds, List<Filter> filters, Often often) implements Condition {

  /** A test of one field that the event carries. */
  public record Filter(String pointer, FieldRef field, FieldTest test) {}

  /**
   * At least so many times within a duration before now.
   *
   * @param counter id of the count in the subject's state: follows from what is counted, so that
   *     editing the rule elsewhere loses no count, and rules that count the same share it
   */
  public record Often(int times, long withinMillis, long counter) {}

  public EventTriggered {
    kinds = Set.copyOf(kinds);
    filters = List.copyOf(filters);
  }

  /** Decided by this event alone. */
  public static EventTriggered now(String pointer, Set<EventKind> kinds, List<Filter> filters) {
    return new EventTriggered(pointer, kinds, filters, null);
  }

  /** Decided by how often it happened. */
  public static EventTriggered often(
      String pointer, Set<EventKind> kinds, List<Filter> filters, int times, long withinMillis) {
    StringBuilder counted = new StringBuilder(new TreeSet<>(kinds).toString());
    for (Filter filter : filters) {
      FieldTest test = filter.test();
      counted.append('|').append(filter.field()).append(filter.field().part());
      counted.append(test.operator()).append(test.type()).append(test.operands());
      counted.append(test.pattern());
    }
    long counter = StableId.fingerprint(counted.toString());
    return new EventTriggered(pointer, kinds, filters, new Often(times, withinMillis, counter));
  }

  @Override
  public Truth test(SubjectView view) {
    view.budget().take(1);
    if (often == null) {
      return matches(view);
    }
    return Truth.of(count(view) >= often.times());
  }

  /** Whether the view's event is one of those that are meant. */
  Truth matches(SubjectView view) {
    if (!happened(view)) {
      return Truth.FALSE;
    }
    Truth result = Truth.TRUE;
    for (Filter filter : filters) {
      result = result.and(filter.test().test(view.carried(filter.field()), view.budget()));
    }
    return result;
  }

  @Override
  public String expected() {
    StringBuilder words = new StringBuilder("event ");
    words.append(
        String.join(" or ", kinds.stream().map(EventTriggered::written).sorted().toList()));
    for (Filter filter : filters) {
      words.append(" with ").append(filter.field()).append(' ').append(filter.test().expected());
    }
    if (often != null) {
      words.append(", ").append(often.times()).append(" times within ");
      words.append(Wording.duration(often.withinMillis()));
    }
    return words.toString();
  }

  @Override
  public String actual(SubjectView view) {
    if (often != null) {
      return count(view) + " times";
    }
    if (!happened(view)) {
      return view.event() == null ? "no event" : written(view.event().getKind());
    }
    for (Filter filter : filters) {
      List<String> carried = view.carried(filter.field());
      if (filter.test().test(carried, view.budget()) != Truth.TRUE) {
        return carried == null ? null : filter.field() + " " + Wording.of(carried);
      }
    }
    return written(view.event().getKind());
  }

  private int count(SubjectView view) {
    return view.after().past().countAfter(often.counter(), view.now() - often.withinMillis());
  }

  private boolean happened(SubjectView view) {
    if (view.event() == null) {
      return false;
    }
    EventKind kind = view.event().getKind();
    if (kinds.contains(EventKind.LEAD_STAGE_CHANGED) && view.move().entered()) {
      return true;
    }
    // Of the hooks that tell of one move only the first shows it.
    return kind != EventKind.LEAD_STAGE_CHANGED && kinds.contains(kind);
  }

  private static String written(EventKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
