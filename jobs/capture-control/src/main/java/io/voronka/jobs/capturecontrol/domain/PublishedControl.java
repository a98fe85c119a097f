package io.voronka.jobs.capturecontrol.domain;

import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlTable;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the control topics hold, built up by reading them from their beginning to their end. */
public final class PublishedControl {
  private final Map<ControlTable, Map<String, ControlChange>> rows =
      new EnumMap<>(ControlTable.class);
  private long newestGeneration;

  /** Takes each row. */
  @FunctionalInterface
  interface RowVisitor {
    void visit(ControlTable table, String key, ControlChange row);
  }

  /**
   * Takes one record of a topic, in the topic's order.
   *
   * @param change null for a tombstone
   */
  public void read(ControlTable table, String key, ControlChange change) {
    Map<String, ControlChange> ofTable =
        rows.computeIfAbsent(table, absent -> new LinkedHashMap<>());
    if (change == null || change.getOp() == ControlOp.DELETE) {
      ofTable.remove(key);
      return;
    }
    newestGeneration = Math.max(newestGeneration, change.getGeneration());
    if (change.getOp() == ControlOp.UPSERT) {
      ofTable.put(key, change);
    }
  }

  /** Takes a record that cannot be decoded: something is there under its key. */
  public void readUnreadable(ControlTable table, String key) {
    ControlChange unknown =
        ControlChange.newBuilder()
            .setTable(table)
            .setOp(ControlOp.UNKNOWN)
            .setGeneration(0)
            .build();
    rows.computeIfAbsent(table, absent -> new LinkedHashMap<>()).put(key, unknown);
  }

  /** The newest generation of any row or marker; 0 when there is none. */
  public long newestGeneration() {
    return newestGeneration;
  }

  void forEachRow(RowVisitor visitor) {
    rows.forEach((table, ofTable) -> ofTable.forEach((key, row) -> visitor.visit(table, key, row)));
  }
}
