package io.voronka.infra.local.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.local.apply.Manifest.AccountSpec;
import io.voronka.infra.local.apply.Manifest.AgentSpec;
import io.voronka.infra.local.apply.Manifest.BotSpec;
import io.voronka.infra.local.apply.Manifest.ChatSpec;
import io.voronka.infra.local.apply.Manifest.RuleSpec;
import io.voronka.infra.local.apply.Manifest.TenantSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who uses Voronka and by which rules: the control tables as specifications. */
final class ControlTables {
  private final Statements statements;
  private final ObjectMapper json;

  ControlTables(Statements statements, ObjectMapper json) {
    this.statements = statements;
    this.json = json;
  }

  /** A rule's newest version that a set in force names. */
  record StoredRule(RuleSpec spec, long version) {}

  /** Writers of one tenant's rules wait for each other here, so that versions do not collide. */
  void lock(Iterable<String> tenants) throws SQLException {
    for (String tenant : tenants) {
      statements.update("SELECT FROM tenants WHERE tenant_id = ? FOR NO KEY UPDATE", tenant);
    }
  }

  Map<String, TenantSpec> tenants() throws SQLException {
    Map<String, TenantSpec> found = new LinkedHashMap<>();
    statements.query(
        "SELECT * FROM tenants ORDER BY tenant_id",
        row ->
            found.put(
                row.getString("tenant_id"),
                new TenantSpec(
                    row.getString("tenant_id"),
                    row.getString("name"),
                    row.getString("time_zone"),
                    row.getString("locale"),
                    row.getBoolean("active"),
                    Optional.of(row.getBoolean("effects_paused")),
                    Optional.ofNullable(row.getString("quiet_from")),
                    Optional.ofNullable(row.getString("quiet_to")),
                    Optional.ofNullable(row.getString("message_cap")),
                    Optional.ofNullable(row.getString("mail_cap")),
                    words(row.getString("opt_out_words")))));
    return found;
  }

  Map<String, AccountSpec> accounts() throws SQLException {
    Map<String, AccountSpec> found = new LinkedHashMap<>();
    statements.query(
        "SELECT * FROM crm_accounts ORDER BY tenant_id, account_id",
        row -> {
          AccountSpec account =
              new AccountSpec(
                  row.getString("tenant_id"),
                  row.getString("account_id"),
                  row.getString("crm"),
                  row.getString("subdomain"),
                  row.getLong("vendor_account_id"),
                  row.getString("webhook_token_sha256"),
                  row.getString("api_base_url"),
                  row.getString("token_reference"),
                  Optional.ofNullable(row.getObject("integration_user_id", Long.class)),
                  row.getInt("requests_per_second"),
                  row.getInt("account_requests_per_second"),
                  row.getBoolean("active"),
                  Optional.of(row.getBoolean("effects_paused")),
                  chat(row),
                  messageBot(row));
          found.put(account.key(), account);
        });
    return found;
  }

  Map<String, AgentSpec> agents() throws SQLException {
    Map<String, AgentSpec> found = new LinkedHashMap<>();
    statements.query(
        "SELECT * FROM agents ORDER BY tenant_id, agent_id",
        row -> {
          AgentSpec agent =
              new AgentSpec(
                  row.getString("tenant_id"),
                  row.getString("agent_id"),
                  row.getString("account_id"),
                  row.getString("name"),
                  row.getBoolean("active"),
                  Optional.of(row.getBoolean("effects_paused")),
                  Optional.ofNullable(row.getString("silent_after_human")));
          found.put(agent.key(), agent);
        });
    return found;
  }

