package io.voronka.jobs.drivesequences.domain;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.SequenceRow;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceSet;
import io.voronka.sequences.domain.SequenceVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The sequences of all tenants as the control rows have them. Made when they are asked for, and
 * kept until a row changes. Not thread-safe.
 */
public final class SequencesInForce {
  /** The tables that have to be complete. */
  public static final Set<ControlTable> NEEDED = needed();

  private final ControlSnapshot control;
  private final Function<SequenceRow, Optional<Sequence>> reader;
  private final Map<String, Optional<Sequence>> read = new HashMap<>();
  private final Map<String, SequenceSet> sets = new HashMap<>();
  private final Map<String, AccountSetting> settings = new HashMap<>();

  /**
   * @param control has {@link #NEEDED}
   * @param reader of definitions; empty when one cannot be read, which it tells of
   */
  public SequencesInForce(
      ControlSnapshot control, Function<SequenceRow, Optional<Sequence>> reader) {
    this.control = control;
    this.reader = reader;
  }

  /** A row of the copy has changed. */
  public void changed(ControlTable table) {
    if (table == ControlTable.SEQUENCES) {
      sets.clear();
    } else if (AccountSetting.TABLES.contains(table)) {
      settings.clear();
    }
  }

  /** The sequences of a tenant. */
  public SequenceSet of(String tenantId) {
    return sets.computeIfAbsent(tenantId, this::compiled);
  }

  public AccountSetting setting(String tenantId, String accountId) {
    return settings.computeIfAbsent(
        tenantId + '|' + accountId, key -> AccountSetting.of(control, tenantId, accountId));
  }

  /**
   * The newest moment, not after another, at which a version came into force, epoch milliseconds;
   * {@link Long#MIN_VALUE} when none did.
   */
  public long newestEffective(long at) {
    long newest = Long.MIN_VALUE;
    for (ControlChange change : control.rows(ControlTable.SEQUENCES)) {
      long effective = change.getSequence().getEffectiveAt();
      newest = effective <= at ? Math.max(newest, effective) : newest;
    }
    return newest;
  }

  private SequenceSet compiled(String tenantId) {
    List<SequenceVersion> versions = new ArrayList<>();
    for (ControlChange change : control.rows(ControlTable.SEQUENCES)) {
      SequenceRow row = change.getSequence();
      if (row.getTenantId().equals(tenantId)) {
        String key = tenantId + '|' + row.getSequenceId() + '|' + row.getVersion();
        read.computeIfAbsent(key, k -> reader.apply(row))
            .ifPresent(
                sequence ->
                    versions.add(
                        new SequenceVersion(sequence, row.getVersion(), row.getEffectiveAt())));
      }
    }
    return SequenceSet.of(versions);
  }

  private static Set<ControlTable> needed() {
    EnumSet<ControlTable> tables = EnumSet.of(ControlTable.SEQUENCES);
    tables.addAll(AccountSetting.TABLES);
    return Set.copyOf(tables);
  }
}
