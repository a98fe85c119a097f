package io.voronka.infra.local.imports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.connectors.crm.kommo.rest.HttpLimits;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.tokens.JdbcTokenStore;
import io.voronka.connectors.crm.tokens.TokenCipher;
import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.infra.sandbox.Sandbox;
import io.voronka.infra.sandbox.client.AccountSpec;
import io.voronka.infra.sandbox.client.KommoClient;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/** A CRM account in a sandbox, its row in a control database, and a cell of Kafka topics. */
final class ImportWorld implements AutoCloseable {
  static final String ACCOUNT = "main";
  static final long VENDOR_ACCOUNT = 31_337_001;

  /** Below the seven that the sandbox allows: a late request must not meet an early one. */
  private static final int PACE = 6;

  private static final int AT_ONCE = 100;
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  final PostgresDatabase database;
  final SandboxClient sandbox;
  final RecordingListener listener = new RecordingListener();
  private final Sandbox server;
  private final KafkaExtension kafka;
  private final String cell;
  private final String token;

  ImportWorld(Path folder, PostgresDatabase database, KafkaExtension kafka)
      throws IOException, SQLException {
    this.database = database;
    this.kafka = kafka;
    this.cell = database.database() + ".";
    this.server = Sandbox.start(folder);
    this.sandbox = new SandboxClient(server.address());
    this.token =
        sandbox
            .openAccount(AccountSpec.of(VENDOR_ACCOUNT, "acme"))
            .integrations()
            .get(0)
            .accessToken();
    database.execute(account(kommo().apiBase(), "env:TOKEN"));
    kafka.createTopicsOfCell(cell, Topics.CRM_EVENTS, Topics.SCHEMAS_PUBLISHED);
  }

  /** Statements, in one text, that make tenant acme with its account main. */
  static String account(String apiBase, String tokenReference) {
    return "INSERT INTO tenants (tenant_id, name, time_zone, locale) VALUES ('acme', 'Acme', 'UTC',"
        + " 'ru'); INSERT INTO crm_accounts (tenant_id, account_id, crm, subdomain,"
        + " vendor_account_id, webhook_token_sha256, api_base_url, token_reference)"
        + " VALUES ('acme', '%s', 'kommo', 'acme', %d, '%s', '%s', '%s')"
            .formatted(
                ACCOUNT, VENDOR_ACCOUNT, "0123456789abcdef".repeat(4), apiBase, tokenReference);
  }

  KommoClient kommo() {
    return sandbox.kommo("acme");
  }

  /**
   * Makes leads that no webhook tells of.
   *
   * @param from vendor's time of the first, epoch seconds; each next one is a second younger
   */
  void leads(int count, long from) {
    for (int done = 0; done < count; done += AT_ONCE) {
      ObjectNode body = Json.object().put("silent", true);
      ArrayNode actions = body.putArray("actions");
      for (int i = done; i < Math.min(count, done + AT_ONCE); i++) {
        actions
            .addObject()
            .put("do", "create_lead")
            .put("name", "Заявка " + i)
            .put("price", i)
            .put("created_at", from + i)
            .put("updated_at", from + i);
      }
      kommo().act(body);
    }
  }

  ImportOrder everything() {
    return new ImportOrder("acme", null, ImportOrder.all("acme", null).kinds(), false, PACE);
  }

  ImportOrder only(ImportedKind... kinds) {
    return new ImportOrder("acme", ACCOUNT, Set.of(kinds), false, PACE);
  }

  /** One run, as the command does it. */
  void run(ImportOrder order) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    TokenCipher cipher = TokenCipher.withKey(KEY);
    Clock clock = Clock.systemUTC();
    try (Connection connection = database.connect();
        io.voronka.connectors.crm.kommo.rest.KommoClient crm =
            io.voronka.connectors.crm.kommo.rest.KommoClient.start(
                new JdbcTokenStore(source, cipher),
                new Secrets(name -> token),
                clock,
                HttpLimits.USUAL)) {
      KafkaSettings settings =
          KafkaSettings.of(kafka.bootstrapServers(), "import-test").withCell(cell);
      new AccountImport(connection, crm.inventory(), settings, clock, listener).run(order);
    }
  }

  /** The database's options first, as three pairs, then the others. */
  String[] commandOptions(Path secrets) throws IOException, SQLException {
    Path access = Files.writeString(secrets.resolve("access"), token);
    Path password = Files.writeString(secrets.resolve("password"), database.password());
    Path key = Files.writeString(secrets.resolve("key"), KEY);
    database.execute("UPDATE crm_accounts SET token_reference = 'file:" + access + "'");
    return new String[] {
      "--database-url",
      database.jdbcUrl(),
      "--database-user",
      database.user(),
      "--database-password-file",
      password.toString(),
      "--token-key-file",
      key.toString(),
      "--kafka",
      kafka.bootstrapServers(),
      "--cell",
      cell,
      "--requests-per-second",
      String.valueOf(PACE)
    };
  }

  List<CrmEvent> events() {
    return kafka.consume(topic(), CrmEvent.class);
  }

  String topic() {
    return cell + Topics.CRM_EVENTS;
  }

  /** Requests to the CRM until now, of any outcome. */
  long calls() {
    long all = 0;
    for (var count : kommo().show().path("calls")) {
      all += count.asLong();
    }
    return all;
  }

  @Override
  public void close() {
    server.close();
  }
}
