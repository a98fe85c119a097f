package io.voronka.schemas;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A reader's copy of the control tables and the book that says whether it is whole: for every table
 * needed, the marker of one same generation has been seen, and as many rows of that generation or a
 * newer one are here as the marker counts. Rows that a complete newer generation did not repeat are
 * dropped. capture-control writes the marker anew, with the new count, after every later change
 * too: compaction moves a changed row behind the first marker, and only the last marker stands
 * behind all the rows it counts. A table that is not {@link #CAPTURED} has no markers: whoever
 * feeds the copy puts what the topic held at the start in front of the rest. Not thread-safe;
 * topics may interleave in any way, each topic is read in order.
 */
public final class ControlSnapshot {
  /** The tables of the control database, whose markers tell when a copy of them is whole. */
  public static final Set<ControlTable> CAPTURED =
      Collections.unmodifiableSet(
          EnumSet.complementOf(EnumSet.of(ControlTable.UNKNOWN, ControlTable.HEARD_OPT_OUTS)));

  private final Map<ControlTable, Table> tables = new EnumMap<>(ControlTable.class);
  private boolean wasReady;

  public ControlSnapshot(Set<ControlTable> needed) {
    for (ControlTable table : EnumSet.copyOf(needed)) {
      tables.put(table, new Table());
    }
  }

  /**
   * Takes one record of a control topic. Tables that are not needed are ignored.
   *
   * @param key the record's Kafka key
   * @param change null for a tombstone
   */
  public void apply(ControlTable table, String key, ControlChange change) {
    Table rows = tables.get(table);
    if (rows == null) {
      return;
    }
    if (change == null || change.getOp() == ControlOp.DELETE) {
      rows.remove(key);
    } else if (change.getOp() == ControlOp.SNAPSHOT_COMPLETE) {
      rows.complete(change.getGeneration(), change.getRowCount());
    } else if (change.getOp() == ControlOp.UPSERT) {
      rows.put(key, change);
    }
    wasReady = wasReady || complete();
  }

  /**
   * True from the first complete snapshot on: a copy that was whole stays usable while the next one
   * arrives.
   */
  public boolean ready() {
    return wasReady;
  }

  /** Generation of the markers, when all tables have the same one. */
  public Optional<Long> generation() {
    Set<Long> generations =
        tables.entrySet().stream()
            .filter(table -> CAPTURED.contains(table.getKey()))
            .map(table -> table.getValue().marker)
            .collect(Collectors.toSet());
    return generations.size() == 1 && !generations.contains(Table.NONE)
        ? Optional.of(generations.iterator().next())
        : Optional.empty();
  }

  /** The rows of a table, by Kafka key. */
  public Collection<ControlChange> rows(ControlTable table) {
    return tables.get(table).rows.values();
  }

  public Optional<ControlChange> row(ControlTable table, String key) {
    return Optional.ofNullable(tables.get(table).rows.get(key));
  }

  private boolean complete() {
    return generation().isPresent()
        && tables.entrySet().stream()
            .allMatch(table -> table.getValue().whole() || !CAPTURED.contains(table.getKey()));
  }

  private static final class Table {
    static final long NONE = -1;
    final Map<String, ControlChange> rows = new LinkedHashMap<>();
    long marker = NONE;
    boolean counted;

    void put(String key, ControlChange change) {
      rows.put(key, change);
    }

    void remove(String key) {
      rows.remove(key);
    }

    void complete(long generation, long expected) {
      if (generation < marker) {
        return;
      }
      long present =
          rows.values().stream().filter(row -> row.getGeneration() >= generation).count();
      marker = generation;
      // The marker follows the rows in the same partition: when they are not all here now, the
      // snapshot was cut, and only a later generation can make the copy whole.
      counted = present == expected;
      if (counted) {
        rows.values().removeIf(row -> row.getGeneration() < generation);
      }
    }

    boolean whole() {
      return counted;
    }
  }
}
