package io.voronka.rules.domain.subject;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import java.util.List;

/** One event seen against what was known before it. All that conditions and texts may read. */
public final class SubjectView {
  private final CrmEvent event;
  private final SubjectState before;
  private final SubjectState after;
  private final StageMove move;
  private final boolean about;

  private SubjectView(CrmEvent event, SubjectState before, StateMerge.Merged merged) {
    this.event = event;
    this.before = before;
    this.after = merged.after();
    this.move = merged.move();
    this.about = StateMerge.about(event);
  }

  /**
   * @param eventTime the event's time in the log, epoch milliseconds
   */
  public static SubjectView of(SubjectState before, CrmEvent event, long eventTime) {
    return new SubjectView(event, before, StateMerge.merge(before, event, eventTime));
  }

  public CrmEvent event() {
    return event;
  }

  /** The state with the event in it. */
  public SubjectState after() {
    return after;
  }

  public StageMove move() {
    return move;
  }

  /**
   * Values of a field of the subject, this event's included.
   *
   * @return null when never seen; empty when known to be empty
   */
  public List<String> texts(FieldRef ref) {
    return after.texts(ref);
  }

  /** Values of a field of the event's own entity; null when the event does not carry it. */
  public List<String> carried(FieldRef ref) {
    return FieldTexts.carried(event, ref);
  }

  /** True when the event carries a field of the subject itself. */
  public boolean carriesOfSubject(FieldRef ref) {
    return about && carried(ref) != null;
  }

  /** True when the event carries the field, and a newer event's value of it is already known. */
  public boolean staleFor(FieldRef ref) {
    if (!carriesOfSubject(ref)) {
      return false;
    }
    return switch (ref.naming()) {
      case STANDARD -> {
        Known known = before.fields().get(ref.name());
        yield known != null && StateMerge.stale(event, known.at());
      }
      case CUSTOM_ID, CUSTOM_CODE -> {
        long at = before.customAt(ref);
        yield StateMerge.stale(event, at);
      }
    };
  }

  /**
   * Values of a field of the subject before this event, where the event carries it.
   *
   * @return null when unknown; empty when the subject did not exist
   */
  public List<String> textsBefore(FieldRef ref) {
    List<String> known = before.texts(ref);
    if (known != null) {
      return known;
    }
    String previous =
        ref.naming() == FieldRef.Naming.STANDARD ? event.getPrevious().get(ref.name()) : null;
    if (previous != null) {
      return List.of(previous);
    }
    return created(event.getKind()) ? List.of() : null;
  }

  private static boolean created(EventKind kind) {
    return kind == EventKind.LEAD_CREATED
        || kind == EventKind.CONTACT_CREATED
        || kind == EventKind.COMPANY_CREATED
        || kind == EventKind.CUSTOMER_CREATED
        || kind == EventKind.TASK_CREATED;
  }
}
