package io.voronka.infra.local.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.voronka.connectors.crm.kommo.rest.HttpLimits;
import io.voronka.connectors.crm.kommo.rest.KommoClient;
import io.voronka.connectors.crm.kommo.rest.KommoHosts;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.tokens.JdbcTokenStore;
import io.voronka.connectors.crm.tokens.StoredTokens.OAuthClient;
import io.voronka.connectors.crm.tokens.TokenCipher;
import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.infra.sandbox.Sandbox;
import io.voronka.infra.sandbox.client.AccountSpec;
import io.voronka.infra.sandbox.client.IntegrationSpec;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.kommo.model.Limits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A control database with the account {@code acme/main}, the account in a sandbox, and a gateway
 * that only answers.
 */
final class ConnectWorld implements AutoCloseable {
  static final String TOKEN = "webhook-token-of-acme";
  static final OAuthClient CLIENT =
      new OAuthClient("client-1", "env:CLIENT_SECRET", "https://voronka.test/oauth");
  private static final Limits GENEROUS = new Limits(100_000, 1, 50, 60, 60);

  final SandboxClient sandbox;
  final InMemoryAlertLog alerts = new InMemoryAlertLog();
  final MovableClock clock;
  final JdbcTokenStore tokens;
  final HookTable hooks;
  final KommoClient kommo;
  final Map<String, String> environment =
      new ConcurrentHashMap<>(
          Map.of("CLIENT_SECRET", "toy-secret", "HOOK", TOKEN, "LONG_LIVED", "access-1"));
  volatile int gatewayAnswers = 200;

  private final Sandbox process;
  private final PostgresDatabase database;
  private final HttpServer gateway;
  private final Secrets secrets = new Secrets(environment::get);

  ConnectWorld(PostgresDatabase database, Path folder) throws Exception {
    this.database = database;
    process = Sandbox.start(folder);
    sandbox = new SandboxClient(process.address());
    clock = new MovableClock(Instant.ofEpochMilli(sandbox.now()));
    open(31_337_001, "acme");
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(gatewayAnswers, -1);
          exchange.close();
        });
    gateway.start();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    hooks = new HookTable(source);
    tokens =
        new JdbcTokenStore(
            source, TokenCipher.withKey(Base64.getEncoder().encodeToString(new byte[32])));
    kommo = KommoClient.start(tokens, secrets, clock, HttpLimits.USUAL);
    database.execute(
        "INSERT INTO tenants (tenant_id, name, time_zone, locale) VALUES ('acme', 'Acme', 'UTC', 'ru')",
        accountRow("main", "acme", 31_337_001, TOKEN, "store"));
  }

  /** One more account in the sandbox. */
  void open(long id, String subdomain) {
    sandbox.openAccount(
        AccountSpec.of(id, subdomain)
            .with(
                new IntegrationSpec(
                    CLIENT.id(),
                    "toy-secret",
                    CLIENT.redirectUri(),
                    11_002_299L,
                    null,
                    "access-1",
                    "refresh-1",
                    null))
            .with(GENEROUS));
  }

  String accountRow(
      String account, String subdomain, long vendorId, String token, String tokenReference)
      throws Exception {
    return "INSERT INTO crm_accounts (tenant_id, account_id, crm, subdomain, vendor_account_id,"
        + " webhook_token_sha256, api_base_url, token_reference) VALUES ('acme', '%s', 'kommo', '%s', %d, '%s', '%s', '%s')"
            .formatted(
                account,
                subdomain,
                vendorId,
                sha256(token),
                sandbox.kommo(subdomain).apiBase(),
                tokenReference);
  }

  void execute(String... statements) throws SQLException {
    database.execute(statements);
  }

  List<String> query(String sql) throws SQLException {
    return database.query(sql);
  }

  Connector connector() {
    return new Connector(
        new Connector.Parts(hooks, tokens, kommo, hosts(), secrets, alerts.open(), clock));
  }

  HookWatch watch() {
    return new HookWatch(
        new HookWatch.Parts(hooks, kommo.connection(), secrets, alerts.open(), clock));
  }

  Connector.Hook hook() {
    return new Connector.Hook(gatewayUrl(), "env:HOOK");
  }

  String gatewayUrl() {
    return "http://127.0.0.1:" + gateway.getAddress().getPort();
  }

  String destination() {
    return gatewayUrl() + "/webhooks/kommo/" + TOKEN;
  }

  /** Connects the account as a person would. */
  Connected connect() throws Exception {
    return connector().connect("acme", "main", CLIENT, agreed("acme.kommo.com"), hook());
  }

  /** The redirect after a yes. */
  Approval agreed(String referer) throws Exception {
    return Approval.ofRedirect(
        redirect(
            sandbox.kommo("acme").issueCode(),
            connector().invitation("acme", "main", CLIENT),
            referer));
  }

  static String redirect(String code, URI invitation, String referer) {
    String state = invitation.getQuery().replaceAll(".*state=([^&]*).*", "$1");
    return CLIENT.redirectUri()
        + "?code="
        + URLEncoder.encode(code, StandardCharsets.UTF_8)
        + "&state="
        + state
        + "&referer="
        + referer
        + "&client_id="
        + CLIENT.id();
  }

  /** The sandbox's subscriptions of an account. */
  JsonNode webhooks(String subdomain) {
    return sandbox.kommo(subdomain).show().path("webhooks");
  }

  /** Lets the vendor switch the webhook off: more than a hundred bad answers. */
  void makeTheVendorSwitchOff() {
    gatewayAnswers = 500;
    for (int i = 0; i < 101 && !webhooks("acme").path(0).path("disabled").asBoolean(); i++) {
      sandbox.kommo("acme").createLead("Lead " + i, 7_300_100, 64_100_200);
    }
    gatewayAnswers = 200;
  }

  private KommoHosts hosts() {
    return KommoHosts.ofVendor().and(URI.create(process.address()).getRawAuthority());
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    kommo.close();
    gateway.stop(0);
    process.close();
  }

  /** Stands still until it is moved. */
  static final class MovableClock extends Clock {
    private volatile Instant now;

    MovableClock(Instant start) {
      now = start;
    }

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
