package io.voronka.rules.domain.subject;

import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import java.util.List;
import java.util.Map;

/**
 * What is known about one subject, merged from all events about it. Absent means never seen. The
 * constructor fills in defaults and never rejects, so that state written by an older version can
 * always be read.
 *
 * @param asOf vendor's time of the newest event in it, epoch milliseconds; 0 when none had a time
 * @param fields standard fields by vendor's name, status_id and pipeline_id among them
 * @param customFields by id
 * @param stageEntry when the lead entered its present stage; null when its entry was not seen
 * @param talkId the talk that last had a message or an update; null when none was seen
 * @param talkAt vendor's time of that, epoch milliseconds
 * @param past what has happened to it
 * @param standing where rules stand with it
 * @param contacts the people of a lead
 */
public record SubjectState(
    long asOf,
    Map<String, Known> fields,
    Map<String, KnownCustom> customFields,
    Happening stageEntry,
    String talkId,
    long talkAt,
    Past past,
    Standing standing,
    Contacts contacts) {

  /** Nothing is known yet. */
  public static final SubjectState EMPTY = of(0, Map.of(), Map.of());

  /** The one creation that every subject has. */
  private static final long CREATION = 1;

  private static final int LONGEST_SECONDS = 12;

  public SubjectState {
    fields = fields == null ? Map.of() : fields;
    customFields = customFields == null ? Map.of() : customFields;
    past = past == null ? Past.NONE : past;
    standing = standing == null ? Standing.NONE : standing;
    contacts = contacts == null ? Contacts.NONE : contacts;
  }

  /** Fields, and nothing else. */
  public static SubjectState of(
      long asOf, Map<String, Known> fields, Map<String, KnownCustom> customFields) {
    return new SubjectState(asOf, fields, customFields, null, null, 0, null, null, null);
  }

  public SubjectState with(Past happened) {
    return happened == past
        ? this
        : new SubjectState(
            asOf, fields, customFields, stageEntry, talkId, talkAt, happened, standing, contacts);
  }

  public SubjectState with(Standing where) {
    return where == standing
        ? this
        : new SubjectState(
            asOf, fields, customFields, stageEntry, talkId, talkAt, past, where, contacts);
  }

  /**
   * With the chain of rules that an event was in at all that began with it.
   *
   * @param event its fingerprint
   */
  public SubjectState inChain(long event, int depth) {
    boolean entered = stageEntry != null && stageEntry.id() == event;
    return new SubjectState(
        asOf,
        fields,
        customFields,
        entered ? stageEntry.inChain(depth) : stageEntry,
        talkId,
        talkAt,
        past.inChain(event, depth),
        standing,
        contacts);
  }

  /** With other people. */
  public SubjectState with(Contacts people) {
    return people == contacts
        ? this
        : new SubjectState(
            asOf, fields, customFields, stageEntry, talkId, talkAt, past, standing, people);
  }

  /**
   * When the subject was made in the CRM.
   *
   * @return null when unknown
   */
  public Happening creation() {
    Happening told = past.last(EventKind.LEAD_CREATED);
    Long at = seconds("created_at");
    at = at == null ? seconds("date_create") : at;
    return at == null ? told : new Happening(at * 1000, at * 1000, CREATION);
  }

  /**
   * The kind of event by which the subject is deleted, if it is; null while it is there.
   *
   * @param type what the subject is
   */
  public EventKind end(EntityType type) {
    return switch (type) {
      case LEAD -> end(EventKind.LEAD_DELETED, EventKind.LEAD_RESTORED);
      case CONTACT -> end(EventKind.CONTACT_DELETED, EventKind.CONTACT_RESTORED);
      case COMPANY -> end(EventKind.COMPANY_DELETED, EventKind.COMPANY_RESTORED);
      default -> null;
    };
  }

  private EventKind end(EventKind deleted, EventKind restored) {
    Happening gone = past.last(deleted);
    Happening back = past.last(restored);
    return gone == null || (back != null && back.isAfter(gone)) ? null : deleted;
  }

  /** Null when never seen. */
  public String stageId() {
    return text("status_id");
  }

  /** Null when never seen. */
  public String pipelineId() {
    return text("pipeline_id");
  }

  /** The text of a standard field; null when never seen. */
  public String text(String field) {
    Known known = fields.get(field);
    return known == null ? null : known.text();
  }

  /** The text of a standard field; null when never seen. */
  public String text(FieldRef standard) {
    return StandardFields.text(fields, standard);
  }

  /**
   * The values of a field.
   *
   * @return null when never seen; empty when known to be empty
   */
  public List<String> texts(FieldRef ref) {
    return switch (ref.naming()) {
      case STANDARD -> {
        String text = text(ref);
        yield text == null ? null : List.of(text);
      }
      case CUSTOM_ID, CUSTOM_CODE -> FieldTexts.of(custom(ref), ref.part());
    };
  }

  /** The text of a field that has one value; null when it has none, several or was never seen. */
  String only(FieldRef ref) {
    return ref.naming() == FieldRef.Naming.STANDARD
        ? text(ref)
        : FieldTexts.only(custom(ref), ref.part());
  }

  private KnownCustom custom(FieldRef ref) {
    return ref.naming() == FieldRef.Naming.CUSTOM_ID
        ? customFields.get(ref.name())
        : CustomFields.find(customFields, ref.name());
  }

  /** Vendor's time of the newest event that carried a custom field; 0 when never seen. */
  long customAt(FieldRef ref) {
    KnownCustom known = custom(ref);
    return known == null ? 0 : known.at();
  }

  private Long seconds(String field) {
    String text = text(field);
    boolean number =
        text != null && !text.isEmpty() && text.length() <= LONGEST_SECONDS && digits(text);
    return number && !text.equals("0") ? Long.valueOf(text) : null;
  }

  private static boolean digits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
