package io.voronka.jobs.evaluaterules.domain;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RuleRef;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.StableId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which rules judge an event: those of the tenant's newest set that was in force at the event's
 * time and whose members are all here. Inactive tenants and accounts have none.
 *
 * <pre>{@code
 * effectiveAt:   set 7          set 8            set 9
 * ---------------|--------------|----------------|---------> event time
 *  no rules         by set 7        by set 8        by set 9
 * }</pre>
 *
 * <p>Reads the rows from the caller's {@link ControlSnapshot}, which has applied each change first.
 */
public final class RulesInForce {
  /** What has to be complete before the first event is judged. */
  public static final Set<ControlTable> NEEDED =
      Set.copyOf(
          EnumSet.of(
              ControlTable.TENANTS,
              ControlTable.ACCOUNTS,
              ControlTable.AGENTS,
              ControlTable.RULES,
              ControlTable.RULE_SETS,
              ControlTable.PIPELINES,
              ControlTable.FIELDS,
              ControlTable.USERS));

  private final ControlSnapshot control;
  private final RuleReading.Reader reader;
  private final RuleReading.QuarantineListener listener;
  private final RuleSet none = RuleSet.empty();
  private final Map<String, TenantRules> tenants = new HashMap<>();
  private final Set<String> inactive = new HashSet<>();
  private final RuleBudgets budgets = new RuleBudgets();
  private final Map<String, AccountSetting> settings = new HashMap<>();
  private final Map<ControlTable, Long> generations = new EnumMap<>(ControlTable.class);

  public RulesInForce(
      ControlSnapshot control, RuleReading.Reader reader, RuleReading.QuarantineListener listener) {
    this.control = control;
    this.reader = reader;
    this.listener = listener;
  }

  /**
   * Takes a change that the control snapshot has applied already.
   *
   * @param change null: a tombstone
   */
  public void changed(ControlTable table, String key, ControlChange change) {
    if (change != null && change.getOp() == ControlOp.SNAPSHOT_COMPLETE) {
      reconcile(table);
      Long before = generations.put(table, change.getGeneration());
      if (before == null || before < change.getGeneration()) {
        settings.clear(); // Rows may be gone without a tombstone.
      }
      return;
    }
    boolean gone = change == null || change.getOp() == ControlOp.DELETE;
    if (AccountSetting.TABLES.contains(table)) {
      forgetSettings(key);
    }
    switch (table) {
      case TENANTS -> active(key, gone || change.getTenant().getActive());
      case ACCOUNTS -> active(key, gone || change.getAccount().getActive());
      case RULE_SETS -> {
        if (gone) {
          remove(key);
        } else {
          put(change.getRuleSet());
        }
      }
      case RULES -> {
        if (!gone) {
          prepare(change.getRule().getTenantId());
        }
      }
      case FIELDS -> {
        if (gone) {
          removeField(key);
        } else {
          tenant(change.getField().getTenantId()).put(key, change.getField());
        }
      }
      default -> {} // Nothing that rules are compiled from.
    }
  }

  /** Never null; a set without rules when none is in force. */
  public RuleSet at(String tenantId, String accountId, long time) {
    TenantRules tenant = tenants.get(tenantId);
    boolean judged = tenant != null && active(tenantId, accountId);
    RuleSet rules = judged ? tenant.at(accountId, time, this::rule) : null;
    return rules == null ? none : rules;
  }

  /**
   * Adds up what the rules took. A version that took too much is not judged any more, its next
   * version is.
   *
   * @param time the log's, epoch milliseconds
   */
  void took(String tenantId, Decision decision, long time) {
    for (RuleVersion member : decision.overBudget()) {
      leaveOut(tenantId, key(tenantId, member), QuarantineReason.OVER_BUDGET, time);
    }
    for (Decision.Took took : decision.took()) {
      String key = key(tenantId, took.member());
      if (budgets.runsOver(key, took.steps(), time)) {
        leaveOut(tenantId, key, QuarantineReason.OVER_RATE, time);
      } else {
        budgets
            .runsOverTogether(tenantId, key, took.steps(), time)
            .ifPresent(rule -> leaveOut(tenantId, rule, QuarantineReason.OVER_SHARE, time));
      }
    }
  }

  private void leaveOut(String tenantId, String key, QuarantineReason why, long at) {
    RuleRow row = rule(key);
    if (row != null && budgets.leaveOut(key)) {
      tenants.get(tenantId).leaveOut(new RuleRef(row.getRuleId(), row.getVersion()));
      listener.quarantined(row, why, RuleBudgets.detail(why), at);
    }
  }

  /** What the rules took so far, which outlives a restart. */
  public RuleBudgets budgets() {
    return budgets;
  }

  /** What the rules have to know of an account. */
  public AccountSetting setting(String tenantId, String accountId) {
    return settings.computeIfAbsent(
        ControlKeys.account(tenantId, accountId),
        key -> AccountSetting.of(control, tenantId, accountId));
  }

