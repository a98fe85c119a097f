package io.voronka.jobs.evaluaterules;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RuleRef;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.TenantRow;
import java.util.List;
import java.util.stream.Stream;

/** Rows of the control tables, as capture-control publishes them in generation 1. */
public final class ControlRows {
  private ControlRows() {}

  public static ControlUpdate tenant(boolean active) {
    return row(ControlTable.TENANTS)
        .setTenant(
            TenantRow.newBuilder()
                .setTenantId("acme")
                .setName("Acme")
                .setTimeZone("UTC")
                .setLocale("en")
                .setActive(active)
                .build())
        .to();
  }

  public static ControlUpdate account(boolean active) {
    return row(ControlTable.ACCOUNTS)
        .setAccount(
            AccountRow.newBuilder()
                .setTenantId("acme")
                .setAccountId("kommo-1")
                .setCrm("kommo")
                .setSubdomain("acme")
                .setVendorAccountId("31337001")
                .setWebhookTokenSha256("00")
                .setApiBaseUrl("http://127.0.0.1:1")
                .setTokenReference("store")
                .setActive(active)
                .build())
        .to();
  }

  public static ControlUpdate rule(String id, long version, String definition) {
    return row(ControlTable.RULES)
        .setRule(new RuleRow("acme", id, version, id, definition.replace('\'', '"')))
        .to();
  }

  /**
   * @param members {@code id:version}
   */
  public static ControlUpdate ruleSet(long version, long effectiveAt, String... members) {
    List<RuleRef> refs =
        Stream.of(members)
            .map(member -> member.split(":"))
            .map(parts -> new RuleRef(parts[0], Long.parseLong(parts[1])))
            .toList();
    return row(ControlTable.RULE_SETS)
        .setRuleSet(new RuleSetRow("acme", version, refs, effectiveAt))
        .to();
  }

  public static ControlUpdate complete(ControlTable table, long rows) {
    return complete(table, rows, 1);
  }

  public static ControlUpdate complete(ControlTable table, long rows, long generation) {
    return new ControlUpdate(
        table,
        ControlKeys.SNAPSHOT,
        ControlChange.newBuilder()
            .setTable(table)
            .setOp(ControlOp.SNAPSHOT_COMPLETE)
            .setGeneration(generation)
            .setRowCount(rows)
            .build());
  }

  public static ControlUpdate gone(ControlTable table, String key) {
    return new ControlUpdate(table, key, null);
  }

  /** The same row as another tenant's. */
  public static ControlUpdate of(String tenantId, ControlUpdate update) {
    ControlChange change = ControlChange.newBuilder(update.change()).build();
    switch (change.getTable()) {
      case TENANTS -> change.getTenant().setTenantId(tenantId);
      case ACCOUNTS -> change.getAccount().setTenantId(tenantId);
      case RULES -> change.getRule().setTenantId(tenantId);
      case RULE_SETS -> change.getRuleSet().setTenantId(tenantId);
      default -> throw new IllegalArgumentException("no such row: " + change.getTable());
    }
    return new ControlUpdate(change.getTable(), ControlKeys.of(change), change);
  }

  private static Row row(ControlTable table) {
    return new Row(
        ControlChange.newBuilder().setTable(table).setOp(ControlOp.UPSERT).setGeneration(1));
  }

  private record Row(ControlChange.Builder builder) {
    Row setTenant(TenantRow tenant) {
      builder.setTenant(tenant);
      return this;
    }

    Row setAccount(AccountRow account) {
      builder.setAccount(account);
      return this;
    }

    Row setRule(RuleRow rule) {
      builder.setRule(rule);
      return this;
    }

    Row setRuleSet(RuleSetRow ruleSet) {
      builder.setRuleSet(ruleSet);
      return this;
    }

    ControlUpdate to() {
      ControlChange change = builder.build();
      return new ControlUpdate(change.getTable(), ControlKeys.of(change), change);
    }
  }
}
