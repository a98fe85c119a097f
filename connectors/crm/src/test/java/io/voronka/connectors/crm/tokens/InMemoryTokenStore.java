package io.voronka.connectors.crm.tokens;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tokens in memory, for tests; one lock stands for the rows' locks. */
public class InMemoryTokenStore implements TokenStore {
  private final Map<String, StoredTokens> rows = new HashMap<>();

  @Override
  public synchronized Optional<StoredTokens> find(String tenantId, String accountId) {
    return Optional.ofNullable(rows.get(tenantId + '|' + accountId));
  }

  @Override
  public synchronized void put(String tenantId, String accountId, StoredTokens tokens) {
    StoredTokens old = rows.get(tenantId + '|' + accountId);
    rows.put(
        tenantId + '|' + accountId,
        new StoredTokens(
            tokens.accessToken(),
            tokens.refreshToken(),
            tokens.expiresAt(),
            old == null ? 1 : old.version() + 1,
            tokens.client()));
  }

  @Override
  public synchronized StoredTokens rotate(
      String tenantId, String accountId, long seenVersion, Rotation rotation)
      throws TokenRefreshException {
    StoredTokens current = rows.get(tenantId + '|' + accountId);
    if (current.version() != seenVersion) {
      return current;
    }
    StoredTokens replaced = rotation.replace(current);
    rows.put(tenantId + '|' + accountId, replaced);
    return replaced;
  }
}
