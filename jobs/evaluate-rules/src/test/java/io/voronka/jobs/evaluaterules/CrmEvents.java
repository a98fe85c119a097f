package io.voronka.jobs.evaluaterules;

import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Events about leads of tenant acme, and how they are on the topic. */
public final class CrmEvents {
  public static final long T0 = 1_760_000_000_000L;

  private CrmEvents() {}

  /** A lead that is now in a stage of pipeline 1, with a price. */
  public static CrmEvent lead(
      EventKind kind, String eventId, String leadId, long at, String stage, String price) {
    Map<String, String> fields = new HashMap<>();
    fields.put("id", leadId);
    fields.put("name", "Lead " + leadId);
    fields.put("pipeline_id", "1");
    fields.put("status_id", stage);
    fields.put("price", price);
    return CrmEvent.newBuilder()
        .setId(eventId)
        .setKind(kind)
        .setTenantId("acme")
        .setAccountId("kommo-1")
        .setEntityType(EntityType.LEAD)
        .setEntityId(leadId)
        .setSubjectType(EntityType.LEAD)
        .setSubjectId(leadId)
        .setReceivedAt(at)
        .setOccurredAt(at - at % 1000)
        .setFields(fields)
        .build();
  }

  /** A contact with a phone, and the leads that it belongs to. */
  public static CrmEvent contact(String id, String name, String phone, long at, String... leads) {
    return CrmEvent.newBuilder()
        .setId(id)
        .setKind(EventKind.CONTACT_UPDATED)
        .setTenantId("acme")
        .setAccountId("kommo-1")
        .setEntityType(EntityType.CONTACT)
        .setEntityId("31")
        .setSubjectType(EntityType.CONTACT)
        .setSubjectId("31")
        .setReceivedAt(at)
        .setOccurredAt(at - at % 1000)
        .setFields(new HashMap<>(Map.of("id", "31", "name", name)))
        .setCustomFields(
            List.of(
                new CustomField(
                    "5", "PHONE", "Phone", List.of(new FieldValue(phone, "311", "WORK")))))
        .setLinks(Stream.of(leads).map(lead -> new EntityRef(EntityType.LEAD, lead)).toList())
        .build();
  }

  /** A chat message in the talk of a lead. */
  public static CrmEvent message(EventKind kind, String id, String leadId, long at) {
    return CrmEvent.newBuilder()
        .setId(id)
        .setKind(kind)
        .setTenantId("acme")
        .setAccountId("kommo-1")
        .setEntityType(EntityType.MESSAGE)
        .setEntityId(id)
        .setSubjectType(EntityType.LEAD)
        .setSubjectId(leadId)
        .setReceivedAt(at)
        .setOccurredAt(at)
        .build();
  }

  public static CrmEvent tick(long at) {
    return CrmEvent.newBuilder().setId("tick").setKind(EventKind.TICK).setReceivedAt(at).build();
  }

  public static byte[] bytes(CrmEvent event) {
    return RecordCodec.of(CrmEvent.class).encode(event);
  }

  public static RawRecord raw(CrmEvent event, long offset) {
    byte[] key =
        event.getKind() == EventKind.TICK
            ? null
            : Subject.of(event).key().getBytes(StandardCharsets.UTF_8);
    return new RawRecord(Topics.CRM_EVENTS, 0, offset, event.getReceivedAt(), key, bytes(event));
  }
}
