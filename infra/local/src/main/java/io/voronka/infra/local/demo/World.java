package io.voronka.infra.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.connectors.crm.tokens.JdbcTokenStore;
import io.voronka.connectors.crm.tokens.StoredTokens;
import io.voronka.connectors.crm.tokens.TokenCipher;
import io.voronka.connectors.crm.tokens.TokenStoreException;
import io.voronka.infra.local.apply.ControlAccess;
import io.voronka.infra.local.apply.Pauses;
import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.stack.LocalStack;
import io.voronka.infra.local.stack.StackAddresses;
import io.voronka.infra.sandbox.client.AccountSpec;
import io.voronka.infra.sandbox.client.Credentials;
import io.voronka.infra.sandbox.client.KommoClient;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.kommo.model.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A tenant with CRM accounts in the sandbox, known to the control tables, and its webhooks pointed
 * at the gateway: what a customer has after connecting.
 */
public final class World {
  private static final long FIRST_ACCOUNT = 31_337_001;
  private static final int TOKEN_BYTES = 24;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What a pause is given to take hold. */
  private static final Duration OBEYED = Duration.ofSeconds(1);

  private static final Pattern RULE_SET = Pattern.compile("\\+ rule set .* version ([0-9]+),.*");

  private final LocalStack stack;
  private final SandboxClient sandbox;
  private final Path folder;
  private final String tenant;
  private final SecureRandom random = new SecureRandom();
  private final List<String> accounts = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();
  private final StringBuilder documents = new StringBuilder();

  /**
   * @param folder for documents and secret files
   * @param tenant slug of the tenant to make
   */
  public World(LocalStack stack, Path folder, String tenant) throws IOException {
    this.stack = stack;
    this.sandbox = new SandboxClient(stack.addresses().sandbox());
    this.folder = Files.createDirectories(folder.toAbsolutePath());
    this.tenant = tenant;
    documents.append(
        "{kind: Tenant, id: %s, name: %s, timeZone: Europe/Moscow, locale: ru}%n"
            .formatted(tenant, tenant));
  }

  public SandboxClient sandbox() {
    return sandbox;
  }

  public String tenant() {
    return tenant;
  }

  /** One of the accounts, seen by its people. */
  public KommoClient kommo(String subdomain) {
    return sandbox.kommo(subdomain);
  }

  /** Opens an account in the sandbox and lets it tell the gateway about these events. */
  public void open(String subdomain, List<String> settings) throws IOException {
    open(subdomain, settings, Limits.standard(), "");
  }

  /** As {@link #open(String, List)}, with other limits than the vendor's own. */
  public void open(String subdomain, List<String> settings, Limits limits) throws IOException {
    open(subdomain, settings, limits, "requestsPerSecond: " + limits.requestsPerSecond() + "\n");
  }

  /**
   * @param more further lines of the account's document
   */
  public void open(String subdomain, List<String> settings, String more) throws IOException {
    open(subdomain, settings, Limits.standard(), more);
  }

  private void open(String subdomain, List<String> settings, Limits limits, String more)
      throws IOException {
    long number = FIRST_ACCOUNT + accounts.size();
    Credentials credentials =
        sandbox.openAccount(AccountSpec.of(number, subdomain).with(limits)).integrations().get(0);
    String token = newToken();
    Path tokenFile = write(subdomain + ".webhook-token", token);
    write(subdomain + ".client-secret", credentials.clientSecret());
    sandbox.kommo(subdomain).subscribe(hookAddress(token), settings);
    documents
        .append(
            """
        ---
        kind: Account
        tenant: %s
        id: %s
        subdomain: %s
        vendorAccountId: %d
        webhookToken: file:%s
        apiBaseUrl: %s
        token: store
        """
                .formatted(
                    tenant,
                    subdomain,
                    subdomain,
                    number,
                    tokenFile,
                    sandbox.kommo(subdomain).apiBase()))
        .append(more);
    pending.add(new Pending(subdomain, credentials));
    accounts.add(subdomain);
  }

  /** An account whose tokens are not in the token store yet. */
  private record Pending(String account, Credentials credentials) {}

