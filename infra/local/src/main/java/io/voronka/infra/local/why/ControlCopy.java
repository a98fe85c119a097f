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
import io.voronka.schemas.SequenceRow;
import io.voronka.schemas.TenantRow;
import io.voronka.schemas.Topics;
import io.voronka.sequences.domain.SequenceVersion;
import io.voronka.sequences.parsing.SequenceParser;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
          ControlTable.USERS, Topics.CONTROL_USERS,
          ControlTable.SEQUENCES, Topics.CONTROL_SEQUENCES);

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
   * @param tenant null: the one that has the rule or sequence
   * @param account null: the tenant's only one
   * @param table {@link ControlTable#RULES} or {@link ControlTable#SEQUENCES}
   */
  public Place place(String tenant, String account, ControlTable table, String id)
      throws UnanswerableException {
    String owner = owner(tenant, table, id);
    TenantRow row = tenant(owner);
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

  /**
   * The tenant that is meant.
   *
   * @param tenant null: the one that has the rule or sequence
   */
  public String owner(String tenant, ControlTable table, String id) throws UnanswerableException {
    return tenant == null ? ownerOf(table, id) : tenant(tenant).getTenantId();
  }

  /** The clocks of a tenant. */
  public ZoneId zone(String tenant) {
    return AccountSetting.of(snapshot, tenant, "").zone();
  }

  /** All versions of a tenant's sequence that can be read, oldest first. */
  public List<SequenceVersion> sequence(String tenant, String sequenceId, SequenceParser parser) {
    List<SequenceVersion> versions = new ArrayList<>();
    for (ControlChange change : snapshot.rows(ControlTable.SEQUENCES)) {
      SequenceRow row = change.getSequence();
      if (row.getTenantId().equals(tenant) && row.getSequenceId().equals(sequenceId)) {
        parser
            .parse(row.getDefinition())
            .sequence()
            .map(read -> new SequenceVersion(read, row.getVersion(), row.getEffectiveAt()))
            .ifPresent(versions::add);
      }
    }
    versions.sort(Comparator.comparingLong(SequenceVersion::version));
    return versions;
  }

  /** The newest version of a tenant's sequence as it was published, JSON; empty: there is none. */
  public Optional<String> definition(String tenant, String sequenceId) {
    return snapshot.rows(ControlTable.SEQUENCES).stream()
        .map(ControlChange::getSequence)
        .filter(row -> row.getTenantId().equals(tenant) && row.getSequenceId().equals(sequenceId))
        .max(Comparator.comparingLong(SequenceRow::getVersion))
        .map(SequenceRow::getDefinition);
  }

  /** The ids of a tenant's sequences. */
  public Set<String> sequences(String tenant) {
    return snapshot.rows(ControlTable.SEQUENCES).stream()
        .map(ControlChange::getSequence)
        .filter(row -> row.getTenantId().equals(tenant))
        .map(SequenceRow::getSequenceId)
        .collect(Collectors.toCollection(TreeSet::new));
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

  private TenantRow tenant(String id) throws UnanswerableException {
    return snapshot
        .row(ControlTable.TENANTS, id)
        .map(ControlChange::getTenant)
        .orElseThrow(() -> new UnanswerableException("no tenant " + id + "; known: " + tenants()));
  }

  private String ownerOf(ControlTable table, String id) throws UnanswerableException {
    boolean rule = table == ControlTable.RULES;
    String noun = rule ? "rule" : "sequence";
    Set<String> owners =
        snapshot.rows(table).stream()
            .filter(row -> id.equals(rule ? row.getRule().getRuleId() : sequenceId(row)))
            .map(row -> rule ? row.getRule().getTenantId() : row.getSequence().getTenantId())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> candidates = owners.isEmpty() ? tenants() : owners;
    if (candidates.size() != 1) {
      throw new UnanswerableException(
          owners.isEmpty()
              ? "no tenant has a %s %s".formatted(noun, id)
              : "several tenants have a %s %s; give one with --tenant: %s"
                  .formatted(noun, id, owners));
    }
    return candidates.iterator().next();
  }

  private static String sequenceId(ControlChange change) {
    return change.getSequence().getSequenceId();
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
