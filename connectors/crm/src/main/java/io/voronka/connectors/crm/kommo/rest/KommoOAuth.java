package io.voronka.connectors.crm.kommo.rest;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.secrets.UnresolvedSecretException;
import io.voronka.connectors.crm.tokens.StoredTokens;
import io.voronka.connectors.crm.tokens.TokenRefreshException;
import io.voronka.connectors.crm.tokens.TokenRefresher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges refresh tokens, each of which is good for one exchange.
 *
 * <p>When an answer is lost the old token is tried once more: had the vendor not seen the first
 * try, it works; had it, nobody has the new pair, and a person must connect the account again.
 */
final class KommoOAuth implements TokenRefresher {
  private static final Logger LOG = LoggerFactory.getLogger(KommoOAuth.class);

  private final TokenEndpoint endpoint;

  KommoOAuth(TokenEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public StoredTokens refresh(CrmAccount account, StoredTokens current)
      throws TokenRefreshException {
    byte[] request = request(current);
    CrmReply<StoredTokens> first = exchange(account, request, current);
    if (first.isOk()) {
      return first.value();
    }
    if (!first.failure().mayHaveHappened()) {
      throw new TokenRefreshException(
          refusal(first.failure(), "the vendor refuses the refresh token"));
    }
    LOG.warn(
        "the answer to a refresh of {}/{} was lost ({}), trying the old token once more",
        account.tenantId(),
        account.accountId(),
        first.failure());
    CrmReply<StoredTokens> second = exchange(account, request, current);
    if (second.isOk()) {
      return second.value();
    }
    throw new TokenRefreshException(
        refusal(second.failure(), "the new tokens were lost on their way, and the old are spent"));
  }

  private CrmReply<StoredTokens> exchange(
      CrmAccount account, byte[] request, StoredTokens current) {
    return endpoint.exchange(account.apiBase(), request, current.client(), current.version() + 1);
  }

  /**
   * Only what says that the token itself is bad means the end; an unpaid plan or a blocked address
   * passes.
   */
  private static CrmFailure refusal(CrmFailure failure, String why) {
    return switch (failure.kind()) {
      case UNAUTHORIZED, INVALID ->
          CrmFailure.before(
              CrmFailure.Kind.RECONNECT_NEEDED, failure.status(), why + ": " + failure.detail());
      default -> failure;
    };
  }

  private byte[] request(StoredTokens current) throws TokenRefreshException {
    try {
      return endpoint.request(
          current.client(), TokenEndpoint.Grant.REFRESH_TOKEN, current.refreshToken());
    } catch (UnresolvedSecretException e) {
      throw new TokenRefreshException(
          CrmFailure.before(CrmFailure.Kind.TOKENS_UNAVAILABLE, 0, e.getMessage()));
    }
  }
}
