package io.voronka.connectors.crm.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.secrets.SecretReference;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.secrets.UnresolvedSecretException;
import io.voronka.connectors.crm.tokens.StoredTokens;
import io.voronka.connectors.crm.tokens.TokenRefreshException;
import io.voronka.connectors.crm.tokens.TokenRefresher;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
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
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Ten years in seconds. */
  private static final long LONGEST_LIFE = 10L * 365 * 24 * 3600;

  private final HttpExchange http;
  private final KommoFailures failures;
  private final Secrets secrets;
  private final Clock clock;

  KommoOAuth(HttpExchange http, KommoFailures failures, Secrets secrets, Clock clock) {
    this.http = http;
    this.failures = failures;
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public StoredTokens refresh(CrmAccount account, StoredTokens current)
      throws TokenRefreshException {
    byte[] request = request(current);
    URI uri = URI.create(account.apiBase() + "/oauth2/access_token");
    CrmReply<StoredTokens> first = exchange(uri, request, current);
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
    CrmReply<StoredTokens> second = exchange(uri, request, current);
    if (second.isOk()) {
      return second.value();
    }
    throw new TokenRefreshException(
        refusal(second.failure(), "the new tokens were lost on their way, and the old are spent"));
  }

  private CrmReply<StoredTokens> exchange(URI uri, byte[] request, StoredTokens current) {
    Instant asked = clock.instant();
    CrmReply<HttpAnswer> reply = http.send("POST", uri, request, null).join();
    if (!reply.isOk()) {
      return CrmReply.failed(reply.failure());
    }
    HttpAnswer answer = reply.value();
    return answer.status() / 100 == 2
        ? pair(answer, asked, current)
        : CrmReply.failed(failures.of(answer));
  }

  private static CrmReply<StoredTokens> pair(
      HttpAnswer answer, Instant asked, StoredTokens current) {
    JsonNode pair;
    try {
      pair = JSON.readTree(answer.body());
    } catch (IOException e) {
      pair = null;
    }
    if (pair == null
        || pair.path("access_token").asText().isEmpty()
        || pair.path("refresh_token").asText().isEmpty()
        || pair.path("expires_in").asLong() <= 0) {
      // it said yes, so the old token is likely spent: the same as a lost answer
      return CrmReply.failed(
          CrmFailure.uncertain(
              CrmFailure.Kind.UNEXPECTED_ANSWER,
              answer.status(),
              "the answer to a refresh holds no tokens"));
    }
    return CrmReply.of(
        current.replacedBy(
            pair.get("access_token").asText(),
            pair.get("refresh_token").asText(),
            asked.plusSeconds(Math.min(LONGEST_LIFE, pair.get("expires_in").asLong()))));
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
      return JSON.writeValueAsBytes(
          JSON.createObjectNode()
              .put("client_id", current.client().id())
              .put(
                  "client_secret",
                  secrets.resolve(SecretReference.parse(current.client().secretReference())))
              .put("grant_type", "refresh_token")
              .put("refresh_token", current.refreshToken())
              .put("redirect_uri", current.client().redirectUri()));
    } catch (UnresolvedSecretException e) {
      throw new TokenRefreshException(
          CrmFailure.before(CrmFailure.Kind.TOKENS_UNAVAILABLE, 0, e.getMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("a tree of texts is always JSON", e);
    }
  }
}
