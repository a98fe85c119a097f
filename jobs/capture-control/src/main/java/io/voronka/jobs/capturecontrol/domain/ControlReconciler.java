package io.voronka.jobs.capturecontrol.domain;

import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.SequenceRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The book of one capture run. It starts from what the topics hold, takes what is seen in the
 * tables, and answers what to write so that the topics come to hold the same.
 *
 * <pre>
 *   READING    every row seen is written with this run's generation
 *      │ a heartbeat comes by as a change: all rows have been read, and the changes made meanwhile
 *      │   come by next
 *      │ a heartbeat written after that comes by: they have, too
 *      │ → tombstones for keys not seen, then each table's marker with its count
 *      ▼
 *   FOLLOWING  each change is written, and its table's marker again with the new count
 *      │ the tables are read whole once more, because changes of them cannot be had any more
 *      ▼
 *   READING    of the next generation
 * </pre>
 *
 * Taking the same input twice changes nothing in the end, so that a run may be repeated from an
 * earlier point. Not thread-safe.
 */
public final class ControlReconciler {
  /**
   * How far ahead of the clock a new rule set comes into force, so that all readers have it then.
   */
  public static final long LEAD_MILLIS = 500;

  private static final long NOT_YET = -1;
  private static final List<ControlTable> TABLES =
      List.of(
          ControlTable.TENANTS,
          ControlTable.ACCOUNTS,
          ControlTable.AGENTS,
          ControlTable.RULES,
          ControlTable.RULE_SETS,
          ControlTable.PIPELINES,
          ControlTable.FIELDS,
          ControlTable.USERS,
          ControlTable.SIGNING_KEYS,
          ControlTable.MAIL_SENDERS,
          ControlTable.SCRIPTS,
          ControlTable.OPT_OUTS,
          ControlTable.SEQUENCES);

  private long generation;
  private final Map<ControlTable, Map<String, ControlChange>> published =
      new EnumMap<>(ControlTable.class);
  private final Map<String, Long> newestEffectiveAt = new HashMap<>();

  /** Rows seen while READING. */
  private final Set<RowKey> seen = new LinkedHashSet<>();

  private boolean following;
  private long readAt = NOT_YET;

  private ControlReconciler(long generation, boolean following, PublishedControl topics) {
    this.generation = generation;
    this.following = following;
    TABLES.forEach(table -> published.put(table, new LinkedHashMap<>()));
    topics.forEachRow(this::remember);
  }

  /** A run that reads the tables anew; its generation is one above everything on the topics. */
  public static ControlReconciler reading(PublishedControl topics) {
    return new ControlReconciler(topics.newestGeneration() + 1, false, topics);
  }

  /**
   * A run that goes on in the middle of its reading.
   *
   * @param seen what it had seen before the point it goes on from. The topics do not say: they may
   *     hold a row that was seen after that point and is gone from its table since
   */
  public static ControlReconciler readingOn(
      PublishedControl topics, long generation, Iterable<RowKey> seen) {
    ControlReconciler reconciler = new ControlReconciler(generation, false, topics);
    seen.forEach(reconciler.seen::add);
    return reconciler;
  }

  /** A run that goes on after it had read everything. */
  public static ControlReconciler followingOn(PublishedControl topics, long generation) {
    return new ControlReconciler(generation, true, topics);
  }

  public long generation() {
    return generation;
  }

  /** Whether everything that was there at first has been read. */
  public boolean following() {
    return following;
  }

  /** While reading: the rows seen until now; afterwards nothing. */
  public Set<RowKey> seen() {
    return seen;
  }

  /** Rows on the topic of a table. */
  public int rows(ControlTable table) {
    return published.get(table).size();
  }

  /**
   * @param now the capture clock, epoch milliseconds
   * @return what to write, in this order; often nothing
   */
  public List<ControlWrite> take(CapturedRow row, long now) {
    List<ControlWrite> writes = new ArrayList<>(2);
    switch (row.kind()) {
      case PRESENT -> present(row.table(), row.key(), row.row(), now, writes);
      case GONE -> gone(row.table(), row.key(), writes);
      case UNREADABLE -> unreadable(row.table(), row.key(), writes);
      case HEARTBEAT -> heartbeat(row.beat(), now, writes);
      case READING -> readAnew();
    }
    if (row.table() != null) {
      if (following) {
        writes.add(marker(row.table()));
      } else {
        seen.add(new RowKey(row.table(), row.key()));
      }
    }
    return writes;
  }

