package io.voronka.rules.domain.subject;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.Subject;
import java.util.List;
import java.util.Map;

/**
 * One event seen against what was known before it, or what is known at a moment. All that
 * conditions and texts may read.
 */
public final class SubjectView {
  private final Subject subject;
  private final CrmEvent event;
  private final SubjectState before;
  private final SubjectState after;
  private final StageMove move;
  private final boolean about;
  private final boolean late;
  private final long now;
  private final Surroundings surroundings;
  private final Budget budget = new Budget();
  private String agentId;

  private SubjectView(
      Subject subject,
      CrmEvent event,
      SubjectState before,
      SubjectState after,
      StageMove move,
      long now,
      Surroundings surroundings) {
    this.subject = subject;
    this.event = event;
    this.before = before;
    this.after = after;
    this.move = move;
    this.about = event != null && StateMerge.about(event);
    this.late = move.stale() || (about && StateMerge.stale(event, before.asOf()));
    this.now = now;
    this.surroundings = surroundings;
  }

  /**
   * @param now the event's time in the log, epoch milliseconds
   */
  public static SubjectView of(SubjectState before, CrmEvent event, long now) {
    return of(before, event, now, Surroundings.UNKNOWN);
  }

  /**
   * @param now the event's time in the log, epoch milliseconds
   * @param surroundings what texts may name besides the subject and the event
   */
  public static SubjectView of(
      SubjectState before, CrmEvent event, long now, Surroundings surroundings) {
    StateMerge.Merged merged = StateMerge.merge(before, event, now);
    return new SubjectView(
        Subject.of(event), event, before, merged.after(), merged.move(), now, surroundings);
  }

  /**
   * Without an event: nothing is carried, nothing changes.
   *
   * @param now the moment, epoch milliseconds
   */
  public static SubjectView at(Subject subject, SubjectState state, long now) {
    return at(subject, state, now, Surroundings.UNKNOWN);
  }

  /**
   * Without an event: nothing is carried, nothing changes.
   *
   * @param now the moment, epoch milliseconds
   * @param surroundings as in {@link #of(SubjectState, CrmEvent, long, Surroundings)}
   */
  public static SubjectView at(
      Subject subject, SubjectState state, long now, Surroundings surroundings) {
    return new SubjectView(subject, null, state, state, StageMove.NONE, now, surroundings);
  }

  /** The same with other things counted. */
  public SubjectView with(Past past) {
    return past == after.past()
        ? this
        : new SubjectView(subject, event, before, after.with(past), move, now, surroundings);
  }

  public Subject subject() {
    return subject;
  }

  /** Null at a moment. */
  public CrmEvent event() {
    return event;
  }

  /**
   * Begins with another rule.
   *
   * @param agent id of the agent whose rule it is; null: nobody's in particular
   */
  public void begin(String agent) {
    budget.refill();
    agentId = agent;
  }

  /** Id of the agent whose rule is being judged; null when it is nobody's in particular. */
  public String agentId() {
    return agentId;
  }

  /** Of the rule that is being judged. */
  public Budget budget() {
    return budget;
  }

  /** The log's time, epoch milliseconds. */
  public long now() {
    return now;
  }

  /** When the event happened, epoch milliseconds; at a moment, the moment. */
  public long happenedAt() {
    return event == null ? now : StateMerge.happenedAt(event, now);
  }

  /** The state with the event in it. */
  public SubjectState after() {
    return after;
  }

  /** True when the event is the first to tell of the subject's creation, and is that itself. */
  public boolean createdNow() {
    return event != null
        && event.getKind() == EventKind.LEAD_CREATED
        && before.creation() == null
        && about;
  }

  public StageMove move() {
    return move;
  }

  /** The text of a field that has one value; null when it has none, several or was never seen. */
  public String only(FieldRef ref) {
    return after.only(ref);
  }

  /**
   * Values of a field of the subject, this event's included.
   *
   * @return null when never seen; empty when known to be empty
   */
  public List<String> texts(FieldRef ref) {
    return after.texts(ref);
  }

  public Surroundings surroundings() {
    return surroundings;
  }

  /** The subject itself when it is a contact, else its main one; null when unknown. */
  public String contactId() {
    return subject.type() == EntityType.CONTACT ? subject.id() : contact().id();
  }

  /** The main contact of a lead; its id is null when there is none that we know of. */
  public Contacts.Contact contact() {
    return after.contacts().first();
  }

  /** Values of a field of that contact; null when never seen, empty when known to be empty. */
  public List<String> contactTexts(FieldRef ref) {
    return subject.type() == EntityType.CONTACT ? texts(ref) : contact().state().texts(ref);
  }

  /** Values of a field of the event's own entity; null when the event does not carry it. */
  public List<String> carried(FieldRef ref) {
    return event == null
        ? null
        : FieldTexts.carried(event, ref, about ? after.customFields() : Map.of());
  }

  /** True when the event carries the subject's own fields, and not those of a task or a contact. */
  public boolean aboutSubject() {
    return about;
  }

  /** True when the event carries a field of the subject itself. */
  public boolean carriesOfSubject(FieldRef ref) {
    return about && carried(ref) != null;
  }

  /** True when a newer event has been here: it may have told of what this one tells of. */
  public boolean late() {
    return late;
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
