package io.voronka.connectors.crm.tokens;

import java.util.Optional;

/** Where rotating tokens are kept. Calls block. */
public interface TokenStore {

  /**
   * The tokens of an account, empty when it was never connected.
   *
   * @throws TokenStoreException when the store cannot be reached or its content cannot be read
   */
  Optional<StoredTokens> find(String tenantId, String accountId) throws TokenStoreException;

  /**
   * Puts tokens in, in place of older ones: a person has connected the account.
   *
   * @param tokens their version is ignored, the store gives the next one
   */
  void put(String tenantId, String accountId, StoredTokens tokens) throws TokenStoreException;

  /**
   * Replaces a pair, one caller at a time in all processes. When somebody else was faster the pair
   * that stands now is returned and nothing is refreshed; else the new pair is on disk before it is
   * returned.
   *
   * @param seenVersion version that the caller wants to replace
   * @throws TokenRefreshException what the rotation threw; the old pair is left
   */
  StoredTokens rotate(String tenantId, String accountId, long seenVersion, Rotation rotation)
      throws TokenStoreException, TokenRefreshException;

  /** Asks the vendor for a new pair. */
  @FunctionalInterface
  interface Rotation {
    StoredTokens replace(StoredTokens current) throws TokenRefreshException;
  }
}
