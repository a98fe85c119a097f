package io.voronka.infra.local.why;

import io.voronka.infra.local.topics.TopicReader;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.rules.why.RuleHistory;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.TenantRow;
import io.voronka.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The control tables as they are on their topics now. */
public final class ControlCopy {
  private static final Map<ControlTable, String> TOPICS =
      Map.of(
          ControlTable.TENANTS, Topics.CONTROL_TENANTS,
          ControlTable.ACCOUNTS, Topics.CONTROL_ACCOUNTS,
          ControlTable.AGENTS, Topics.CONTROL_AGENTS,
          ControlTable.RULES, Topics.CONTROL_RULES,
          ControlTable.RULE_SETS, Topics.CONTROL_RULE_SETS,
          ControlTable.PIPELINES, Topics.CONTROL_PIPELINES,
          ControlTable.FIELDS, Topics.CONTROL_FIELDS,
          ControlTable.USERS, Topics.CONTROL_USERS);

  private final ControlSnapshot snapshot;

  private ControlCopy(ControlSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * Where a subject is.
   *
   * @param active false when the tenant or the account is switched off
   */
  public record Place(String tenant, String account, AccountSetting setting, boolean active) {}

  /**
   * Reads the topics to their ends.
   *
   * @throws UnanswerableException when they do not hold a complete snapshot
   */
  public static ControlCopy read(String bootstrapServers) throws UnanswerableException {
    ControlSnapshot snapshot = new ControlSnapshot(TOPICS.keySet());
    // Always in the same order.
    for (Map.Entry<ControlTable, String> topic : new TreeMap<>(TOPICS).entrySet()) {
      try (TopicReader<ControlChange> reader =
          TopicReader.fromStart(bootstrapServers, topic.getValue(), ControlChange.class)) {
        reader.readToEnd(entry -> snapshot.apply(topic.getKey(), entry.key(), entry.value()));
      }
    }
    if (!snapshot.ready()) {
      throw new UnanswerableException(
          "the control tables on Kafka are not complete; does capture-control run?");
    }
    return new ControlCopy(snapshot);
  }

  /**
   * Finds tenant and account.
   *
   * @param tenant null: the one that has the rule
   * @param account null: the tenant's only one
   */
  public Place place(String tenant, String account, String ruleId) throws UnanswerableException {
    String owner = tenant == null ? ownerOf(ruleId) : tenant;
    TenantRow row =
        snapshot
            .row(ControlTable.TENANTS, owner)
            .map(ControlChange::getTenant)
            .orElseThrow(
                () -> new UnanswerableException("no tenant " + owner + "; known: " + tenants()));
    Set<String> accounts = accounts(owner);
    if (account == null && accounts.size() != 1) {
      throw new UnanswerableException(
          "tenant %s has %d CRM accounts; give one with --account: %s"
              .formatted(owner, accounts.size(), accounts));
    }
    String where = account == null ? accounts.iterator().next() : account;
    AccountRow at =
        snapshot
            .row(ControlTable.ACCOUNTS, ControlKeys.account(owner, where))
            .map(ControlChange::getAccount)
            .orElseThrow(
                () ->
                    new UnanswerableException(
                        "tenant %s has no CRM account %s; known: %s"
                            .formatted(owner, where, accounts)));
    AccountSetting setting = AccountSetting.of(snapshot, owner, where);
    return new Place(owner, where, setting, row.getActive() && at.getActive());
  }

  /** All versions of a tenant's rule, and when each was in force. */
  public RuleHistory history(String tenant, String ruleId, RuleParser parser) {
    List<RuleRow> rules =
        snapshot.rows(ControlTable.RULES).stream()
            .map(ControlChange::getRule)
            .filter(row -> row.getTenantId().equals(tenant))
            .toList();
    return RuleHistory.of(
        ruleId,
        rules,
        snapshot.rows(ControlTable.RULE_SETS).stream()
            .map(ControlChange::getRuleSet)
            .filter(row -> row.getTenantId().equals(tenant))
            .toList(),
        parser);
  }

  /** The custom fields of an account. */
  List<FieldRow> fields(Place place) {
    return snapshot.rows(ControlTable.FIELDS).stream()
        .map(ControlChange::getField)
        .filter(row -> row.getTenantId().equals(place.tenant()))
        .filter(row -> row.getAccountId().equals(place.account()))
        .toList();
  }

  private String ownerOf(String ruleId) throws UnanswerableException {
    Set<String> owners =
        snapshot.rows(ControlTable.RULES).stream()
            .map(ControlChange::getRule)
            .filter(row -> row.getRuleId().equals(ruleId))
            .map(RuleRow::getTenantId)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> candidates = owners.isEmpty() ? tenants() : owners;
    if (candidates.size() != 1) {
      throw new UnanswerableException(
          owners.isEmpty()
              ? "no tenant has a rule " + ruleId
              : "several tenants have a rule %s; give one with --tenant: %s"
                  .formatted(ruleId, owners));
    }
    return candidates.iterator().next();
  }

  private Set<String> tenants() {
    return snapshot.rows(ControlTable.TENANTS).stream()
        .map(change -> change.getTenant().getTenantId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> accounts(String tenant) {
    return snapshot.rows(ControlTable.ACCOUNTS).stream()
        .map(ControlChange::getAccount)
        .filter(row -> row.getTenantId().equals(tenant))
        .map(AccountRow::getAccountId)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
