package io.voronka.jobs.evaluaterules;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.evaluaterules.domain.RulesInForce;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.PipelineRow;
import io.voronka.schemas.RuleRef;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.StageRow;
import io.voronka.schemas.TenantRow;
import io.voronka.schemas.UserRow;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Rows of the control tables, as capture-control publishes them in generation 1. */
public final class ControlRows {
  private ControlRows() {}

  public static ControlUpdate tenant(boolean active) {
    return row(
        ControlTable.TENANTS,
        row ->
            row.setTenant(
                TenantRow.newBuilder()
                    .setTenantId("acme")
                    .setName("Acme")
                    .setTimeZone("UTC")
                    .setLocale("en")
                    .setActive(active)
                    .build()));
  }

  public static ControlUpdate account(boolean active) {
    return row(
        ControlTable.ACCOUNTS,
        row ->
            row.setAccount(
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
                    .build()));
  }

  public static ControlUpdate rule(String id, long version, String definition) {
    return row(
        ControlTable.RULES,
        row -> row.setRule(new RuleRow("acme", id, version, id, definition.replace('\'', '"'))));
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
    return row(
        ControlTable.RULE_SETS,
        row -> row.setRuleSet(new RuleSetRow("acme", version, refs, effectiveAt)));
  }

  /** These rows, and the markers by which a reader knows that they are all. */
  public static ControlUpdate[] whole(ControlUpdate... rows) {
    List<ControlUpdate> all = new ArrayList<>(List.of(rows));
    for (ControlTable table : new TreeSet<>(RulesInForce.NEEDED)) {
      all.add(complete(table, Stream.of(rows).filter(row -> row.table() == table).count()));
    }
    return all.toArray(ControlUpdate[]::new);
  }

  /** What texts may name: an agent, a pipeline with one stage, a user. */
  public static ControlUpdate[] names() {
    return new ControlUpdate[] {
      row(
          ControlTable.AGENTS,
          row ->
              row.setAgent(
                  AgentRow.newBuilder()
                      .setTenantId("acme")
                      .setAgentId("seller")
                      .setAccountId("kommo-1")
                      .setName("Vera")
                      .build())),
      row(
          ControlTable.PIPELINES,
          row ->
              row.setPipeline(
                  PipelineRow.newBuilder()
                      .setTenantId("acme")
                      .setAccountId("kommo-1")
                      .setPipelineId("1")
                      .setName("Sales")
                      .setStages(
                          List.of(StageRow.newBuilder().setStageId("142").setName("Won").build()))
                      .build())),
      user("501", "Oleg")
    };
  }

  public static ControlUpdate user(String id, String name) {
    return row(
        ControlTable.USERS,
        row ->
            row.setUser(
                UserRow.newBuilder()
                    .setTenantId("acme")
                    .setAccountId("kommo-1")
                    .setUserId(id)
                    .setName(name)
                    .build()));
  }

  /** A custom field of leads. */
  public static ControlUpdate field(String id, String code, String type, long effectiveAt) {
    return row(
        ControlTable.FIELDS,
        row ->
            row.setField(
                FieldRow.newBuilder()
                    .setTenantId("acme")
                    .setAccountId("kommo-1")
                    .setEntityType(EntityType.LEAD)
                    .setFieldId(id)
                    .setCode(code)
                    .setName("Field " + id)
                    .setType(type)
                    .setEffectiveAt(effectiveAt)
                    .build()));
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

  private static ControlUpdate row(
      ControlTable table, UnaryOperator<ControlChange.Builder> content) {
    ControlChange change =
        content
            .apply(
                ControlChange.newBuilder().setTable(table).setOp(ControlOp.UPSERT).setGeneration(1))
            .build();
    return new ControlUpdate(table, ControlKeys.of(change), change);
  }
}
