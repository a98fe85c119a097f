package io.voronka.jobs.drivesequences.domain;

import io.voronka.rules.domain.catalogue.AccountFields;
import io.voronka.rules.domain.catalogue.Typed;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.SequenceRow;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceSet;
import io.voronka.sequences.domain.SequenceVersion;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The sequences of one tenant with all their versions, made when first needed, and the custom
 * fields of its accounts, by which they compare.
 */
final class TenantSequences {
  private final Function<SequenceRow, Optional<Sequence>> reader;
  private final Map<String, SequenceRow> rows = new LinkedHashMap<>();
  private final Map<String, Optional<Sequence>> read = new HashMap<>();
  private final Map<String, AccountFields> fields = new HashMap<>();
  private final Map<String, Typed<SequenceSet>> typed = new HashMap<>();
  private SequenceSet written;

  TenantSequences(Function<SequenceRow, Optional<Sequence>> reader) {
    this.reader = reader;
  }

  /**
   * Takes a version.
   *
   * @return the row before; null: there was none
   */
  SequenceRow put(String key, SequenceRow row) {
    SequenceRow before = rows.put(key, row);
    if (!row.equals(before)) {
      forget(key);
    }
    return before;
  }

  /** Null when there was none. */
  SequenceRow remove(String key) {
    SequenceRow before = rows.remove(key);
    if (before != null) {
      forget(key);
    }
    return before;
  }

  private void forget(String key) {
    read.remove(key);
    written = null;
    typed.clear();
  }

  void put(String key, FieldRow field) {
    String account = field.getAccountId();
    if (fields.computeIfAbsent(account, a -> new AccountFields()).put(key, field)) {
      retype(account);
    }
  }

  void removeField(String account, String key) {
    AccountFields known = fields.get(account);
    if (known != null) {
      known.remove(key);
      if (known.isEmpty()) {
        fields.remove(account);
      }
      retype(account);
    }
  }

  private void retype(String account) {
    AccountFields known = fields.get(account);
    Typed<SequenceSet> made = typed.get(account);
    if (made != null && known != null) {
      made.goBy(known);
    } else {
      typed.remove(account);
    }
  }

  /** Control keys of the versions that are known. */
  List<String> keys() {
    return List.copyOf(rows.keySet());
  }

  /** Control keys of the fields that are known. */
  List<String> fieldKeys() {
    return fields.values().stream().flatMap(known -> known.keys().stream()).toList();
  }

  boolean isEmpty() {
    return rows.isEmpty() && fields.isEmpty();
  }

  /** True when leads of the account may compare otherwise than the sequences are written. */
  boolean comparesApart(String account) {
    return fields.containsKey(account) || written().isLocal();
  }

  /** As they are written. */
  SequenceSet written() {
    if (written == null) {
      List<SequenceVersion> versions = new ArrayList<>(rows.size());
      rows.forEach(
          (key, row) ->
              read.computeIfAbsent(key, k -> reader.apply(row))
                  .ifPresent(
                      sequence ->
                          versions.add(
                              new SequenceVersion(
                                  sequence, row.getVersion(), row.getEffectiveAt()))));
      written = SequenceSet.of(versions);
    }
    return written;
  }

  /**
   * As they compare by the fields of an account at a time, and by the tenant's clocks.
   *
   * @param time the log's, epoch milliseconds
   * @param zone the tenant's
   */
  SequenceSet at(String account, long time, ZoneId zone) {
    Typed<SequenceSet> made = typed.get(account);
    if (made == null || !made.isOf(zone)) {
      SequenceSet all = written();
      AccountFields known = fields.getOrDefault(account, new AccountFields());
      made = Typed.of(all, all::typed, all.named(account), account, known, zone);
      typed.put(account, made);
    }
    return made.at(time);
  }

  /** Drops what nothing of this time or a later one can be compared by. */
  void forgetBefore(long time) {
    fields.values().forEach(known -> known.forgetBefore(time));
    typed.values().forEach(made -> made.forgetBefore(time));
  }
}