  /** Tenants that have rule sets or known fields. */
  public Set<String> tenants() {
    return Set.copyOf(tenants.keySet());
  }

  /**
   * Fingerprint of all that the tenant's subjects can wait for at a time; as long as it stays the
   * same, no waiting subject has to be looked at again.
   */
  public long waits(String tenantId, long time) {
    TenantRules tenant = tenants.get(tenantId);
    long waits = tenant == null || inactive.contains(tenantId) ? 0 : tenant.waits(time, this::rule);
    if (waits == 0) {
      return 0;
    }
    String prefix = tenantId + '|';
    return waits
        ^ inactive.stream()
            .filter(key -> key.startsWith(prefix))
            .mapToLong(StableId::fingerprint)
            .sum();
  }

  /** When the tenant's next set comes into force, epoch milliseconds; empty when none will. */
  public OptionalLong nextChange(String tenantId, long time) {
    TenantRules tenant = tenants.get(tenantId);
    return tenant == null ? OptionalLong.empty() : tenant.nextChange(time);
  }

  /** Drops the sets that no event of this time or a later one can be judged by. */
  public void forgetBefore(long time) {
    tenants.values().forEach(tenant -> tenant.forgetBefore(time, this::rule));
  }

  /** Versions that are kept, of all tenants together. */
  public int versions() {
    return tenants.values().stream().mapToInt(tenant -> tenant.versions().size()).sum();
  }

  /** The tenant comes first in every key. */
  private void forgetSettings(String changed) {
    int bar = changed.indexOf('|');
    String tenant = (bar < 0 ? changed : changed.substring(0, bar)) + '|';
    settings.keySet().removeIf(account -> account.startsWith(tenant));
  }

  private TenantRules tenant(String tenantId) {
    return tenants.computeIfAbsent(
        tenantId,
        id -> new TenantRules(reader, listener, budgets, account -> setting(id, account).zone()));
  }

  private void put(RuleSetRow row) {
    tenant(row.getTenantId()).put(row);
    prepare(row.getTenantId());
  }

  /** While the copy is incomplete most sets in it are of the past, and never asked for. */
  private void prepare(String tenantId) {
    TenantRules tenant = tenants.get(tenantId);
    if (tenant != null && control.ready()) {
      tenant.compileNewest(this::rule);
    }
  }

  private void remove(String key) {
    int bar = key.lastIndexOf('|');
    String tenantId = key.substring(0, bar);
    TenantRules tenant = tenants.get(tenantId);
    if (tenant != null) {
      tenant.remove(Long.parseLong(key.substring(bar + 1)));
      if (tenant.isEmpty()) {
        tenants.remove(tenantId);
      }
    }
  }

  /** The key is tenant|account|TYPE|field. */
  private void removeField(String key) {
    String[] parts = key.split("\\|", 3);
    TenantRules tenant = tenants.get(parts[0]);
    if (tenant != null) {
      tenant.removeField(parts[1], key);
      if (tenant.isEmpty()) {
        tenants.remove(parts[0]);
      }
    }
  }

  /** A complete generation drops the rows that it did not repeat, without a tombstone for each. */
  private void reconcile(ControlTable table) {
    if (table == ControlTable.RULE_SETS) {
      for (String tenantId : Set.copyOf(tenants.keySet())) {
        for (long version : tenants.get(tenantId).versions()) {
          String key = ControlKeys.ruleSet(tenantId, version);
          if (control.row(ControlTable.RULE_SETS, key).isEmpty()) {
            remove(key);
          }
        }
      }
    } else if (table == ControlTable.FIELDS) {
      for (TenantRules tenant : List.copyOf(tenants.values())) {
        tenant.fieldKeys().stream()
            .filter(key -> control.row(ControlTable.FIELDS, key).isEmpty())
            .forEach(this::removeField);
      }
    } else if (table == ControlTable.TENANTS || table == ControlTable.ACCOUNTS) {
      inactive.clear();
      control
          .rows(ControlTable.TENANTS)
          .forEach(row -> active(ControlKeys.of(row), row.getTenant().getActive()));
      control
          .rows(ControlTable.ACCOUNTS)
          .forEach(row -> active(ControlKeys.of(row), row.getAccount().getActive()));
    }
  }

  private void active(String key, boolean isActive) {
    if (isActive) {
      inactive.remove(key);
    } else {
      inactive.add(key);
    }
  }

  private boolean active(String tenantId, String accountId) {
    return inactive.isEmpty()
        || !(inactive.contains(tenantId)
            || inactive.contains(ControlKeys.account(tenantId, accountId)));
  }

  private static String key(String tenantId, RuleVersion member) {
    return ControlKeys.rule(tenantId, member.rule().id(), member.version());
  }

  private RuleRow rule(String key) {
    return control.row(ControlTable.RULES, key).map(ControlChange::getRule).orElse(null);
  }
}
