package io.voronka.jobs.kit;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.StableId;
import io.voronka.schemas.TenantRow;

/** Records as small as they can be. */
final class TestEvents {
  static final TenantRow TENANT =
      TenantRow.newBuilder()
          .setTenantId("acme")
          .setName("Acme")
          .setTimeZone("Europe/Moscow")
          .setLocale("ru")
          .build();

  private TestEvents() {}

  static CrmEvent lead(String id, String lead, long at) {
    return CrmEvent.newBuilder()
        .setId(StableId.of(id))
        .setKind(EventKind.LEAD_UPDATED)
        .setTenantId("acme")
        .setSubjectId(lead)
        .setReceivedAt(at)
        .setWebhookId(id)
        .build();
  }
}
