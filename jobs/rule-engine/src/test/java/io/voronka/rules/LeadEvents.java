package io.voronka.rules;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds events about lead 7 of tenant acme. */
public final class LeadEvents {
  public static final long T0 = 1_760_000_000_000L;

  private final EventKind kind;
  private final String id;
  private EntityType entityType = EntityType.LEAD;
  private String entityId = "7";
  private EntityType subjectType = EntityType.LEAD;
  private String subjectId = "7";
  private String accountId = "kommo-1";
  private String actorId;
  private Long occurredAt = T0;
  private long receivedAt = T0 + 500;
  private final Map<String, String> fields = new HashMap<>();
  private final Map<String, String> previous = new HashMap<>();
  private final List<CustomField> customFields = new ArrayList<>();
  private final List<EntityRef> links = new ArrayList<>();
  private List<Tag> tags;

  private LeadEvents(EventKind kind, String id) {
    this.kind = kind;
    this.id = id;
  }

  public static LeadEvents event(EventKind kind, String id) {
    return new LeadEvents(kind, id);
  }

  public static LeadEvents updated(String id) {
    return event(EventKind.LEAD_UPDATED, id);
  }

  public LeadEvents entity(EntityType type, String of) {
    entityType = type;
    entityId = of;
    return this;
  }

  /** About something else than the lead. */
  public LeadEvents subject(EntityType type, String of) {
    subjectType = type;
    subjectId = of;
    return entity(type, of);
  }

  public LeadEvents account(String account) {
    accountId = account;
    return this;
  }

  /** The vendor's user who did it. */
  public LeadEvents by(String user) {
    actorId = user;
    return this;
  }

  /** Vendor's time, seconds after the start. */
  public LeadEvents at(long seconds) {
    occurredAt = T0 + seconds * 1000;
    receivedAt = Math.max(receivedAt, occurredAt + 500);
    return this;
  }

  public LeadEvents untimed() {
    occurredAt = null;
    return this;
  }

  public LeadEvents received(long millis) {
    receivedAt = millis;
    return this;
  }

  public LeadEvents field(String name, String value) {
    fields.put(name, value);
    return this;
  }

  public LeadEvents stage(String pipeline, String stage) {
    return field("pipeline_id", pipeline).field("status_id", stage);
  }

  public LeadEvents was(String name, String value) {
    previous.put(name, value);
    return this;
  }

  public LeadEvents custom(String fieldId, String code, FieldValue... values) {
    customFields.add(new CustomField(fieldId, code, "Field " + fieldId, List.of(values)));
    return this;
  }

  public LeadEvents texts(String fieldId, String... texts) {
    FieldValue[] values = new FieldValue[texts.length];
    for (int i = 0; i < texts.length; i++) {
      values[i] = new FieldValue(texts[i], null, null);
    }
    return custom(fieldId, null, values);
  }

  public LeadEvents link(EntityType type, String to) {
    links.add(new EntityRef(type, to));
    return this;
  }

  public LeadEvents tags(String... names) {
    tags = Stream.of(names).map(name -> new Tag(null, name)).toList();
    return this;
  }

  public CrmEvent build() {
    return CrmEvent.newBuilder()
        .setId(id)
        .setKind(kind)
        .setTenantId("acme")
        .setAccountId(accountId)
        .setEntityType(entityType)
        .setEntityId(entityId)
        .setSubjectType(subjectType)
        .setSubjectId(subjectId)
        .setReceivedAt(receivedAt)
        .setOccurredAt(occurredAt)
        .setActorId(actorId)
        .setFields(new HashMap<>(fields))
        .setPrevious(new HashMap<>(previous))
        .setCustomFields(new ArrayList<>(customFields))
        .setTags(tags)
        .setLinks(new ArrayList<>(links))
        .build();
  }
}
