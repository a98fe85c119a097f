package io.voronka.rules.parsing;

import io.voronka.rules.domain.condition.AllOf;
import io.voronka.rules.domain.condition.AnyOf;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.Not;
import io.voronka.rules.domain.condition.StageChanged;
import io.voronka.schemas.EventKind;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what can never be true, whatever the lead is: conditions on what an event does, where it
 * does nothing of the kind. Only what is certain is told; what merely never happens in practice is
 * not.
 */
final class NeverTrue {
  /** What they tell of is never the lead itself. */
  private static final Set<EventKind> OF_OTHERS =
      Set.of(
          EventKind.MESSAGE_RECEIVED,
          EventKind.MESSAGE_SENT,
          EventKind.TALK_OPENED,
          EventKind.TALK_UPDATED,
          EventKind.TASK_CREATED,
          EventKind.TASK_UPDATED,
          EventKind.TASK_COMPLETED,
          EventKind.TASK_DELETED,
          EventKind.CONTACT_CREATED,
          EventKind.CONTACT_UPDATED,
          EventKind.COMPANY_CREATED,
          EventKind.COMPANY_UPDATED);

  /** None: no event, but the moment that a rule waits for. */
  private final Set<EventKind> events;

  private NeverTrue(Set<EventKind> events) {
    this.events = events;
  }

  /** The part of a condition because of which it is never true when nothing happens. */
  static Optional<Condition> atMoments(Condition condition) {
    return Optional.ofNullable(new NeverTrue(Set.of()).never(condition, true));
  }

  /**
   * The part of a condition because of which it is never true at such events.
   *
   * @param events at least one
   */
  static Optional<Condition> at(Set<EventKind> events, Condition condition) {
    return Optional.ofNullable(new NeverTrue(events).never(condition, true));
  }

  /** Null when it may be so. */
  private Condition never(Condition condition, boolean so) {
    if (condition instanceof Not not) {
      return never(not.member(), !so);
    }
    if (condition instanceof AllOf || condition instanceof AnyOf) {
      boolean one = condition instanceof AnyOf == so;
      return one ? neverOne(condition.members(), so) : neverAll(condition.members(), so);
    }
    return so && isFalse(condition) ? condition : null;
  }

  private Condition neverAll(List<Condition> members, boolean so) {
    for (Condition member : members) {
      Condition never = never(member, so);
      if (never != null) {
        return never;
      }
    }
    return null;
  }

  private Condition neverOne(List<Condition> members, boolean so) {
    Condition first = null;
    for (Condition member : members) {
      Condition never = never(member, so);
      if (never == null) {
        return null;
      }
      first = first == null ? never : first;
    }
    return first;
  }

  private boolean isFalse(Condition leaf) {
    if (leaf instanceof StageChanged) {
      return OF_OTHERS.containsAll(events);
    }
    if (leaf instanceof EventTriggered event) {
      return event.often() == null && !happens(event.kinds());
    }
    return events.isEmpty()
        && leaf instanceof FieldCondition field
        && field.test().operator().aboutChange();
  }

  /** A hook of any kind may be the one that shows a move. */
  private boolean happens(Set<EventKind> kinds) {
    return events.contains(EventKind.LEAD_STAGE_CHANGED)
        || !Collections.disjoint(events, kinds)
        || (kinds.contains(EventKind.LEAD_STAGE_CHANGED) && !OF_OTHERS.containsAll(events));
  }
}
