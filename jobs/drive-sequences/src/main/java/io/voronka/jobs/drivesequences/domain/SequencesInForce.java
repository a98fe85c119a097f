package io.voronka.jobs.drivesequences.domain;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.SequenceRow;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The sequences of all tenants as the control rows have them. A change costs its own tenant's sets
 * and nobody else's. Reads rows from the caller's {@link ControlSnapshot}, which has applied each
 * change first. Not thread-safe.
 */
public final class SequencesInForce {
  /** The tables that have to be complete. */
  public static final Set<ControlTable> NEEDED = needed();

  private final ControlSnapshot control;
  private final Function<SequenceRow, Optional<Sequence>> reader;
  private final SequenceSet none = SequenceSet.empty();
  private final Map<String, TenantSequences> tenants = new HashMap<>();
  private final Map<String, AccountSetting> settings = new HashMap<>();
  private final Map<ControlTable, Long> generations = new EnumMap<>(ControlTable.class);

  /** How many versions come into force at a moment, epoch milliseconds. */
  private final TreeMap<Long, Integer> effective = new TreeMap<>();

  /**
   * @param control has {@link #NEEDED}
   * @param reader of definitions; empty when one cannot be read, which it tells of
   */
  public SequencesInForce(
      ControlSnapshot control, Function<SequenceRow, Optional<Sequence>> reader) {
    this.control = control;
    this.reader = reader;
  }

  /**
   * Takes a change that the control snapshot has applied already.
   *
   * @param change null: a tombstone
   */
  public void changed(ControlTable table, String key, ControlChange change) {
    if (change != null && change.getOp() == ControlOp.SNAPSHOT_COMPLETE) {
      complete(table, change.getGeneration());
      return;
    }
    boolean gone = change == null || change.getOp() == ControlOp.DELETE;
    if (AccountSetting.TABLES.contains(table)) {
      String tenant = tenantOf(key) + '|';
      settings.keySet().removeIf(account -> account.startsWith(tenant));
    }
    if (table == ControlTable.SEQUENCES) {
      if (gone) {
        remove(key);
      } else {
        put(key, change.getSequence());
      }
    } else if (table == ControlTable.FIELDS) {
      if (gone) {
        removeField(key);
      } else {
        tenant(change.getField().getTenantId()).put(key, change.getField());
      }
    }
  }

  /** The sequences of a tenant, as they are written. */
  public SequenceSet of(String tenantId) {
    TenantSequences tenant = tenants.get(tenantId);
    return tenant == null ? none : tenant.written();
  }

  /**
   * The sequences of a tenant, as they compare by the fields that an account has at a time.
   *
   * @param time the log's, epoch milliseconds
   */
  public SequenceSet at(String tenantId, String accountId, long time) {
    TenantSequences tenant = tenants.get(tenantId);
    return tenant == null || !tenant.comparesApart(accountId)
        ? of(tenantId)
        : tenant.at(accountId, time, setting(tenantId, accountId).zone());
  }

  public AccountSetting setting(String tenantId, String accountId) {
    return settings.computeIfAbsent(
        ControlKeys.account(tenantId, accountId),
        key -> AccountSetting.of(control, tenantId, accountId));
  }

  /**
   * The newest moment, not after another, at which a version came into force, epoch milliseconds;
   * {@link Long#MIN_VALUE} when none did.
   */
  public long newestEffective(long at) {
    Long newest = effective.floorKey(at);
    return newest == null ? Long.MIN_VALUE : newest;
  }

  /** Drops what no event of this time or a later one can be compared by. */
  public void forgetBefore(long time) {
    tenants.values().forEach(tenant -> tenant.forgetBefore(time));
  }

  private TenantSequences tenant(String tenantId) {
    return tenants.computeIfAbsent(tenantId, id -> new TenantSequences(reader));
  }

  private void put(String key, SequenceRow row) {
    count(tenant(row.getTenantId()).put(key, row), -1);
    count(row, 1);
  }

  private void remove(String key) {
    TenantSequences tenant = tenants.get(tenantOf(key));
    if (tenant != null) {
      count(tenant.remove(key), -1);
      dropEmpty(key, tenant);
    }
  }

  /** The key is tenant|account|TYPE|field. */
  private void removeField(String key) {
    TenantSequences tenant = tenants.get(tenantOf(key));
    if (tenant != null) {
      tenant.removeField(key.split("\\|", 3)[1], key);
      dropEmpty(key, tenant);
    }
  }

  private void dropEmpty(String key, TenantSequences tenant) {
    if (tenant.isEmpty()) {
      tenants.remove(tenantOf(key));
    }
  }

  private void count(SequenceRow row, int more) {
    if (row != null) {
      effective.compute(
          row.getEffectiveAt(),
          (at, versions) -> {
            int now = (versions == null ? 0 : versions) + more;
            return now == 0 ? null : now;
          });
    }
  }

  /** A complete generation drops the rows that it did not repeat, without a tombstone for each. */
  private void complete(ControlTable table, long generation) {
    Long before = generations.put(table, generation);
    if (AccountSetting.TABLES.contains(table) && (before == null || before < generation)) {
      settings.clear();
    }
    for (TenantSequences tenant : List.copyOf(tenants.values())) {
      if (table == ControlTable.SEQUENCES) {
        tenant.keys().stream().filter(key -> isGone(table, key)).forEach(this::remove);
      } else if (table == ControlTable.FIELDS) {
        tenant.fieldKeys().stream().filter(key -> isGone(table, key)).forEach(this::removeField);
      }
    }
  }

  private boolean isGone(ControlTable table, String key) {
    return control.row(table, key).isEmpty();
  }

  /** The tenant comes first in every key. */
  private static String tenantOf(String key) {
    int bar = key.indexOf('|');
    return bar < 0 ? key : key.substring(0, bar);
  }

  private static Set<ControlTable> needed() {
    EnumSet<ControlTable> tables = EnumSet.of(ControlTable.SEQUENCES);
    tables.addAll(AccountSetting.TABLES);
    return Set.copyOf(tables);
  }
}
