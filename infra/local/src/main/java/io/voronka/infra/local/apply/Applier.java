package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voronka.infra.local.apply.Change.Sort;
import io.voronka.infra.local.apply.ControlTables.StoredRule;
import io.voronka.infra.local.apply.Manifest.AccountSpec;
import io.voronka.infra.local.apply.Manifest.AgentSpec;
import io.voronka.infra.local.apply.Manifest.MailSenderSpec;
import io.voronka.infra.local.apply.Manifest.OptOutSpec;
import io.voronka.infra.local.apply.Manifest.RuleSpec;
import io.voronka.infra.local.apply.Manifest.ScriptSpec;
import io.voronka.infra.local.apply.Manifest.SequenceSpec;
import io.voronka.infra.local.apply.Manifest.SigningKeySpec;
import io.voronka.infra.local.apply.Manifest.TenantSpec;
import io.voronka.rules.explain.Language;
import io.voronka.rules.parsing.RuleParser;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Brings the control tables to what a manifest asks for, in one transaction. A rule whose
 * definition is the same keeps its version; a tenant whose rules did not change keeps its rule set;
 * so applying twice changes nothing the second time.
 */
final class Applier {
  private final Connection connection;
  private final boolean prune;
  private final ObjectMapper json = mapper();
  private final Statements statements;
  private final ControlTables tables;
  private final RuleParser parser;
  private final OutboundTables outbound;
  private final ScriptTable scripts;
  private final OptOuts optOuts;
  private final SequenceTable sequences;
  private final List<Change> changes = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * @param prune rules of the manifest's tenants that the manifest does not name leave the rule set
   */
  Applier(Connection connection, boolean prune, RuleParser parser) {
    this.connection = connection;
    this.prune = prune;
    this.parser = parser;
    this.statements = new Statements(connection);
    this.tables = new ControlTables(statements, json);
    this.outbound = new OutboundTables(statements, json);
    this.scripts = new ScriptTable(statements, json);
    this.optOuts = new OptOuts(statements);
    this.sequences = new SequenceTable(statements, json);
  }

  static ObjectMapper mapper() {
    return JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  }

  /** Writes, and says what changed. */
  List<Change> apply(Manifest manifest) throws SQLException {
    return run(manifest, false);
  }

  /** Does all that {@link #apply} does, lets the database check it, and takes it back. */
  List<Change> dryRun(Manifest manifest) throws SQLException {
    return run(manifest, true);
  }

  /**
   * What is odd about the rule sets of the tenants whose rules the manifest has, as they now are.
   */
  List<String> warnings() {
    return warnings;
  }

