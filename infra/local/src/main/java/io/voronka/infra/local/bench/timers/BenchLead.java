package io.voronka.infra.local.bench.timers;

import io.voronka.infra.local.bench.BenchTenant;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.StableId;
import java.util.Map;

/** What hooks about leads have in common. */
final class BenchLead {
  private BenchLead() {}

  /**
   * An event about a lead that shows all of its fields.
   *
   * @param at when the gateway got it, epoch milliseconds
   * @param occurredAt vendor's time, epoch milliseconds
   */
  static CrmEvent.Builder event(EventKind kind, int lead, long at, long occurredAt) {
    String id = Integer.toString(lead);
    return CrmEvent.newBuilder()
        .setId(StableId.of("bench", id))
        .setKind(kind)
        .setTenantId(BenchTenant.MEASURED.id())
        .setAccountId(BenchTenant.ACCOUNT)
        .setEntityType(EntityType.LEAD)
        .setEntityId(id)
        .setSubjectType(EntityType.LEAD)
        .setSubjectId(id)
        .setReceivedAt(at)
        .setOccurredAt(occurredAt)
        .setFields(
            Map.of(
                "name", "Заявка #" + id,
                "status_id", "64100200",
                "pipeline_id", "7300100",
                "responsible_user_id", "11002200",
                "price", Integer.toString(500 + lead % 400)));
  }
}
