package io.voronka.jobs.evaluaterules.domain;

import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.catalogue.AccountFields;
import io.voronka.rules.domain.catalogue.Typed;
import io.voronka.rules.domain.catalogue.Typing;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.RuleRef;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.StableId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rule sets of one tenant that are or can come into force, compiled when first needed, and the
 * custom fields of its accounts, by which they compare.
 */
final class TenantRules {
  private final TreeMap<Long, Version> newestFirst = new TreeMap<>(Comparator.reverseOrder());
  private final Map<String, Optional<RuleVersion>> compiled = new HashMap<>();
  private final Map<String, AccountFields> fields = new HashMap<>();
  private final RuleReading.Reader reader;
  private final RuleReading.QuarantineListener listener;
  private final RuleBudgets budgets;
  private final Function<String, ZoneId> zones;

  /** Newest time at which a set or a field comes into force; may be of one that was dropped. */
  private long lastChange = Long.MIN_VALUE;

  /**
   * @param budgets knows the rules that are not judged any more
   * @param zones of the tenant, as its accounts have it now
   */
  TenantRules(
      RuleReading.Reader reader,
      RuleReading.QuarantineListener listener,
      RuleBudgets budgets,
      Function<String, ZoneId> zones) {
    this.reader = reader;
    this.listener = listener;
    this.budgets = budgets;
    this.zones = zones;
  }

  private static final class Version {
    final RuleSetRow row;

    /** Compares as the rules are written. */
    RuleSet rules;

    /** True when the rules have dates that are other moments in another zone. */
    boolean local;

    /** By account, where that is something else. */
    final Map<String, Typed<RuleSet>> typed = new HashMap<>();

    Version(RuleSetRow row) {
      this.row = row;
    }
  }

  void put(RuleSetRow row) {
    Version known = newestFirst.get(row.getVersion());
    if (known == null || !known.row.equals(row)) {
      newestFirst.put(row.getVersion(), new Version(row));
      lastChange = Math.max(lastChange, row.getEffectiveAt());
    }
  }

