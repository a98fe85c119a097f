package io.voronka.connectors.crm.tokens;

import io.voronka.connectors.crm.CrmAccount;

/** A vendor's way to exchange a refresh token. Blocks. */
@FunctionalInterface
public interface TokenRefresher {

  /**
   * A new pair in place of this one, its version one higher.
   *
   * @throws TokenRefreshException with RECONNECT_NEEDED when the vendor refuses the refresh token
   *     for good
   */
  StoredTokens refresh(CrmAccount account, StoredTokens current) throws TokenRefreshException;
}
