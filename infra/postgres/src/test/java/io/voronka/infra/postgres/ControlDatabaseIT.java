package io.voronka.infra.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.connectors.testing.PostgresExtension;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlDatabaseIT {
  private static final String HASH = "0123456789abcdef".repeat(4);

  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.fast();

  private PostgresDatabase database;

  @BeforeAll
  static void migrate() {
    PostgresDatabase empty = POSTGRES.database();
    ControlDatabase.migrate(empty.jdbcUrl(), empty.user(), empty.password());
  }

  @BeforeEach
  void fill() throws SQLException {
    database = POSTGRES.database();
    database.execute(
        "DELETE FROM tenants",
        "INSERT INTO tenants (tenant_id, name, time_zone, locale) VALUES ('acme', 'Acme', 'Europe/Moscow', 'ru')",
        account("main", HASH),
        "INSERT INTO agents (tenant_id, agent_id, account_id, name) VALUES ('acme', 'anna', 'main', 'Anna')",
        rule("hello", 1),
        rule("hello", 2),
        rule("bye", 1));
  }

  @Test
  void migratingAgainDoesNothing() {
    int applied = ControlDatabase.migrate(database.jdbcUrl(), database.user(), database.password());

    assertThat(applied).isZero();
  }

  /**
   * Of an action its last attempt is kept, by nobody that a job of this version takes for itself.
   */
  @Test
  void whatHasBegunToLeaveBeforeTheJournalToldItsEndIsKept() throws SQLException {
    PostgresDatabase older = POSTGRES.newDatabase();
    Flyway.configure()
        .dataSource(older.jdbcUrl(), older.user(), older.password())
        .locations("classpath:db/migration")
        .target("28")
        .load()
        .migrate();
    older.execute(
        "INSERT INTO sends_begun (action_id, attempt) VALUES ('a', 1), ('a', 2), ('a', 10), ('b', 1)");

    ControlDatabase.migrate(older.jdbcUrl(), older.user(), older.password());

    assertThat(
            older.query(
                "SELECT concat_ws(' ', action_id, attempt, life = '', redelivery, ended IS NULL)"
                    + " FROM sends ORDER BY action_id"))
        .containsExactly("a 10 t 0 t", "b 1 t 0 t");
  }

  @Test
  void publishesTheCapturedTablesAndNoTokens() throws SQLException {
    assertThat(
            database.query(
                "SELECT tablename FROM pg_publication_tables WHERE pubname = '"
                    + ControlDatabase.PUBLICATION
                    + "'"))
        .containsExactlyInAnyOrder(
            "tenants",
            "crm_accounts",
            "agents",
            "rules",
            "rule_sets",
            "capture_heartbeats",
            "crm_pipelines",
            "crm_fields",
            "crm_users",
            "signing_keys",
            "mail_senders",
            "scripts",
            "opt_outs",
            "sequences");
  }

  /** Its readers would not hear of it. */
  @Test
  void noCapturedTableIsEmptiedButRowByRow() throws SQLException {
    List<String> captured =
        database.query(
            "SELECT tablename FROM pg_publication_tables WHERE pubname = '"
                + ControlDatabase.PUBLICATION
                + "'");

    for (String table : captured) {
      assertThatThrownBy(() -> database.execute("TRUNCATE " + table + " CASCADE"))
          .as(table)
          .hasMessageContaining("truncating");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'a|b', UTC, ru",
    "'!snapshot', UTC, ru",
    "'', UTC, ru",
    "'Acme', UTC, ru",
    "'acme-', UTC, ru",
    "ok, Moscow, ru",
    "ok, MSK, ru",
    "ok, Europe/Atlantis, ru",
    "ok, Europe/Moscow+3, ru",
    "ok, '', ru",
    "ok, UTC, russian language",
  })
  void refusesBadTenants(String id, String zone, String locale) {
    assertRefused(
        "INSERT INTO tenants (tenant_id, name, time_zone, locale) VALUES ('%s', 'X', '%s', '%s')"
            .formatted(id, zone, locale),
        "tenants");
  }

  @ParameterizedTest
  @CsvSource({
    "crm, 'hubspot'",
    "subdomain, 'a.b'",
    "vendor_account_id, 0",
    "webhook_token_sha256, 'secret'",
    "api_base_url, 'ftp://x'",
    "api_base_url, 'https://x.kommo.com/'",
    "token_reference, 'eyJhbGciOi'",
    "requests_per_second, 0",
    "requests_per_second, 51",
    "integration_user_id, -1",
  })
  void refusesBadAccounts(String column, String value) {
    assertRefused(
        "UPDATE crm_accounts SET %s = %s"
            .formatted(
                column, value.startsWith("-") || value.matches("\\d+") ? value : "'" + value + "'"),
        "crm_accounts");
  }

  @Test
  void oneWebhookTokenBelongsToOneAccount() {
    assertRefused(
        account("second", HASH).replace("1001", "1002"), "crm_accounts_webhook_token_sha256_key");
  }

  @Test
  void versionsOfRulesNeverChangeAndOnlyGrow() {
    assertRefused("UPDATE rules SET definition = '{}'", "immutable");
    assertRefused("UPDATE rules SET name = 'other'", "immutable");
    assertRefused("DELETE FROM rules", "immutable");
    assertRefused("TRUNCATE rules CASCADE", "truncating");
    assertRefused(rule("hello", 2), "not above the newest");
  }

  @Test
  void aRuleSetSpreadsItsMembersAndNeverChanges() throws SQLException {
    database.execute(
        set(1, "{\"ruleId\": \"hello\", \"version\": 2}, {\"ruleId\": \"bye\", \"version\": 1}"));

    assertThat(database.query("SELECT rule_id || rule_version FROM rule_set_members ORDER BY 1"))
        .containsExactly("bye1", "hello2");
    assertRefused("UPDATE rule_sets SET members = '[]'", "immutable");
    assertRefused("DELETE FROM rule_sets", "immutable");
    assertRefused("DELETE FROM rule_set_members", "immutable");
    assertRefused(
        "INSERT INTO rule_set_members VALUES ('acme', 1, 'unlisted', 1)", "does not list");
    assertRefused(set(1, ""), "not above the newest");
  }

  @Test
  void aLargeRuleSetIsCheckedInOnePassOverItsMembers() throws SQLException {
    database.execute(
        "INSERT INTO rules (tenant_id, rule_id, version, name, definition)"
            + " SELECT 'acme', 'rule-' || n, 1, 'Rule', '{}' FROM generate_series(1, 20000) AS n",
        "SET LOCAL statement_timeout = '30s'",
        "INSERT INTO rule_sets (tenant_id, version, members) SELECT 'acme', 1,"
            + " jsonb_agg(jsonb_build_object('ruleId', rule_id, 'version', version))"
            + " FROM rules WHERE rule_id LIKE 'rule-%'");

    assertThat(database.query("SELECT count(*) FROM rule_set_members")).containsExactly("20000");
    assertRefused(
        "INSERT INTO rule_set_members VALUES ('acme', 1, 'unlisted', 1)", "does not list");
  }

  @Test
  void refusesRuleSetsThatNameWhatIsNotThere() {
    assertRefused(set(1, "{\"ruleId\": \"hello\", \"version\": 3}"), "rule_set_members");
    assertRefused(
        set(1, "{\"ruleId\": \"hello\", \"version\": 1}, {\"ruleId\": \"hello\", \"version\": 2}"),
        "rule_set_members_pkey");
    assertRefused(set(1, "{\"ruleId\": \"hello\"}"), "members must be");
    assertRefused(set(1, "{\"ruleId\": \"hello\", \"version\": 1.5}"), "members must be");
    assertRefused(
        set(1, "{\"ruleId\": \"hello\", \"version\": 1, \"extra\": 0}"), "members must be");
    assertRefused(set(1, "7"), "members must be");
  }

  @Test
  void aTenantGoesWithEverythingThatIsIts() throws SQLException {
    database.execute(set(1, "{\"ruleId\": \"hello\", \"version\": 2}"));

    database.execute("DELETE FROM tenants");

    assertThat(
            database.query(
                "SELECT count(*) FROM (SELECT 1 FROM crm_accounts UNION ALL SELECT 1 FROM agents UNION ALL SELECT 1 FROM rules"
                    + " UNION ALL SELECT 1 FROM rule_sets UNION ALL SELECT 1 FROM rule_set_members) AS rest"))
        .containsExactly("0");
  }

  @Test
  void newTokensNeedAHigherVersion() throws SQLException {
    database.execute(
        "INSERT INTO crm_tokens (tenant_id, account_id, access_token, refresh_token, expires_at) VALUES ('acme', 'main', 'a', 'b', now())");

    assertRefused("UPDATE crm_tokens SET access_token = 'c'", "not above");
    database.execute("UPDATE crm_tokens SET access_token = 'c', version = 2");
    assertRefused("UPDATE crm_tokens SET client_id = 'x'", "crm_tokens_client_check");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "crm_pipelines (pipeline_id, name, stages); 0, 'X', '[]'",
        "crm_pipelines (pipeline_id, name, stages); 1, 'X', '{}'",
        "crm_pipelines (pipeline_id, name, stages); 1, 'X', '[7]'",
        "crm_pipelines (pipeline_id, name, stages); 1, 'X', '[{\"id\": 142}]'",
        "crm_pipelines (pipeline_id, name, stages); 1, 'X', '[{\"id\": \"142\", \"name\": \"Won\"}]'",
        "crm_pipelines (pipeline_id, name, stages); 1, 'X', '[{\"id\": 1.5, \"name\": \"Won\"}]'",
        "crm_fields (entity_type, field_id, name, type); 'lead', 1, 'X', 'text'",
        "crm_fields (entity_type, field_id, name, type); 'leads', 1, 'X', ''",
        "crm_fields (entity_type, field_id, name, type, choices); 'leads', 1, 'X', 'select', '[{\"id\": 1}]'",
        "crm_users (user_id, name, email); 1, 'X', ''",
        "crm_imports (entity_type, updated_from, began_from); 'leads', 1, 2",
        "crm_imports (entity_type); 'tasks'",
      })
  void refusesABadCatalogue(String into, String values) {
    String table = into.substring(0, into.indexOf(' '));
    assertRefused(
        "INSERT INTO %s VALUES ('acme', 'main', %s)"
            .formatted(into.replace("(", "(tenant_id, account_id, "), values),
        table);
  }

  @Test
  void theCatalogueGoesWithItsAccount() throws SQLException {
    database.execute(
        "INSERT INTO crm_pipelines (tenant_id, account_id, pipeline_id, name, stages)"
            + " VALUES ('acme', 'main', 1, 'Sales', '[{\"id\": 142, \"name\": \"Won\"}]')",
        "INSERT INTO crm_fields (tenant_id, account_id, entity_type, field_id, name, type)"
            + " VALUES ('acme', 'main', 'leads', 1, 'Phone', 'multitext')",
        "INSERT INTO crm_users (tenant_id, account_id, user_id, name) VALUES ('acme', 'main', 1, 'Anna')",
        "INSERT INTO crm_imports (tenant_id, account_id, entity_type) VALUES ('acme', 'main', 'leads')",
        "DELETE FROM agents",
        "DELETE FROM crm_accounts");

    assertThat(
            database.query(
                "SELECT count(*) FROM (SELECT 1 FROM crm_pipelines UNION ALL SELECT 1 FROM crm_fields"
                    + " UNION ALL SELECT 1 FROM crm_users UNION ALL SELECT 1 FROM crm_imports) AS rest"))
        .containsExactly("0");
  }

  @Test
  void aHookHoldsNoTokenAndIsSubscribedToSomething() throws SQLException {
    String hook =
        "INSERT INTO crm_hooks (tenant_id, account_id, gateway_url, webhook_token_reference, codes)"
            + " SELECT tenant_id, account_id, '%s', '%s', ARRAY[%s]::text[] FROM crm_accounts LIMIT 1";

    assertRefused(hook.formatted("https://h.test", "the-token-itself", "'add_lead'"), "reference");
    assertRefused(hook.formatted("https://h.test/", "env:HOOK", "'add_lead'"), "gateway_url");
    assertRefused(hook.formatted("https://h.test", "env:HOOK", ""), "codes");
    database.execute(hook.formatted("https://h.test", "env:HOOK", "'add_lead'"));
    database.execute("DELETE FROM crm_hooks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Partner', '[\"env:A\"]'",
        "'partner', '[]'",
        "'partner', '{}'",
        "'partner', '[7]'",
        "'partner', '[\"whsec_the-secret-itself\"]'",
        "'partner', '[\"env:A\", \"env:B\", \"env:C\", \"env:D\", \"env:E\", \"env:F\"]'",
      })
  void aSigningKeyHoldsReferencesAndNoSecret(String values) {
    assertRefused(
        "INSERT INTO signing_keys (tenant_id, key_id, secret_references) VALUES ('acme', %s)"
            .formatted(values),
        "signing_keys");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'s', 'host', 25, 'none', 'user', 'env:A', 'a@b.c', null; mail_senders_secret_check",
        "'s', 'host', 25, 'tls', 'user', null, 'a@b.c', null; mail_senders_login_check",
        "'s', 'host', 25, 'tls', 'user', 'password', 'a@b.c', null; password_reference",
        "'s', 'host', 25, 'tls', null, null, 'A <a@b.c>', null; from_address",
        "'s', 'host', 25, 'ssl', null, null, 'a@b.c', null; security",
        "'s', 'host', 25, 'tls', null, null, 'a@b.c', 'http://b.c'; unsubscribe_url",
      })
  void aMailSenderKeepsItsSecrets(String values, String told) {
    assertRefused(
        "INSERT INTO mail_senders (tenant_id, sender_id, host, port, security, user_name, password_reference,"
            + " from_address, unsubscribe_url) VALUES ('acme', %s)".formatted(values),
        told);
  }

  private void assertRefused(String sql, String message) {
    assertThatThrownBy(() -> database.execute(sql))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(message);
  }

  private static String account(String id, String hash) {
    return "INSERT INTO crm_accounts (tenant_id, account_id, crm, subdomain, vendor_account_id, webhook_token_sha256, api_base_url, token_reference)"
        + " VALUES ('acme', '%s', 'kommo', 'acme', 1001, '%s', 'https://acme.kommo.com', 'env:ACME_TOKEN')"
            .formatted(id, hash);
  }

  private static String rule(String id, int version) {
    return "INSERT INTO rules (tenant_id, rule_id, version, name, definition) VALUES ('acme', '%s', %d, '%s', '{}')"
        .formatted(id, version, id);
  }

  private static String set(int version, String members) {
    return "INSERT INTO rule_sets (tenant_id, version, members) VALUES ('acme', %d, '[%s]')"
        .formatted(version, members);
  }
}
