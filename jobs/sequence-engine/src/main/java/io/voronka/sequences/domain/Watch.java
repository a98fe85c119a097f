package io.voronka.sequences.domain;

import io.voronka.rules.domain.catalogue.Typing;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.Truth;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.EventKind;
import java.util.Set;

/**
 * Something that a sequence watches for: an event, a condition, or an event with a condition.
 *
 * @param events empty: whatever happens
 * @param when null: the event alone
 */
public record Watch(String pointer, Set<EventKind> events, Condition when) {

  public Watch {
    events = Set.copyOf(events);
  }

  /** As it compares by an account's fields. */
  public Watch typed(Typing typing) {
    return when == null ? this : new Watch(pointer, events, typing.typed(when));
  }

  /** True when the view's event is one of those, and the condition is known to hold. */
  public boolean seen(SubjectView view) {
    return (events.isEmpty() || happened(view)) && holds(view);
  }

  /** True when no event has to happen, and the condition holds already. */
  public boolean holdsAlready(SubjectView view) {
    return events.isEmpty() && holds(view);
  }

  private boolean holds(SubjectView view) {
    return when == null || when.test(view) == Truth.TRUE;
  }

  /** A lead enters a stage with whichever of the CRM's hooks shows it first, as with rules. */
  private boolean happened(SubjectView view) {
    if (view.event() == null) {
      return false;
    }
    EventKind kind = view.event().getKind();
    boolean told = kind != EventKind.LEAD_STAGE_CHANGED && events.contains(kind);
    return told || (events.contains(EventKind.LEAD_STAGE_CHANGED) && view.move().entered());
  }
}
