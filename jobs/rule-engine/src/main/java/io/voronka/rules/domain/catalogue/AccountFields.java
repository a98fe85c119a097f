package io.voronka.rules.domain.catalogue;

import io.voronka.schemas.FieldRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The custom fields of one account through the log's time. A content counts from its {@code
 * effectiveAt} on; before the first that is known, and once its row is gone, nothing is known of
 * the field.
 */
public final class AccountFields {
  /** Contents by the time from which they count, by the row's control key. */
  private final Map<String, TreeMap<Long, FieldRow>> rows = new HashMap<>();

  /**
   * False when it is known already: each run of capture-control repeats all rows.
   *
   * @param key the row's control key
   */
  public boolean put(String key, FieldRow row) {
    TreeMap<Long, FieldRow> contents = rows.computeIfAbsent(key, k -> new TreeMap<>());
    return !row.equals(contents.put(row.getEffectiveAt(), row));
  }

  public void remove(String key) {
    rows.remove(key);
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Control keys of the fields that are known. */
  public Set<String> keys() {
    return rows.keySet();
  }

  /** Times at which something changes, oldest first. */
  TreeSet<Long> changes() {
    TreeSet<Long> times = new TreeSet<>();
    rows.values().forEach(contents -> times.addAll(contents.keySet()));
    return times;
  }

  /** The first of them after a time; {@link Long#MAX_VALUE} when nothing will change. */
  public long nextChange(long time) {
    long next = Long.MAX_VALUE;
    for (TreeMap<Long, FieldRow> contents : rows.values()) {
      Long change = contents.higherKey(time);
      next = change == null ? next : Math.min(next, change);
    }
    return next;
  }

  public FieldCatalogue at(long time) {
    List<FieldRow> inForce = new ArrayList<>(rows.size());
    for (TreeMap<Long, FieldRow> contents : rows.values()) {
      Map.Entry<Long, FieldRow> newest = contents.floorEntry(time);
      if (newest != null) {
        inForce.add(newest.getValue());
      }
    }
    return FieldCatalogue.of(inForce);
  }

  /** Drops what nothing of this time or a later one can be compared by. */
  public void forgetBefore(long time) {
    for (TreeMap<Long, FieldRow> contents : rows.values()) {
      Long kept = contents.floorKey(time);
      if (kept != null) {
        contents.headMap(kept).clear();
      }
    }
  }
}
