package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One event while it is being read. */
final class EventDraft {
  private static final String CRM = "kommo";

  private final EventKind kind;
  private final EntityType entityType;
  private final String entityId;
  private EntityType subjectType;
  private String subjectId;
  private Long occurredAt;
  private String actorId;
  private StandardFields fields = StandardFields.NONE;
  private List<CustomField> customFields = List.of();
  private List<Tag> tags;
  private final Map<String, EntityRef> links = new LinkedHashMap<>(4);
  private String[] identity = {};

  EventDraft(EventKind kind, EntityType entityType, String entityId) {
    this.kind = kind;
    this.entityType = entityType;
    this.entityId = entityId;
    this.subjectType = entityType;
    this.subjectId = entityId;
  }

  /** Epoch milliseconds, or null when the hook does not say. */
  EventDraft occurredAt(Long millis) {
    occurredAt = millis;
    return this;
  }

  EventDraft actor(String userId) {
    actorId = userId == null || userId.isEmpty() ? null : userId;
    return this;
  }

  EventDraft fields(StandardFields read) {
    fields = read;
    return this;
  }

  EventDraft customFields(List<CustomField> read) {
    customFields = read;
    return this;
  }

  EventDraft tags(List<Tag> read) {
    tags = read;
    return this;
  }

  /** Remembers the entity as a neighbour; nothing happens when the id is none. */
  EventDraft link(EntityType type, String id) {
    if (VendorId.isWord(id) && !"0".equals(id)) {
      links.putIfAbsent(type.name() + id, new EntityRef(type, id));
    }
    return this;
  }

  /** A neighbour that is the subject too when it is a lead. */
  EventDraft about(EntityType type, String id) {
    if (type == EntityType.UNKNOWN || !VendorId.isNumber(id)) {
      return this;
    }
    if (type == EntityType.LEAD && subjectType == entityType) {
      subjectType = type;
      subjectId = id;
    }
    return link(type, id);
  }

  /** The subject of what names no lead; nothing happens when the id is none. */
  EventDraft orElseOf(EntityType type, String id) {
    if (subjectType == entityType && VendorId.isWord(id) && !"0".equals(id)) {
      subjectType = type;
      subjectId = id;
    }
    return this;
  }

  /**
   * What, besides the account, makes this happening the same as another one; null counts as empty.
   */
  EventDraft identity(String... parts) {
    identity = parts;
    return this;
  }

  CrmEvent toEvent(DeliveryContext context) {
    String[] parts = new String[identity.length + 3];
    parts[0] = CRM;
    parts[1] = context.tenantId();
    parts[2] = context.accountId();
    for (int i = 0; i < identity.length; i++) {
      parts[i + 3] = identity[i] == null ? "" : identity[i];
    }
    return new CrmEvent(
        StableId.of(parts),
        kind,
        context.tenantId(),
        context.accountId(),
        entityType,
        entityId,
        subjectType,
        subjectId,
        context.receivedAt(),
        occurredAt,
        context.webhookId(),
        context.gatewayId(),
        actorId,
        fields.now(),
        fields.before(),
        customFields,
        tags,
        new ArrayList<>(links.values()));
  }
}
