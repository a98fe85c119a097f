package io.voronka.connectors.crm.tokens;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens in table {@code crm_tokens} of the control database, encrypted by us.
 *
 * <p>A rotation holds the row's lock while the vendor is asked: the only way that two processes
 * never spend the same single-use refresh token. A new pair that could not be stored is kept in
 * memory, for the vendor gives none for the old one any more; the next rotation stores it.
 */
public final class JdbcTokenStore implements TokenStore {
  private static final String COLUMNS =
      "access_token, refresh_token, expires_at, version, client_id, client_secret_reference, redirect_uri";

  private static final String FIND =
      "SELECT " + COLUMNS + " FROM crm_tokens WHERE tenant_id = ? AND account_id = ?";

  private static final String PUT =
      "INSERT INTO crm_tokens (tenant_id, account_id, "
          + COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT (tenant_id, account_id) DO UPDATE SET"
          + " access_token = EXCLUDED.access_token, refresh_token = EXCLUDED.refresh_token,"
          + " expires_at = EXCLUDED.expires_at, version = crm_tokens.version + 1,"
          + " client_id = EXCLUDED.client_id,"
          + " client_secret_reference = EXCLUDED.client_secret_reference,"
          + " redirect_uri = EXCLUDED.redirect_uri, updated_at = now()";

  private static final String REPLACE =
      "UPDATE crm_tokens SET access_token = ?, refresh_token = ?, expires_at = ?, version = ?,"
          + " updated_at = now() WHERE tenant_id = ? AND account_id = ? AND version = ?";

  /** Longer than a refresh with its second try can take. */
  private static final String WAIT_FOR_LOCK = "SET LOCAL lock_timeout = '60s'";

  private static final Logger LOG = LoggerFactory.getLogger(JdbcTokenStore.class);

  private final DataSource database;
  private final TokenCipher cipher;
  private final Map<String, Unsaved> unsaved = new ConcurrentHashMap<>();

  /**
   * @param old what stood in the database when the new pair was got for it
   */
  private record Unsaved(StoredTokens old, StoredTokens replaced) {}

  public JdbcTokenStore(DataSource database, TokenCipher cipher) {
    this.database = Objects.requireNonNull(database, "database");
    this.cipher = Objects.requireNonNull(cipher, "cipher");
  }

  @Override
  public Optional<StoredTokens> find(String tenantId, String accountId) throws TokenStoreException {
    try (Connection connection = database.getConnection()) {
      return select(connection, FIND, tenantId, accountId);
    } catch (SQLException e) {
      throw unreachable(tenantId, accountId, e);
    }
  }

