package io.voronka.infra.sandbox.kommo.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.kommo.model.Integration;
import io.voronka.infra.sandbox.kommo.model.Token;
import io.voronka.infra.sandbox.kommo.rest.RestProblem;
import io.voronka.infra.sandbox.kommo.state.ChangeKind;
import io.voronka.infra.sandbox.kommo.state.Changes;
import java.util.Optional;

/**
 * {@code POST /oauth2/access_token}. A code and a refresh token are each good for one use: the
 * exchange kills the old one, and a second use is told so.
 */
public final class TokenEndpoint {
  public static final String PATH = "/oauth2/access_token";

  private final TokenMint mint;

  public TokenEndpoint(TokenMint mint) {
    this.mint = mint;
  }

  /** The integration that calls, when its id and secret are right. */
  public Integration authenticate(Changes changes, JsonNode body) {
    String clientId = required(body, "client_id");
    String secret = required(body, "client_secret");
    Optional<Integration> integration = changes.account().integration(clientId);
    if (integration.isEmpty()) {
      throw RestProblem.oauth(400, "Check the `client_id` parameter");
    }
    if (!integration.get().secretHash().equals(Secrets.hash(secret))) {
      throw RestProblem.oauth(401, "Check the `client_secret` parameter");
    }
    return integration.get();
  }

  /**
   * Exchanges a code or a refresh token for a new pair.
   *
   * @return the body of the 200
   */
  public JsonNode exchange(Changes changes, Integration integration, JsonNode body) {
    String grant = required(body, "grant_type");
    String redirect = required(body, "redirect_uri");
    if (!integration.redirectUri().equals(redirect)) {
      throw RestProblem.oauth(400, "Check the `redirect_uri` parameter");
    }
    Token used =
        switch (grant) {
          case "authorization_code" ->
              usable(
                  changes,
                  integration,
                  required(body, "code"),
                  Token.Kind.CODE,
                  "Authorization code");
          case "refresh_token" ->
              usable(
                  changes,
                  integration,
                  required(body, "refresh_token"),
                  Token.Kind.REFRESH,
                  "Token");
          default -> throw RestProblem.oauth(400, "Check the `grant_type` parameter");
        };
    changes.put(ChangeKind.TOKEN, used.withRevoked());
    changes.effect(
        used.kind() == Token.Kind.CODE ? "exchange_code" : "refresh_token",
        "",
        0,
        used.fingerprint());
    return mint.pair(changes, integration).json();
  }

  private static Token usable(
      Changes changes, Integration integration, String value, Token.Kind kind, String what) {
    Token token =
        changes
            .account()
            .token(Secrets.hash(value))
            .filter(t -> t.kind() == kind && t.clientId().equals(integration.clientId()))
            .orElseThrow(
                () ->
                    RestProblem.oauth(
                        kind == Token.Kind.CODE ? 400 : 401,
                        kind == Token.Kind.CODE
                            ? "Cannot decrypt the authorization code"
                            : "Cannot decrypt the refresh token"));
    int status = kind == Token.Kind.CODE ? 400 : 401;
    if (token.revoked()) {
      throw RestProblem.oauth(status, what + " has been revoked");
    }
    if (changes.nowMillis() >= token.expiresAt()) {
      throw RestProblem.oauth(status, what + " has expired");
    }
    return token;
  }

  private static String required(JsonNode body, String name) {
    JsonNode value = body == null ? null : body.get(name);
    if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
      throw RestProblem.oauth(400, "Check the `" + name + "` parameter");
    }
    return value.textValue();
  }
}