  void put(String key, FieldRow field) {
    String account = field.getAccountId();
    if (fields.computeIfAbsent(account, a -> new AccountFields()).put(key, field)) {
      lastChange = Math.max(lastChange, field.getEffectiveAt());
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

  /** Control keys of the fields that are known. */
  List<String> fieldKeys() {
    return fields.values().stream().flatMap(known -> known.keys().stream()).toList();
  }

  private void retype(String account) {
    AccountFields known = fields.get(account);
    for (Version version : newestFirst.values()) {
      Typed<RuleSet> typed = version.typed.get(account);
      if (typed != null && known != null) {
        typed.goBy(known);
      } else {
        version.typed.remove(account);
      }
    }
  }

  void remove(long version) {
    newestFirst.remove(version);
  }

  Set<Long> versions() {
    return Set.copyOf(newestFirst.keySet());
  }

  boolean isEmpty() {
    return newestFirst.isEmpty() && fields.isEmpty();
  }

  /**
   * The set in force; null when there is none.
   *
   * @param rows the rule of a control key, null when it is not (yet) here
   */
  RuleSet at(String account, long time, Function<String, RuleRow> rows) {
    Version version = inForce(time, rows);
    if (version == null || (fields.isEmpty() && !version.local)) {
      return version == null ? null : version.rules;
    }
    Typed<RuleSet> typed = typed(version, account);
    return typed == null ? version.rules : typed.at(time);
  }

  /** Fingerprint of all that the set in force waits for, the fields included; 0: for nothing. */
  long waits(long time, Function<String, RuleRow> rows) {
    Version version = inForce(time, rows);
    if (version == null || version.rules.waits() == 0) {
      return 0;
    }
    long waits = version.rules.waits();
    waits ^= version.local ? StableId.fingerprint(zones.apply("").getId()) : 0;
    for (String account : fields.keySet()) {
      waits ^= typed(version, account).mark(time);
    }
    return waits;
  }

  private Version inForce(long time, Function<String, RuleRow> rows) {
    for (Version version : newestFirst.values()) {
      if (version.row.getEffectiveAt() <= time && ready(version, rows)) {
        return version;
      }
    }
    return null;
  }

  /** Null when the rules are as they are written in the account. */
  private Typed<RuleSet> typed(Version version, String account) {
    AccountFields known = fields.get(account);
    Typed<RuleSet> typed = version.typed.get(account);
    if (known == null && !version.local) {
      return typed;
    }
    ZoneId zone = zones.apply(account);
    if (typed == null || !typed.isOf(zone)) {
      AccountFields by = known == null ? new AccountFields() : known;
      typed = typed(version.rules, account, by, zone);
      version.typed.put(account, typed);
    }
    return typed;
  }

  private static Typed<RuleSet> typed(
      RuleSet written, String account, AccountFields fields, ZoneId zone) {
    Stream<Condition> conditions =
        written.rules().stream()
            .filter(member -> member.rule().concerns(account))
            .flatMap(member -> member.rule().when().stream());
    return Typed.of(
        written, typing -> typed(written, typing), Typed.named(conditions), account, fields, zone);
  }

  private static RuleSet typed(RuleSet written, Typing typing) {
    List<RuleVersion> members = new ArrayList<>(written.rules().size());
    for (RuleVersion member : written.rules()) {
      members.add(new RuleVersion(typing.typed(member.rule()), member.version(), member.mark()));
    }
    return RuleSet.compile(written.version(), members);
  }

  /** When a set or a field next comes into force after a time; empty when none will. */
  OptionalLong nextChange(long time) {
    if (time >= lastChange) {
      return OptionalLong.empty(); // Asked for each event: nearly always this.
    }
    long next = Long.MAX_VALUE;
    for (Version version : newestFirst.values()) {
      long effectiveAt = version.row.getEffectiveAt();
      next = effectiveAt > time ? Math.min(next, effectiveAt) : next;
    }
    for (AccountFields known : fields.values()) {
      next = Math.min(next, known.nextChange(time));
    }
    return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
  }

  /** Leaves a version of a rule out of all sets that have it. */
  void leaveOut(RuleRef rule) {
    for (Version version : newestFirst.values()) {
      if (version.row.getMembers().contains(rule)) {
        compiled.put(key(version.row, rule), Optional.empty());
        version.rules = null;
        version.typed.clear();
      }
    }
  }

  /** Compiles the newest set when it is complete, before the first event asks for it. */
  void compileNewest(Function<String, RuleRow> rows) {
    if (!newestFirst.isEmpty()) {
      ready(newestFirst.firstEntry().getValue(), rows);
    }
  }

  /** Drops what cannot be in force at this time or later any more. */
  void forgetBefore(long time, Function<String, RuleRow> rows) {
    boolean superseded = false;
    Iterator<Version> versions = newestFirst.values().iterator();
    while (versions.hasNext()) {
      Version version = versions.next();
      if (superseded) {
        versions.remove();
      } else {
        superseded = version.row.getEffectiveAt() <= time && ready(version, rows);
      }
    }
    Set<String> used = new HashSet<>();
    for (Version version : newestFirst.values()) {
      version.row.getMembers().forEach(member -> used.add(key(version.row, member)));
      version.typed.values().forEach(typed -> typed.forgetBefore(time));
    }
    fields.values().forEach(known -> known.forgetBefore(time));
    compiled.keySet().retainAll(used);
  }

  /** A set comes into force as a whole, when all its members are here. */
  private boolean ready(Version version, Function<String, RuleRow> rows) {
    if (version.rules != null) {
      return true;
    }
    List<RuleRow> members = new ArrayList<>();
    for (RuleRef member : version.row.getMembers()) {
      RuleRow row = rows.apply(key(version.row, member));
      if (row == null) {
        return false;
      }
      members.add(row);
    }
    List<RuleVersion> rules = new ArrayList<>();
    members.forEach(row -> compiled(row).ifPresent(rules::add));
    version.rules = RuleSet.compile(version.row.getVersion(), rules);
    version.local =
        rules.stream().flatMap(one -> one.rule().when().stream()).anyMatch(Typing::isLocal);
    return true;
  }

  private Optional<RuleVersion> compiled(RuleRow row) {
    String key = ControlKeys.rule(row.getTenantId(), row.getRuleId(), row.getVersion());
    return compiled.computeIfAbsent(
        key,
        k -> {
          if (budgets.isLeftOut(k)) {
            return Optional.empty();
          }
          RuleReading reading = reader.read(row);
          reading
              .quarantined()
              .ifPresent(reason -> listener.quarantined(row, reason, reading.detail(), 0));
          return reading.rule().map(rule -> new RuleVersion(rule, row.getVersion()));
        });
  }

  private static String key(RuleSetRow set, RuleRef member) {
    return ControlKeys.rule(set.getTenantId(), member.getRuleId(), member.getVersion());
  }
}
