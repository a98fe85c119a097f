package io.voronka.jobs.executeactions.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.connectors.crm.tokens.JdbcTokenStore;
import io.voronka.connectors.crm.tokens.StoredTokens;
import io.voronka.connectors.crm.tokens.TokenCipher;
import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.postgres.ControlDatabase;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.outside.KommoStandIn;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tokens from the store in PostgreSQL, found by reference only. */
final class OutsideWorldIT {
  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.fast();
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir Path directory;

  @BeforeAll
  static void prepareDatabase() throws Exception {
    ControlDatabase.migrate(POSTGRES.jdbcUrl(), POSTGRES.user(), POSTGRES.password());
    POSTGRES
        .database()
        .execute(
            "INSERT INTO tenants (tenant_id, name, time_zone, locale)"
                + " VALUES ('acme', 'Acme', 'UTC', 'en')",
            "INSERT INTO crm_accounts (tenant_id, account_id, crm, subdomain, vendor_account_id,"
                + " webhook_token_sha256, api_base_url, token_reference) VALUES ('acme', 'main',"
                + " 'kommo', 'acme', 31000001, '"
                + "0".repeat(64)
                + "', 'https://acme.kommo.com', 'store')");
    new JdbcTokenStore(database(), TokenCipher.withKey(KEY))
        .put(
            "acme",
            "main",
            new StoredTokens(
                "stored-token", null, Instant.now().plus(Duration.ofHours(1)), 0, null));
  }

  @BeforeEach
  void writeSecrets() throws Exception {
    Files.writeString(
        directory.resolve("password"), POSTGRES.password().isEmpty() ? "-" : POSTGRES.password());
    Files.writeString(directory.resolve("key"), KEY + "\n");
  }

  @Test
  void anAccountsTokenComesOutOfTheStore() throws Exception {
    try (KommoStandIn kommo = KommoStandIn.start();
        ActionTransport transport = world("file:" + directory.resolve("key")).open()) {
      AccountRow account =
          Requests.account().setApiBaseUrl(kommo.apiBaseUrl()).setTokenReference("store").build();

      SendResult result =
          transport
              .send(Requests.of(ActionKind.CREATE_TASK, "a"), Means.of(null, account))
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);

      assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.DONE);
      assertThat(kommo.lastAuthorization()).isEqualTo("Bearer stored-token");
    }
  }

  @Test
  void anAccountThatWasNeverConnectedIsToldSo() throws Exception {
    try (ActionTransport transport = world("file:" + directory.resolve("key")).open()) {
      AccountRow account =
          Requests.account().setAccountId("other").setTokenReference("store").build();

      SendResult result =
          transport
              .send(Requests.of(ActionKind.CREATE_TASK, "a"), Means.of(null, account))
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);

      assertThat(result.reason()).isEqualTo(Reason.CREDENTIALS_MISSING);
    }
  }

  @Test
  void aMissingKeyIsAClearError() {
    assertThatThrownBy(() -> world("file:" + directory.resolve("nowhere")).open())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("token store")
        .hasMessageContaining("nowhere");
  }

  @Test
  void theDriverDoesNotStayInTheJvm() {
    new DirectDatabase(POSTGRES.jdbcUrl(), "user", "password");

    assertThat(DriverManager.drivers().map(driver -> driver.getClass().getName()))
        .doesNotContain("org.postgresql.Driver");
  }

  private OutsideWorld world(String keyReference) {
    return new OutsideWorld(
        new TokenStoreSettings(
            POSTGRES.jdbcUrl(),
            POSTGRES.user(),
            "file:" + directory.resolve("password"),
            keyReference),
        List.of(),
        List.of(),
        null,
        null);
  }

  private static DirectDatabase database() {
    return new DirectDatabase(POSTGRES.jdbcUrl(), POSTGRES.user(), POSTGRES.password());
  }
}
