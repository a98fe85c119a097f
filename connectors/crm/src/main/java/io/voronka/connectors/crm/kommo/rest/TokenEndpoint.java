package io.voronka.connectors.crm.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.secrets.SecretReference;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.secrets.UnresolvedSecretException;
import io.voronka.connectors.crm.tokens.StoredTokens;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;

/** {@code POST /oauth2/access_token}: one credential for a pair of tokens. Blocks. */
final class TokenEndpoint {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Ten years in seconds. */
  private static final long LONGEST_LIFE = 10L * 365 * 24 * 3600;

  private final HttpExchange http;
  private final KommoFailures failures;
  private final Secrets secrets;
  private final Clock clock;

  TokenEndpoint(HttpExchange http, KommoFailures failures, Secrets secrets, Clock clock) {
    this.http = http;
    this.failures = failures;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** What is handed in. */
  enum Grant {
    AUTHORIZATION_CODE("authorization_code", "code"),
    REFRESH_TOKEN("refresh_token", "refresh_token");

    private final String type;
    private final String field;

    Grant(String type, String field) {
      this.type = type;
      this.field = field;
    }
  }

  /** The body of a request: it holds secrets. */
  byte[] request(StoredTokens.OAuthClient client, Grant grant, String credential)
      throws UnresolvedSecretException {
    String secret = secrets.resolve(SecretReference.parse(client.secretReference()));
    try {
      return JSON.writeValueAsBytes(
          JSON.createObjectNode()
              .put("client_id", client.id())
              .put("client_secret", secret)
              .put("grant_type", grant.type)
              .put(grant.field, credential)
              .put("redirect_uri", client.redirectUri()));
    } catch (IOException e) {
      throw new IllegalStateException("a tree of texts is always JSON", e);
    }
  }

  /**
   * Asks once.
   *
   * @param apiBase of the account
   * @param version that the new pair shall have
   */
  CrmReply<StoredTokens> exchange(
      URI apiBase, byte[] request, StoredTokens.OAuthClient client, long version) {
    Instant asked = clock.instant();
    URI uri = URI.create(apiBase + "/oauth2/access_token");
    CrmReply<HttpAnswer> reply = http.send("POST", uri, request, null).join();
    if (!reply.isOk()) {
      return CrmReply.failed(reply.failure());
    }
    HttpAnswer answer = reply.value();
    return answer.status() / 100 == 2
        ? pair(answer, asked, client, version)
        : CrmReply.failed(failures.of(answer));
  }

  private static CrmReply<StoredTokens> pair(
      HttpAnswer answer, Instant asked, StoredTokens.OAuthClient client, long version) {
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
      // it said yes, so what was handed in is likely spent: the same as a lost answer
      return CrmReply.failed(
          CrmFailure.uncertain(
              CrmFailure.Kind.UNEXPECTED_ANSWER, answer.status(), "the answer holds no tokens"));
    }
    return CrmReply.of(
        new StoredTokens(
            pair.get("access_token").asText(),
            pair.get("refresh_token").asText(),
            asked.plusSeconds(Math.min(LONGEST_LIFE, pair.get("expires_in").asLong())),
            version,
            client));
  }
}
