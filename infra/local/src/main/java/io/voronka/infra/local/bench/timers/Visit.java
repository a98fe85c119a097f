package io.voronka.infra.local.bench.timers;

import io.voronka.infra.local.bench.BenchTenant;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.StableId;
import java.util.List;
import java.util.Map;

/** Leads that come for a visit, whose date is in a field: an hour before it their wait is over. */
final class Visit {
  /** Id of the field. */
  static final String FIELD = "427271";

  private static final long BEFORE_SECONDS = 3_600;

  private Visit() {}

  /** As {@link Waits#arming}. */
  static CrmEvent of(int lead, long at, long due) {
    String id = Integer.toString(lead);
    String date = Long.toString(due / 1_000 + BEFORE_SECONDS);
    return CrmEvent.newBuilder()
        .setId(StableId.of("bench", id))
        .setKind(EventKind.LEAD_CREATED)
        .setTenantId(BenchTenant.MEASURED.id())
        .setAccountId(BenchTenant.ACCOUNT)
        .setEntityType(EntityType.LEAD)
        .setEntityId(id)
        .setSubjectType(EntityType.LEAD)
        .setSubjectId(id)
        .setReceivedAt(at)
        .setOccurredAt(at - at % 1_000)
        .setFields(
            Map.of(
                "name", "Заявка #" + id,
                "status_id", "64100200",
                "pipeline_id", "7300100",
                "responsible_user_id", "11002200",
                "price", Integer.toString(500 + lead % 400)))
        .setCustomFields(
            List.of(
                new CustomField(FIELD, null, "Visit", List.of(new FieldValue(date, null, null)))))
        .build();
  }
}