  @Override
  public void put(String tenantId, String accountId, StoredTokens tokens)
      throws TokenStoreException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(PUT)) {
      StoredTokens.OAuthClient client = tokens.client();
      statement.setString(1, tenantId);
      statement.setString(2, accountId);
      statement.setBytes(3, sealAccess(tenantId, accountId, tokens));
      statement.setBytes(4, sealRefresh(tenantId, accountId, tokens));
      statement.setObject(5, tokens.expiresAt().atOffset(ZoneOffset.UTC));
      statement.setString(6, client == null ? null : client.id());
      statement.setString(7, client == null ? null : client.secretReference());
      statement.setString(8, client == null ? null : client.redirectUri());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw unreachable(tenantId, accountId, e);
    }
  }

  @Override
  public StoredTokens rotate(String tenantId, String accountId, long seenVersion, Rotation rotation)
      throws TokenStoreException, TokenRefreshException {
    String key = tenantId + '|' + accountId;
    Rotation remembering =
        current -> {
          Unsaved known = unsaved.get(key);
          // Another pair in the database is newer: a person has connected the account again.
          if (known == null || !known.old().equals(current)) {
            known = new Unsaved(current, rotation.replace(current));
            unsaved.put(key, known);
          }
          return known.replaced();
        };
    StoredTokens standing;
    try {
      standing = rotateLocked(tenantId, accountId, seenVersion, remembering);
    } catch (SQLException e) {
      Unsaved known = unsaved.get(key);
      if (known == null || known.old().version() != seenVersion) {
        throw unreachable(tenantId, accountId, e);
      }
      // The vendor has already taken the old pair back: losing the new one would cost the
      // connection.
      LOG.warn("storing the new tokens of {}/{} failed, trying again", tenantId, accountId, e);
      standing = rotateAgain(tenantId, accountId, seenVersion, remembering);
    }
    long version = standing.version();
    unsaved.computeIfPresent(key, (any, known) -> known.old().version() < version ? null : known);
    return standing;
  }

  private StoredTokens rotateLocked(
      String tenantId, String accountId, long seenVersion, Rotation rotation)
      throws SQLException, TokenStoreException, TokenRefreshException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement wait = connection.createStatement()) {
        wait.execute(WAIT_FOR_LOCK);
        StoredTokens current =
            select(connection, FIND + " FOR UPDATE", tenantId, accountId)
                .orElseThrow(
                    () ->
                        new TokenStoreException(
                            "the tokens of " + tenantId + "/" + accountId + " are gone", null));
        if (current.version() != seenVersion) {
          connection.rollback();
          return current;
        }
        StoredTokens replaced = rotation.replace(current);
        replace(connection, tenantId, accountId, seenVersion, replaced);
        connection.commit();
        return replaced;
      } catch (TokenRefreshException | TokenStoreException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private StoredTokens rotateAgain(
      String tenantId, String accountId, long seenVersion, Rotation rotation)
      throws TokenStoreException, TokenRefreshException {
    try {
      return rotateLocked(tenantId, accountId, seenVersion, rotation);
    } catch (SQLException e) {
      throw unreachable(tenantId, accountId, e);
    }
  }

  private void replace(
      Connection connection,
      String tenantId,
      String accountId,
      long seenVersion,
      StoredTokens replaced)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REPLACE)) {
      statement.setBytes(1, sealAccess(tenantId, accountId, replaced));
      statement.setBytes(2, sealRefresh(tenantId, accountId, replaced));
      statement.setObject(3, replaced.expiresAt().atOffset(ZoneOffset.UTC));
      statement.setLong(4, replaced.version());
      statement.setString(5, tenantId);
      statement.setString(6, accountId);
      statement.setLong(7, seenVersion);
      statement.executeUpdate();
    }
  }

  private Optional<StoredTokens> select(
      Connection connection, String query, String tenantId, String accountId)
      throws SQLException, TokenStoreException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, tenantId);
      statement.setString(2, accountId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(read(row, tenantId, accountId)) : Optional.empty();
      }
    }
  }

  private StoredTokens read(ResultSet row, String tenantId, String accountId)
      throws SQLException, TokenStoreException {
    byte[] refresh = row.getBytes("refresh_token");
    String clientId = row.getString("client_id");
    try {
      return new StoredTokens(
          cipher.open(row.getBytes("access_token"), accessPlace(tenantId, accountId)),
          refresh == null ? null : cipher.open(refresh, refreshPlace(tenantId, accountId)),
          row.getObject("expires_at", OffsetDateTime.class).toInstant(),
          row.getLong("version"),
          clientId == null
              ? null
              : new StoredTokens.OAuthClient(
                  clientId,
                  row.getString("client_secret_reference"),
                  row.getString("redirect_uri")));
    } catch (GeneralSecurityException e) {
      throw new TokenStoreException(
          "the tokens of " + tenantId + "/" + accountId + " do not open with this key", e);
    }
  }

  private byte[] sealAccess(String tenantId, String accountId, StoredTokens tokens) {
    return cipher.seal(tokens.accessToken(), accessPlace(tenantId, accountId));
  }

  private byte[] sealRefresh(String tenantId, String accountId, StoredTokens tokens) {
    return tokens.refreshToken() == null
        ? null
        : cipher.seal(tokens.refreshToken(), refreshPlace(tenantId, accountId));
  }

  private static String accessPlace(String tenantId, String accountId) {
    return tenantId + '|' + accountId + "|access";
  }

  private static String refreshPlace(String tenantId, String accountId) {
    return tenantId + '|' + accountId + "|refresh";
  }

  private static TokenStoreException unreachable(
      String tenantId, String accountId, SQLException cause) {
    return new TokenStoreException(
        "the token store failed for " + tenantId + "/" + accountId + ": " + cause.getSQLState(),
        cause);
  }
}
