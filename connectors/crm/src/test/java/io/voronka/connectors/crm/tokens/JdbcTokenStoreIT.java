package io.voronka.connectors.crm.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.postgres.ControlDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** The token store on a real PostgreSQL with the real tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcTokenStoreIT {
  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.fast();

  private static final Instant EXPIRY = Instant.parse("2026-05-01T10:00:00Z");
  private static final StoredTokens.OAuthClient CLIENT =
      new StoredTokens.OAuthClient("client-1", "env:SECRET", "https://voronka.test/oauth");
  private static final StoredTokens FIRST =
      new StoredTokens("access-1", "refresh-1", EXPIRY, 1, CLIENT);

  private PostgresDatabase database;
  private JdbcTokenStore store;
  private volatile boolean away;

  @BeforeAll
  void createAccount() throws Exception {
    database = POSTGRES.newDatabase();
    ControlDatabase.migrate(database.jdbcUrl(), database.user(), database.password());
    database.execute(
        "INSERT INTO tenants (tenant_id, name, time_zone, locale) VALUES ('acme-gmbh', 'Acme', 'UTC', 'en')",
        "INSERT INTO crm_accounts (tenant_id, account_id, crm, subdomain, vendor_account_id, webhook_token_sha256,"
            + " api_base_url, token_reference) VALUES ('acme-gmbh', 'acme', 'kommo', 'acme', 31337001, '"
            + "0".repeat(64)
            + "', 'https://acme.kommo.com', 'store')");
  }

  @BeforeEach
  void forgetTokens() throws Exception {
    database.execute("DELETE FROM crm_tokens");
    store = open(0);
  }

  @Test
  void keepsTokensEncrypted() throws Exception {
    assertThat(store.find("acme-gmbh", "acme")).isEmpty();

    store.put("acme-gmbh", "acme", FIRST);

    assertThat(store.find("acme-gmbh", "acme")).contains(FIRST);
    assertThat(
            database.query("SELECT encode(access_token || refresh_token, 'hex') FROM crm_tokens"))
        .singleElement()
        .asString()
        .doesNotContain(hex("access-1"))
        .doesNotContain(hex("refresh-1"));
  }

  @Test
  void longLivedTokenHasNoRefreshTokenAndNoClient() throws Exception {
    StoredTokens longLived = new StoredTokens("access", null, EXPIRY, 1, null);

    store.put("acme-gmbh", "acme", longLived);

    assertThat(store.find("acme-gmbh", "acme")).contains(longLived);
  }

  @Test
  void reconnectingReplacesTheTokensUnderTheNextVersion() throws Exception {
    store.put("acme-gmbh", "acme", FIRST);
    store.put("acme-gmbh", "acme", new StoredTokens("access-9", "refresh-9", EXPIRY, 1, CLIENT));

    assertThat(store.find("acme-gmbh", "acme"))
        .contains(new StoredTokens("access-9", "refresh-9", EXPIRY, 2, CLIENT));
  }

  @Test
  void manyProcessesRotateOnce() throws Exception {
    store.put("acme-gmbh", "acme", FIRST);
    AtomicInteger exchanges = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(10);
    List<Future<StoredTokens>> results = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      // a store of its own each, as in processes of their own
      JdbcTokenStore another = open(0);
      results.add(
          threads.submit(
              () ->
                  another.rotate(
                      "acme-gmbh",
                      "acme",
                      1,
                      current -> {
                        int number = 1 + exchanges.incrementAndGet();
                        return current.replacedBy("access-" + number, "refresh-" + number, EXPIRY);
                      })));
    }

    StoredTokens second = new StoredTokens("access-2", "refresh-2", EXPIRY, 2, CLIENT);
    for (Future<StoredTokens> result : results) {
      assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo(second);
    }
    threads.shutdownNow();
    assertThat(exchanges).hasValue(1);
    assertThat(store.find("acme-gmbh", "acme")).contains(second);
  }

  @Test
  void failedRotationLeavesThePairAndTheLock() throws Exception {
    store.put("acme-gmbh", "acme", FIRST);
    CrmFailure failure = CrmFailure.before(CrmFailure.Kind.SERVER_ERROR, 503, "later");

    assertThatThrownBy(
            () ->
                store.rotate(
                    "acme-gmbh",
                    "acme",
                    1,
                    current -> {
                      throw new TokenRefreshException(failure);
                    }))
        .isInstanceOfSatisfying(
            TokenRefreshException.class, e -> assertThat(e.failure()).isEqualTo(failure));

    assertThat(store.find("acme-gmbh", "acme")).contains(FIRST);
    assertThat(
            store.rotate("acme-gmbh", "acme", 1, old -> old.replacedBy("a", "r", EXPIRY)).version())
        .isEqualTo(2);
  }

  @Test
  void newPairSurvivesALostConnection() throws Exception {
    store.put("acme-gmbh", "acme", FIRST);

    StoredTokens replaced =
        store.rotate(
            "acme-gmbh",
            "acme",
            1,
            current -> {
              endOtherConnections();
              return current.replacedBy("access-2", "refresh-2", EXPIRY);
            });

    assertThat(replaced.version()).isEqualTo(2);
    assertThat(store.find("acme-gmbh", "acme")).contains(replaced);
  }

  @Test
  void newPairIsStoredWhenTheDatabaseIsBackAndTheVendorIsNotAskedAgain() throws Exception {
    store.put("acme-gmbh", "acme", FIRST);
    loseNewPair();

    StoredTokens replaced =
        store.rotate(
            "acme-gmbh",
            "acme",
            1,
            current -> {
              throw new AssertionError("the old refresh token is spent");
            });

    assertThat(replaced)
        .isEqualTo(new StoredTokens("access-2", "refresh-2", EXPIRY, 2, CLIENT))
        .isEqualTo(store.find("acme-gmbh", "acme").orElseThrow());
    assertThat(
            store
                .rotate("acme-gmbh", "acme", 2, old -> old.replacedBy("access-3", "r", EXPIRY))
                .accessToken())
        .isEqualTo("access-3");
  }

  @Test
  void pairThatCouldNotBeStoredGivesWayToANewerConnection() throws Exception {
    store.put("acme-gmbh", "acme", FIRST);
    loseNewPair();
    // disconnected and connected again: the versions begin anew
    database.execute("DELETE FROM crm_tokens");
    store.put("acme-gmbh", "acme", new StoredTokens("access-9", "refresh-9", EXPIRY, 1, CLIENT));

    StoredTokens replaced =
        store.rotate(
            "acme-gmbh",
            "acme",
            1,
            current -> current.replacedBy("after " + current.accessToken(), "r", EXPIRY));

    assertThat(replaced.accessToken()).isEqualTo("after access-9");
    assertThat(store.find("acme-gmbh", "acme")).contains(replaced);
  }

  /** The database is away from the vendor's answer on, and back afterwards. */
  private void loseNewPair() {
    assertThatThrownBy(
            () ->
                store.rotate(
                    "acme-gmbh",
                    "acme",
                    1,
                    current -> {
                      endOtherConnections();
                      away = true;
                      return current.replacedBy("access-2", "refresh-2", EXPIRY);
                    }))
        .isInstanceOf(TokenStoreException.class);
    away = false;
  }

  @Test
  void otherKeyDoesNotOpen() throws Exception {
    store.put("acme-gmbh", "acme", FIRST);

    assertThatThrownBy(() -> open(1).find("acme-gmbh", "acme"))
        .isInstanceOf(TokenStoreException.class)
        .hasMessage("the tokens of acme-gmbh/acme do not open with this key");
  }

  @Test
  void unreachableDatabaseIsNamed() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setURL("jdbc:postgresql://127.0.0.1:1/none?connectTimeout=2");

    assertThatThrownBy(() -> new JdbcTokenStore(nowhere, key(0)).find("acme-gmbh", "acme"))
        .isInstanceOf(TokenStoreException.class)
        .hasMessageStartingWith("the token store failed for acme-gmbh/acme");
  }

  private void endOtherConnections() {
    try {
      database.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private JdbcTokenStore open(int keyByte) {
    PGSimpleDataSource source =
        new PGSimpleDataSource() {
          private static final long serialVersionUID = 1L;

          @Override
          public Connection getConnection() throws SQLException {
            if (away) {
              throw new SQLException("away", "08006");
            }
            return super.getConnection();
          }
        };
    source.setURL(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    return new JdbcTokenStore(source, key(keyByte));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static TokenCipher key(int keyByte) {
    byte[] key = new byte[32];
    key[0] = (byte) keyByte;
    return TokenCipher.withKey(Base64.getEncoder().encodeToString(key));
  }
}