  /**
   * Subscribes again where the vendor has switched a webhook off, as {@code voronka watch} does.
   *
   * @return how many
   */
  public int subscribeAgain() {
    int again = 0;
    for (String account : accounts) {
      for (JsonNode hook : kommo(account).show().path("webhooks")) {
        if (hook.path("disabled").asBoolean()) {
          List<String> settings = new ArrayList<>();
          hook.path("settings").forEach(code -> settings.add(code.asText()));
          kommo(account).subscribe(hook.path("destination").asText(), settings);
          again++;
        }
      }
    }
    return again;
  }

  /** Where an account's webhooks go; for requests made by hand. */
  public String hookAddressOf(String subdomain) throws IOException {
    return hookAddress(Files.readString(folder.resolve(subdomain + ".webhook-token")));
  }

  /**
   * Writes tenant and accounts into the control tables and their tokens into the token store.
   *
   * @param expired accounts whose access token shall be taken for expired, so that the first call
   *     has to refresh it
   */
  public List<String> register(List<String> expired)
      throws IOException, SQLException, TokenStoreException {
    List<String> changes = apply("accounts.yaml", documents.toString());
    StackAddresses at = stack.addresses();
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(at.jdbcUrl());
    database.setUser(at.databaseUser());
    database.setPassword(stack.addresses().databasePassword());
    JdbcTokenStore tokens =
        new JdbcTokenStore(database, TokenCipher.withKey(Files.readString(at.tokenKeyFile())));
    Instant now = Instant.ofEpochMilli(sandbox.now());
    for (Pending one : pending) {
      Instant expiry =
          expired.contains(one.account()) ? now.minusSeconds(60) : now.plusSeconds(86_000);
      Credentials credentials = one.credentials();
      tokens.put(
          tenant,
          one.account(),
          new StoredTokens(
              credentials.accessToken(),
              credentials.refreshToken(),
              expiry,
              1,
              new StoredTokens.OAuthClient(
                  credentials.clientId(),
                  "file:" + folder.resolve(one.account() + ".client-secret"),
                  credentials.redirectUri())));
    }
    pending.clear();
    return changes;
  }

  /** A secret in a file of its own, for documents to refer to. */
  public Path secretFile(String name, String secret) throws IOException {
    return write(name, secret);
  }

  /** Applies documents as {@code voronka apply} does. */
  public List<String> apply(String name, String text) throws IOException, SQLException {
    Path file = write(name, text);
    try (Connection connection = connect()) {
      return ControlAccess.with(World::secret).apply(connection, file, false).changes();
    }
  }

  /** Holds the tenant's effects back, or lets them go on, as {@code voronka pause} does. */
  void pause(boolean paused) throws SQLException {
    try (Connection connection = connect()) {
      new Pauses(connection).set(new Pauses.Scope(tenant, null, null, null), paused);
    }
  }

  /** Afterwards nothing leaves any more. */
  void pauseAndWait() throws SQLException {
    pause(true);
    Polling.pause(OBEYED);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        stack.addresses().jdbcUrl(),
        stack.addresses().databaseUser(),
        stack.addresses().databasePassword());
  }

  /** The rule set that documents have made. */
  static long ruleSet(List<String> changes) {
    return changes.stream()
        .map(RULE_SET::matcher)
        .filter(Matcher::matches)
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Waits until a rule set is in force and the gateway knows an account.
   *
   * @return whether that came true within 20 s each
   */
  public boolean awaitInForce(long setVersion, String account, Clock clock) throws IOException {
    try (RuleChangeProbe probe = new RuleChangeProbe(stack.addresses().kafka(), tenant, clock)) {
      return probe.awaitInForce(setVersion) && awaitKnown(account);
    }
  }

  /**
   * Waits until the gateway knows an account.
   *
   * @return whether that came true within 20 s
   */
  public boolean awaitKnown(String account) throws IOException {
    String address = hookAddressOf(account);
    return Polling.until(
        PATIENCE,
        Duration.ofMillis(50),
        () -> sandbox.sendRaw(address, "account[subdomain]=" + account, "hello").answer() == 200);
  }

  private static Optional<String> secret(String reference) {
    try {
      return Optional.of(Files.readString(Path.of(reference.substring("file:".length()))));
    } catch (IOException e) {
      // Named by the caller: the reference cannot be read.
      return Optional.empty();
    }
  }

  /** Where the front door is. */
  String gateway() {
    return stack.addresses().gateway();
  }

  private String hookAddress(String token) {
    return gateway() + "/webhooks/kommo/" + token;
  }

  private String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