  private List<Change> run(Manifest manifest, boolean takeBack) throws SQLException {
    connection.setAutoCommit(false);
    try {
      write(manifest);
      // Deferred constraints speak at the end of a transaction; a dry run must hear them too.
      try (var statement = connection.createStatement()) {
        statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
      }
      if (takeBack) {
        connection.rollback();
      } else {
        connection.commit();
      }
      return changes;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void write(Manifest manifest) throws SQLException {
    // Two at once would judge by what the other is about to change, and lock each other out.
    statements.alone("voronka apply");
    Map<String, TenantSpec> tenants = tables.tenants();
    Map<String, AccountSpec> accounts = tables.accounts();
    Map<String, AgentSpec> agents = tables.agents();
    Map<String, SigningKeySpec> signingKeys = outbound.signingKeys();
    Map<String, MailSenderSpec> mailSenders = outbound.mailSenders();
    manifest
        .problems()
        .addAll(
            ReferenceCheck.problems(
                manifest,
                tenants.keySet(),
                accounts,
                agents,
                signingKeys.keySet(),
                mailSenders.keySet()));
    manifest
        .problems()
        .addAll(
            FieldCheck.problems(manifest, accounts.keySet(), FieldTable.read(connection, json)));
    manifest.orThrow();
    for (TenantSpec asked : manifest.tenants().values()) {
      TenantSpec tenant = asked.over(tenants.get(asked.id()));
      if (note("tenant", tenant.id(), tenants.get(tenant.id()), tenant)) {
        tables.write(tenant, asked.effectsPaused().isPresent());
      }
    }
    for (AccountSpec asked : manifest.accounts().values()) {
      AccountSpec account = asked.over(accounts.get(asked.key()));
      if (note("account", account.key(), accounts.get(account.key()), account)) {
        tables.write(account, asked.effectsPaused().isPresent());
      }
    }
    for (AgentSpec asked : manifest.agents().values()) {
      AgentSpec agent = asked.over(agents.get(asked.key()));
      if (note("agent", agent.key(), agents.get(agent.key()), agent)) {
        tables.write(agent, asked.effectsPaused().isPresent());
      }
    }
    for (SigningKeySpec key : manifest.signingKeys().values()) {
      if (note("signing key", key.key(), signingKeys.get(key.key()), key)) {
        outbound.write(key);
      }
    }
    for (MailSenderSpec sender : manifest.mailSenders().values()) {
      if (note("mail sender", sender.key(), mailSenders.get(sender.key()), sender)) {
        outbound.write(sender);
      }
    }
    Map<String, ScriptSpec> known = scripts.scripts();
    for (ScriptSpec script : manifest.scripts().values()) {
      if (note("script", script.key(), known.get(script.key()), script)) {
        scripts.write(script);
      }
    }
    Map<String, OptOutSpec> left = optOuts.all();
    for (OptOutSpec optOut : manifest.optOuts().values()) {
      if (note("opt-out", optOut.key(), left.get(optOut.key()), optOut)) {
        optOuts.add(optOut.tenant(), optOut.recipient());
      }
    }
    writeSequences(manifest);
    writeRules(manifest);
  }

  /** One whose definition is the same keeps its version, as with rules. */
  private void writeSequences(Manifest manifest) throws SQLException {
    if (manifest.sequences().isEmpty()) {
      return;
    }
    tables.lock(
        new TreeSet<>(manifest.sequences().values().stream().map(s -> s.tenant()).toList()));
    Map<String, SequenceSpec> stored = sequences.newest();
    warnOfFirst(manifest, stored.values());
    for (SequenceSpec sequence : manifest.sequences().values()) {
      SequenceSpec known = stored.get(sequence.key());
      List<String> differences =
          known == null
              ? List.of()
              : Differences.between(json, known.definition(), sequence.definition());
      if (known == null || !differences.isEmpty()) {
        String key = sequence.key() + " version " + sequences.writeNewVersion(sequence);
        Sort sort = known == null ? Sort.CREATED : Sort.CHANGED;
        changes.add(new Change(sort, "sequence", key, differences));
      }
    }
  }

  /** drive-sequences does not remember leads that no sequence could ask about. */
  private void warnOfFirst(Manifest manifest, Collection<SequenceSpec> stored) {
    Set<String> first = new TreeSet<>();
    manifest.sequences().values().forEach(sequence -> first.add(sequence.tenant()));
    stored.forEach(sequence -> first.remove(sequence.tenant()));
    changes.stream()
        .filter(change -> change.sort() == Sort.CREATED && change.kind().equals("tenant"))
        .forEach(change -> first.remove(change.key()));
    for (String tenant : first) {
      warnings.add(
          tenant
              + ": warning: these are its first sequences, and nothing is known to them of leads"
              + " that are there already; voronka import --tenant "
              + tenant
              + " --fresh tells them");
    }
  }

  private void writeRules(Manifest manifest) throws SQLException {
    Set<String> owners = new LinkedHashSet<>(manifest.tenants().keySet());
    manifest.rules().values().forEach(rule -> owners.add(rule.tenant()));
    tables.lock(owners);
    Map<String, StoredRule> stored = tables.rules();
    for (String tenant : owners) {
      writeRulesOf(tenant, manifest, stored);
    }
    warn(manifest);
  }

  private void warn(Manifest manifest) throws SQLException {
    SetWarnings odd = new SetWarnings(manifest, parser);
    Set<String> tenants = new LinkedHashSet<>();
    manifest.rules().values().forEach(rule -> tenants.add(rule.tenant()));
    Map<String, StoredRule> inForce = tables.rules();
    for (String tenant : tenants) {
      List<RuleSpec> rules =
          inForce.values().stream()
              .map(StoredRule::spec)
              .filter(rule -> rule.tenant().equals(tenant))
              .toList();
      warnings.addAll(odd.of(tenant, rules, Language.EN));
    }
  }

  private void writeRulesOf(String tenant, Manifest manifest, Map<String, StoredRule> stored)
      throws SQLException {
    Map<String, Long> before = new TreeMap<>();
    stored.values().stream()
        .filter(rule -> rule.spec().tenant().equals(tenant))
        .forEach(rule -> before.put(rule.spec().id(), rule.version()));
    Map<String, Long> members = new TreeMap<>(before);
    for (RuleSpec rule : manifest.rules().values()) {
      if (rule.tenant().equals(tenant)) {
        members.put(rule.id(), writeRule(rule, stored.get(rule.key())));
      }
    }
    if (prune) {
      for (String rule : before.keySet()) {
        if (!manifest.rules().containsKey(tenant + "/" + rule)) {
          members.remove(rule);
          changes.add(new Change(Sort.REMOVED, "rule", tenant + "/" + rule, List.of()));
        }
      }
    }
    if (!members.equals(before)) {
      long version = tables.writeRuleSet(tenant, members);
      String key = tenant + " version " + version + ", " + Counted.of(members.size(), "rule");
      changes.add(new Change(Sort.CREATED, "rule set", key, List.of()));
    }
  }

  private long writeRule(RuleSpec rule, StoredRule known) throws SQLException {
    List<String> differences =
        known == null
            ? List.of()
            : Differences.between(json, known.spec().definition(), rule.definition());
    if (known != null && differences.isEmpty()) {
      return known.version();
    }
    long version = tables.writeNewVersion(rule);
    String key = rule.key() + " version " + version;
    changes.add(new Change(known == null ? Sort.CREATED : Sort.CHANGED, "rule", key, differences));
    return version;
  }

  private boolean note(String kind, String key, Object before, Object after) {
    if (Objects.equals(before, after)) {
      return false;
    }
    changes.add(
        before == null
            ? new Change(Sort.CREATED, kind, key, List.of())
            : new Change(
                Sort.CHANGED,
                kind,
                key,
                Differences.between(
                    json, Exporter.toJson(json, before), Exporter.toJson(json, after))));
    return true;
  }
}
