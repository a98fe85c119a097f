package io.voronka.connectors.crm.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.VendorAccount;
import io.voronka.connectors.crm.secrets.UnresolvedSecretException;
import io.voronka.connectors.crm.tokens.StoredTokens;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an account is connected: a person opens an address, says yes, and the code that comes back is
 * exchanged for a first pair of tokens.
 */
public final class KommoAuthorization {
  private static final Logger LOG = LoggerFactory.getLogger(KommoAuthorization.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpExchange http;
  private final KommoFailures failures;
  private final TokenEndpoint endpoint;

  KommoAuthorization(HttpExchange http, KommoFailures failures, TokenEndpoint endpoint) {
    this.http = http;
    this.failures = failures;
    this.endpoint = endpoint;
  }

  /**
   * A first pair of tokens, and whose they are.
   *
   * @param tokens their version is 1
   */
  public record Grant(StoredTokens tokens, VendorAccount account) {}

  /**
   * The address at which an administrator of the account says yes.
   *
   * @param state comes back with the code
   */
  public static URI address(KommoHosts hosts, URI apiBase, String clientId, String state) {
    return URI.create(
        hosts.site(apiBase)
            + "/oauth?client_id="
            + encoded(clientId)
            + "&state="
            + encoded(state)
            + "&mode=popup");
  }

  /**
   * Exchanges a code and asks whose the tokens are, before anybody stores them: tokens of another
   * account must not take the place of good ones. Blocks.
   *
   * @param hosts that the secret may be sent to
   * @return INVALID, with nothing sent, when the address is none of them; RECONNECT_NEEDED when the
   *     code is spent, too old or another integration's; TOKENS_UNAVAILABLE when the secret is not
   *     where its reference says
   */
  public CrmReply<Grant> exchange(
      KommoHosts hosts, URI apiBase, StoredTokens.OAuthClient client, String code) {
    Optional<String> objection = hosts.objection(apiBase);
    if (objection.isPresent()) {
      return CrmReply.failed(CrmFailure.before(CrmFailure.Kind.INVALID, 0, objection.get()));
    }
    byte[] request;
    try {
      request = endpoint.request(client, TokenEndpoint.Grant.AUTHORIZATION_CODE, code);
    } catch (UnresolvedSecretException | IllegalArgumentException e) {
      return CrmReply.failed(
          CrmFailure.before(CrmFailure.Kind.TOKENS_UNAVAILABLE, 0, e.getMessage()));
    }
    CrmReply<StoredTokens> tokens = endpoint.exchange(apiBase, request, client, 1);
    if (!tokens.isOk() && tokens.failure().mayHaveHappened()) {
      LOG.warn("the answer to a code was lost ({}), trying it once more", tokens.failure());
      tokens = endpoint.exchange(apiBase, request, client, 1);
    }
    if (!tokens.isOk()) {
      return CrmReply.failed(refusal(tokens.failure()));
    }
    StoredTokens pair = tokens.value();
    CrmReply<VendorAccount> account = owner(apiBase, pair.accessToken());
    return account.isOk()
        ? CrmReply.of(new Grant(pair, account.value()))
        : CrmReply.failed(account.failure());
  }

  private CrmReply<VendorAccount> owner(URI apiBase, String accessToken) {
    CrmReply<HttpAnswer> reply =
        http.send("GET", URI.create(apiBase + KommoCall.API + "/account"), null, accessToken)
            .join();
    if (!reply.isOk()) {
      return CrmReply.failed(reply.failure());
    }
    HttpAnswer answer = reply.value();
    if (answer.status() / 100 != 2) {
      return CrmReply.failed(failures.of(answer));
    }
    try {
      JsonNode json = JSON.readTree(answer.body());
      VendorAccount account = json == null ? null : KommoConnection.account(json);
      if (account != null) {
        return CrmReply.of(account);
      }
    } catch (IOException e) {
      // told below, as for JSON that names no account
    }
    return CrmReply.failed(
        CrmFailure.before(
            CrmFailure.Kind.UNEXPECTED_ANSWER, answer.status(), "the answer names no account"));
  }

  private static CrmFailure refusal(CrmFailure failure) {
    return switch (failure.kind()) {
      case UNAUTHORIZED, INVALID ->
          CrmFailure.before(
              CrmFailure.Kind.RECONNECT_NEEDED,
              failure.status(),
              "the vendor refuses the code: " + failure.detail());
      default -> failure;
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
