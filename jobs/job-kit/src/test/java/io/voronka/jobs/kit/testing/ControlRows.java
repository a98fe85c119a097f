package io.voronka.jobs.kit.testing;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.OptOutRow;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.TenantRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What capture-control would write: rows of one generation and then the markers that say how many
 * there are.
 */
public final class ControlRows {
  private final long generation;
  private final List<ControlUpdate> updates = new ArrayList<>();
  private final Map<ControlTable, Long> counts = new EnumMap<>(ControlTable.class);

  private ControlRows(long generation) {
    this.generation = generation;
  }

  public static ControlRows of(long generation) {
    return new ControlRows(generation);
  }

  public ControlRows tenant(TenantRow row) {
    return add(change(ControlTable.TENANTS).setTenant(row).build());
  }

  public ControlRows account(AccountRow row) {
    return add(change(ControlTable.ACCOUNTS).setAccount(row).build());
  }

  public ControlRows agent(AgentRow row) {
    return add(change(ControlTable.AGENTS).setAgent(row).build());
  }

  public ControlRows optOut(OptOutRow row) {
    return add(change(ControlTable.OPT_OUTS).setOptOut(row).build());
  }

  public ControlRows rule(RuleRow row) {
    return add(change(ControlTable.RULES).setRule(row).build());
  }

  public ControlRows ruleSet(RuleSetRow row) {
    return add(change(ControlTable.RULE_SETS).setRuleSet(row).build());
  }

  /** The rows, without markers. */
  public List<ControlUpdate> rows() {
    return List.copyOf(updates);
  }

  /** The markers of those of these tables that capture-control writes. */
  public List<ControlUpdate> markers(ControlTable... tables) {
    List<ControlUpdate> markers = new ArrayList<>();
    for (ControlTable table : tables) {
      if (!ControlSnapshot.CAPTURED.contains(table)) {
        continue;
      }
      ControlChange marker =
          ControlChange.newBuilder()
              .setTable(table)
              .setOp(ControlOp.SNAPSHOT_COMPLETE)
              .setGeneration(generation)
              .setRowCount(counts.getOrDefault(table, 0L))
              .build();
      markers.add(new ControlUpdate(table, ControlKeys.of(marker), marker));
    }
    return markers;
  }

  /** Emits rows and the markers of these tables, after which event time is free. */
  public void completeInto(Feed<ControlUpdate> feed, ControlTable... tables) {
    rows().forEach(update -> feed.emit(0, update));
    markers(tables).forEach(update -> feed.emit(0, update));
    feed.lastWatermark();
  }

  private ControlRows add(ControlChange change) {
    updates.add(new ControlUpdate(change.getTable(), ControlKeys.of(change), change));
    counts.merge(change.getTable(), 1L, Long::sum);
    return this;
  }

  private ControlChange.Builder change(ControlTable table) {
    return ControlChange.newBuilder()
        .setTable(table)
        .setOp(ControlOp.UPSERT)
        .setGeneration(generation);
  }
}
