package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.tokens.StoredTokens;
import io.voronka.connectors.crm.tokens.TokenStore;
import io.voronka.connectors.crm.tokens.TokenStoreException;
import java.util.Optional;

/** For a job that was given no token store: no account is connected. */
final class NoTokenStore implements TokenStore {
  @Override
  public Optional<StoredTokens> find(String tenantId, String accountId) {
    return Optional.empty();
  }

  @Override
  public void put(String tenantId, String accountId, StoredTokens tokens)
      throws TokenStoreException {
    throw none();
  }

  @Override
  public StoredTokens rotate(String tenantId, String accountId, long seenVersion, Rotation rotation)
      throws TokenStoreException {
    throw none();
  }

  private static TokenStoreException none() {
    return new TokenStoreException("this job was given no token store", null);
  }
}
