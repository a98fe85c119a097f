package io.voronka.rules.domain.subject;

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
 * @param stageEnteredAt time of the log when the lead entered its present stage, epoch
 *     milliseconds; 0 when its entry was not seen
 * @param talkId the talk that last had a message or an update; null when none was seen
 * @param talkAt vendor's time of that, epoch milliseconds
 */
public record SubjectState(
    long asOf,
    Map<String, Known> fields,
    Map<String, KnownCustom> customFields,
    long stageEnteredAt,
    String talkId,
    long talkAt) {

  /** Nothing is known yet. */
  public static final SubjectState EMPTY = new SubjectState(0, Map.of(), Map.of(), 0, null, 0);

  public SubjectState {
    fields = fields == null ? Map.of() : fields;
    customFields = customFields == null ? Map.of() : customFields;
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

  /**
   * The values of a field.
   *
   * @return null when never seen; empty when known to be empty
   */
  List<String> texts(FieldRef ref) {
    return switch (ref.naming()) {
      case STANDARD -> {
        String text = text(ref.name());
        yield text == null ? null : List.of(text);
      }
      case CUSTOM_ID -> FieldTexts.of(customFields.get(ref.name()), ref.part());
      case CUSTOM_CODE -> FieldTexts.of(byCode(ref.name()), ref.part());
    };
  }

  /** Vendor's time of the newest event that carried a custom field; 0 when never seen. */
  long customAt(FieldRef ref) {
    KnownCustom known =
        ref.naming() == FieldRef.Naming.CUSTOM_ID
            ? customFields.get(ref.name())
            : byCode(ref.name());
    return known == null ? 0 : known.at();
  }

  /** Should two fields have one code, the lower id: any choice will do, but always the same. */
  private KnownCustom byCode(String code) {
    String id = null;
    KnownCustom found = null;
    for (Map.Entry<String, KnownCustom> field : customFields.entrySet()) {
      boolean named = code.equals(field.getValue().code());
      if (named && (id == null || field.getKey().compareTo(id) < 0)) {
        id = field.getKey();
        found = field.getValue();
      }
    }
    return found;
  }
}