  private void present(
      ControlTable table, String key, ControlChange row, long now, List<ControlWrite> writes) {
    ControlChange.Builder stamped =
        ControlChange.newBuilder(row).setOp(ControlOp.UPSERT).setGeneration(generation);
    if (table == ControlTable.RULE_SETS) {
      RuleSetRow set = row.getRuleSet();
      stamped.setRuleSet(
          RuleSetRow.newBuilder(set).setEffectiveAt(effectiveAt(key, set, now)).build());
    } else if (table == ControlTable.FIELDS) {
      FieldRow field = row.getField();
      stamped.setField(
          FieldRow.newBuilder(field).setEffectiveAt(effectiveAt(key, field, now)).build());
    } else if (table == ControlTable.SEQUENCES) {
      stamped.setSequence(
          SequenceRow.newBuilder(row.getSequence()).setEffectiveAt(sequenceFrom(key, now)).build());
    }
    write(table, key, stamped.build(), writes);
  }

  /** Once stamped, always the same: decisions made by it must stay explicable. */
  private long effectiveAt(String key, RuleSetRow set, long now) {
    ControlChange before = published.get(ControlTable.RULE_SETS).get(key);
    if (before != null && before.getRuleSet() != null) {
      return before.getRuleSet().getEffectiveAt();
    }
    // Never before an older set of the tenant, should the clock have been set back.
    return Math.max(now + LEAD_MILLIS, newestEffectiveAt.getOrDefault(set.getTenantId(), 0L));
  }

  /**
   * The same as long as the content is the same. In whole seconds, so that the many fields of an
   * import make few changes of the rules.
   */
  private long effectiveAt(String key, FieldRow field, long now) {
    long soon = wholeSecond(now + LEAD_MILLIS);
    ControlChange known = published.get(ControlTable.FIELDS).get(key);
    if (known == null || known.getField() == null) {
      return soon;
    }
    long before = known.getField().getEffectiveAt();
    FieldRow same = FieldRow.newBuilder(field).setEffectiveAt(before).build();
    return same.equals(known.getField()) ? before : Math.max(before, soon);
  }

  /** Once stamped, always the same, as with rule sets. */
  private long sequenceFrom(String key, long now) {
    ControlChange before = published.get(ControlTable.SEQUENCES).get(key);
    return before != null && before.getSequence() != null
        ? before.getSequence().getEffectiveAt()
        : now + LEAD_MILLIS;
  }

  private static long wholeSecond(long millis) {
    return (millis + 999) / 1000 * 1000;
  }

  private void gone(ControlTable table, String key, List<ControlWrite> writes) {
    if (published.get(table).remove(key) != null) {
      writes.add(ControlWrite.tombstone(table, key));
    }
  }

  /**
   * The last content that made sense stays, with the new generation, or its readers would drop it.
   */
  private void unreadable(ControlTable table, String key, List<ControlWrite> writes) {
    ControlChange last = published.get(table).get(key);
    if (last != null && last.getOp() == ControlOp.UPSERT && last.getGeneration() < generation) {
      write(table, key, ControlChange.newBuilder(last).setGeneration(generation).build(), writes);
    }
  }

  private void heartbeat(long beat, long now, List<ControlWrite> writes) {
    if (following) {
      return;
    }
    if (readAt == NOT_YET) {
      readAt = now;
      return;
    }
    if (beat <= readAt) {
      return;
    }
    for (ControlTable table : TABLES) {
      List<String> unseen =
          published.get(table).keySet().stream()
              .filter(key -> !seen.contains(new RowKey(table, key)))
              .toList();
      unseen.forEach(key -> gone(table, key, writes));
    }
    seen.clear();
    TABLES.forEach(table -> writes.add(marker(table)));
    following = true;
  }

  /** While READING it says nothing new: the run goes on with what it has seen. */
  private void readAnew() {
    if (following) {
      following = false;
      readAt = NOT_YET;
      generation++;
    }
  }

  private void write(
      ControlTable table, String key, ControlChange change, List<ControlWrite> writes) {
    remember(table, key, change);
    writes.add(ControlWrite.of(table, key, change));
  }

  private void remember(ControlTable table, String key, ControlChange change) {
    published.get(table).put(key, change);
    if (change.getRuleSet() != null) {
      newestEffectiveAt.merge(
          change.getRuleSet().getTenantId(), change.getRuleSet().getEffectiveAt(), Math::max);
    }
  }

  private ControlWrite marker(ControlTable table) {
    return ControlWrite.of(
        table,
        ControlKeys.SNAPSHOT,
        ControlChange.newBuilder()
            .setTable(table)
            .setOp(ControlOp.SNAPSHOT_COMPLETE)
            .setGeneration(generation)
            .setRowCount(rows(table))
            .build());
  }
}
