package io.voronka.infra.local.bench.actions;

import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.Urgency;

/** Requests as rules make them; ids and times come with their turn. */
final class Wanted {
  private Wanted() {}

  static ActionRequested.Builder of(String tenant, String account, ActionKind kind) {
    return ActionRequested.newBuilder()
        .setTenantId(tenant)
        .setAccountId(account)
        .setKind(kind)
        .setActionKey("bench")
        .setRuleId("bench")
        .setRuleVersion(1L)
        .setUrgency(Urgency.NORMAL);
  }
}
