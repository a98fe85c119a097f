package io.voronka.rules.trial;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Events about a subject, as the gateway writes them. */
public final class SubjectEvents {
  private SubjectEvents() {}

  /**
   * An event that carries nothing yet.
   *
   * @param id of the event
   * @param at the vendor's time and the log's, epoch milliseconds
   */
  public static CrmEvent of(EventKind kind, Subject subject, String id, long at) {
    EntityType entity = entity(kind, subject);
    return CrmEvent.newBuilder()
        .setId(id)
        .setKind(kind)
        .setTenantId(subject.tenantId())
        .setAccountId(subject.accountId())
        .setEntityType(entity)
        .setEntityId(entity == subject.type() ? subject.id() : id)
        .setSubjectType(subject.type())
        .setSubjectId(subject.id())
        .setReceivedAt(at)
        .setOccurredAt(at)
        .setFields(new HashMap<>())
        .setPrevious(new HashMap<>())
        .setCustomFields(new ArrayList<>())
        .build();
  }

  /**
   * A custom field of which only the id or only the code is known.
   *
   * @param name digits are an id; a field that is named by its code has some id, which no rule can
   *     know
   */
  public static CustomField customField(String name, List<FieldValue> values) {
    boolean id = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    return new CustomField(id ? name : "code " + name, id ? null : name, null, values);
  }

  /** What the hook is about; what names no entity of its own is about the subject. */
  private static EntityType entity(EventKind kind, Subject subject) {
    if (kind == EventKind.CALL_RECEIVED || kind == EventKind.CALL_MADE) {
      return EntityType.NOTE;
    }
    for (EntityType type : EntityType.values()) {
      if (kind.name().startsWith(type.name() + '_')) {
        return type;
      }
    }
    return subject.type();
  }
}