  /** The members of each tenant's newest rule set, by tenant/rule. */
  Map<String, StoredRule> rules() throws SQLException {
    Map<String, StoredRule> found = new LinkedHashMap<>();
    statements.query(
        "SELECT r.* FROM rules r JOIN rule_set_members m"
            + " ON m.tenant_id = r.tenant_id AND m.rule_id = r.rule_id AND m.rule_version = r.version"
            + " WHERE m.set_version = (SELECT max(version) FROM rule_sets s WHERE s.tenant_id = r.tenant_id)"
            + " ORDER BY r.tenant_id, r.rule_id",
        row -> {
          RuleSpec rule =
              new RuleSpec(
                  row.getString("tenant_id"),
                  row.getString("rule_id"),
                  row.getString("name"),
                  object(row.getString("definition")));
          found.put(rule.key(), new StoredRule(rule, row.getLong("version")));
        });
    return found;
  }

  /** A pause may begin after the row was read, and stays unless a document says otherwise. */
  private static String pause(String table) {
    return "effects_paused = CASE WHEN ? THEN EXCLUDED.effects_paused ELSE %s.effects_paused END"
        .formatted(table);
  }

  /**
   * @param pauseSaid whether a document asks for the pause that the tenant has here
   */
  void write(TenantSpec tenant, boolean pauseSaid) throws SQLException {
    statements.update(
        "INSERT INTO tenants (tenant_id, name, time_zone, locale, active, effects_paused, quiet_from, quiet_to,"
            + " message_cap, mail_cap, opt_out_words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)"
            + " ON CONFLICT (tenant_id) DO UPDATE SET name = EXCLUDED.name, time_zone = EXCLUDED.time_zone,"
            + " locale = EXCLUDED.locale, active = EXCLUDED.active, "
            + pause("tenants")
            + ","
            + " quiet_from = EXCLUDED.quiet_from, quiet_to = EXCLUDED.quiet_to,"
            + " message_cap = EXCLUDED.message_cap, mail_cap = EXCLUDED.mail_cap,"
            + " opt_out_words = EXCLUDED.opt_out_words",
        tenant.id(),
        tenant.name(),
        tenant.timeZone(),
        tenant.locale(),
        tenant.active(),
        tenant.effectsPaused().orElse(false),
        tenant.quietFrom().orElse(null),
        tenant.quietTo().orElse(null),
        tenant.messageCap().orElse(null),
        tenant.mailCap().orElse(null),
        tenant.optOutWords().map(words -> json.valueToTree(words).toString()).orElse(null),
        pauseSaid);
  }

  void write(AccountSpec account, boolean pauseSaid) throws SQLException {
    statements.update(
        "INSERT INTO crm_accounts (tenant_id, account_id, crm, subdomain, vendor_account_id, webhook_token_sha256,"
            + " api_base_url, token_reference, integration_user_id, requests_per_second, account_requests_per_second,"
            + " active, effects_paused, chat_base_url, chat_scope_id, chat_secret_reference, chat_sender_id,"
            + " message_bot_id, message_bot_field_id)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (tenant_id, account_id) DO UPDATE SET crm = EXCLUDED.crm, subdomain = EXCLUDED.subdomain,"
            + " vendor_account_id = EXCLUDED.vendor_account_id, webhook_token_sha256 = EXCLUDED.webhook_token_sha256,"
            + " api_base_url = EXCLUDED.api_base_url, token_reference = EXCLUDED.token_reference,"
            + " integration_user_id = EXCLUDED.integration_user_id, requests_per_second = EXCLUDED.requests_per_second,"
            + " account_requests_per_second = EXCLUDED.account_requests_per_second, active = EXCLUDED.active,"
            + " "
            + pause("crm_accounts")
            + ", chat_base_url = EXCLUDED.chat_base_url,"
            + " chat_scope_id = EXCLUDED.chat_scope_id, chat_secret_reference = EXCLUDED.chat_secret_reference,"
            + " chat_sender_id = EXCLUDED.chat_sender_id, message_bot_id = EXCLUDED.message_bot_id,"
            + " message_bot_field_id = EXCLUDED.message_bot_field_id",
        account.tenant(),
        account.id(),
        account.crm(),
        account.subdomain(),
        account.vendorAccountId(),
        account.webhookTokenSha256(),
        account.apiBaseUrl(),
        account.tokenReference(),
        account.integrationUserId().orElse(null),
        account.requestsPerSecond(),
        account.accountRequestsPerSecond(),
        account.active(),
        account.effectsPaused().orElse(false),
        account.chat().map(ChatSpec::baseUrl).orElse(null),
        account.chat().map(ChatSpec::scopeId).orElse(null),
        account.chat().map(ChatSpec::secret).orElse(null),
        account.chat().map(ChatSpec::senderId).orElse(null),
        account.messageBot().map(BotSpec::botId).orElse(null),
        account.messageBot().map(BotSpec::fieldId).orElse(null),
        pauseSaid);
  }

