package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.EventKind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code event_triggered}: this event is of one of the kinds, and its own fields pass the filters.
 * Unlike {@code field_value} it reads the event's entity (a message, a task), not the subject.
 */
public record EventTriggered(String pointer, Set<EventKind> kinds, List<Filter> filters)
    implements Condition {

  /** A test of one field that the event carries. */
  public record Filter(String pointer, FieldRef field, FieldTest test) {}

  public EventTriggered {
    kinds = Set.copyOf(kinds);
    filters = List.copyOf(filters);
  }

  @Override
  public Truth test(SubjectView view) {
    if (!happened(view)) {
      return Truth.FALSE;
    }
    Truth result = Truth.TRUE;
    for (Filter filter : filters) {
      result = result.and(filter.test().test(view.carried(filter.field())));
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
    return words.toString();
  }

  @Override
  public String actual(SubjectView view) {
    if (!happened(view)) {
      return written(view.event().getKind());
    }
    for (Filter filter : filters) {
      List<String> carried = view.carried(filter.field());
      if (filter.test().test(carried) != Truth.TRUE) {
        return carried == null ? null : filter.field() + " " + Wording.of(carried);
      }
    }
    return written(view.event().getKind());
  }

  private boolean happened(SubjectView view) {
    return kinds.contains(view.event().getKind())
        || (kinds.contains(EventKind.LEAD_STAGE_CHANGED) && view.move().entered());
  }

  private static String written(EventKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
