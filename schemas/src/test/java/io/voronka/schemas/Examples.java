package io.voronka.schemas;

import java.util.List;
import java.util.Map;

/** Records for tests, with every kind of field filled in. */
final class Examples {
  private Examples() {}

  static CrmEvent stageChanged() {
    return CrmEvent.newBuilder()
        .setId("e1")
        .setKind(EventKind.LEAD_STAGE_CHANGED)
        .setTenantId("acme")
        .setAccountId("acme-kommo")
        .setEntityType(EntityType.LEAD)
        .setEntityId("20100501")
        .setSubjectType(EntityType.LEAD)
        .setSubjectId("20100501")
        .setReceivedAt(1_748_268_669_123L)
        .setOccurredAt(1_748_268_669_000L)
        .setWebhookId("w1")
        .setGatewayId("g1")
        .setActorId("0")
        .setFields(Map.of("name", "Заявка #1 & co", "status_id", "142"))
        .setPrevious(Map.of("status_id", "64100200"))
        .setCustomFields(
            List.of(
                CustomField.newBuilder()
                    .setId("575809")
                    .setCode("PHONE")
                    .setName("Phone")
                    .setValues(
                        List.of(
                            FieldValue.newBuilder()
                                .setValue("+79991234567")
                                .setEnumId("311321")
                                .build()))
                    .build()))
        .setTags(List.of(Tag.newBuilder().setId("482205").setName("vip").build()))
        .setLinks(List.of(new EntityRef(EntityType.CONTACT, "42")))
        .build();
  }

  static ControlChange tenant(String id, long generation) {
    return ControlChange.newBuilder()
        .setTable(ControlTable.TENANTS)
        .setOp(ControlOp.UPSERT)
        .setGeneration(generation)
        .setTenant(
            TenantRow.newBuilder()
                .setTenantId(id)
                .setName(id)
                .setTimeZone("Europe/Moscow")
                .setLocale("ru")
                .build())
        .build();
  }

  static ControlChange marker(ControlTable table, long generation, long rows) {
    return ControlChange.newBuilder()
        .setTable(table)
        .setOp(ControlOp.SNAPSHOT_COMPLETE)
        .setGeneration(generation)
        .setRowCount(rows)
        .build();
  }
}