  void write(AgentSpec agent, boolean pauseSaid) throws SQLException {
    statements.update(
        "INSERT INTO agents (tenant_id, agent_id, account_id, name, active, effects_paused, silent_after_human)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (tenant_id, agent_id) DO UPDATE SET account_id = EXCLUDED.account_id, name = EXCLUDED.name,"
            + " active = EXCLUDED.active, "
            + pause("agents")
            + ","
            + " silent_after_human = EXCLUDED.silent_after_human",
        agent.tenant(),
        agent.id(),
        agent.account(),
        agent.name(),
        agent.active(),
        agent.effectsPaused().orElse(false),
        agent.silentAfterHuman().orElse(null),
        pauseSaid);
  }

  /** Writes the rule as a new version and says which. */
  long writeNewVersion(RuleSpec rule) throws SQLException {
    long version =
        statements.number(
            "SELECT coalesce(max(version), 0) + 1 FROM rules WHERE tenant_id = ? AND rule_id = ?",
            rule.tenant(),
            rule.id());
    statements.update(
        "INSERT INTO rules (tenant_id, rule_id, version, name, definition) VALUES (?, ?, ?, ?, ?::jsonb)",
        rule.tenant(),
        rule.id(),
        version,
        rule.name(),
        rule.definition().toString());
    return version;
  }

  /**
   * Writes the tenant's next rule set and says its version.
   *
   * @param members rule id to version
   */
  long writeRuleSet(String tenant, Map<String, Long> members) throws SQLException {
    long version =
        statements.number(
            "SELECT coalesce(max(version), 0) + 1 FROM rule_sets WHERE tenant_id = ?", tenant);
    List<ObjectNode> refs = new ArrayList<>();
    new TreeMap<>(members)
        .forEach(
            (rule, of) -> refs.add(json.createObjectNode().put("ruleId", rule).put("version", of)));
    statements.update(
        "INSERT INTO rule_sets (tenant_id, version, members) VALUES (?, ?, ?::jsonb)",
        tenant,
        version,
        json.createArrayNode().addAll(refs).toString());
    return version;
  }

  private static Optional<ChatSpec> chat(ResultSet row) throws SQLException {
    String scope = row.getString("chat_scope_id");
    return scope == null
        ? Optional.empty()
        : Optional.of(
            new ChatSpec(
                row.getString("chat_base_url"),
                scope,
                row.getString("chat_secret_reference"),
                row.getString("chat_sender_id")));
  }

  private static Optional<BotSpec> messageBot(ResultSet row) throws SQLException {
    String bot = row.getString("message_bot_id");
    return bot == null
        ? Optional.empty()
        : Optional.of(new BotSpec(bot, row.getString("message_bot_field_id")));
  }

  private Optional<List<String>> words(String list) throws SQLException {
    if (list == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(List.of(json.readValue(list, String[].class)));
    } catch (JsonProcessingException e) {
      throw new SQLException("tenants.opt_out_words is no list of texts", e);
    }
  }

  private ObjectNode object(String text) throws SQLException {
    try {
      JsonNode node = json.readTree(text);
      return (ObjectNode) node;
    } catch (JsonProcessingException e) {
      throw new SQLException("rules.definition is no JSON", e);
    }
  }
}
