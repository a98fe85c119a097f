package io.voronka.infra.sandbox.kommo.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.kommo.model.AccountCard;
import io.voronka.infra.sandbox.kommo.model.Integration;
import io.voronka.infra.sandbox.kommo.model.Token;
import io.voronka.infra.sandbox.kommo.state.ChangeKind;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.web.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Supplier;

/** Makes credentials and puts their hashes into the account. */
public final class TokenMint {
  static final long ACCESS_MILLIS = Duration.ofHours(24).toMillis();
  private static final long REFRESH_MILLIS = Duration.ofDays(90).toMillis();
  private static final long CODE_MILLIS = Duration.ofMinutes(20).toMillis();

  private final Supplier<String> uuids;

  public TokenMint(Supplier<String> uuids) {
    this.uuids = uuids;
  }

  /** An access token (24 h) and a refresh token (3 months), in clear, once. */
  public record Pair(String access, String refresh) {
    JsonNode json() {
      return Json.object()
          .put("token_type", "Bearer")
          .put("expires_in", ACCESS_MILLIS / 1000)
          .put("access_token", access)
          .put("refresh_token", refresh);
    }
  }

  /** Makes a pair for the integration. */
  public Pair pair(Changes changes, Integration integration) {
    Pair pair =
        new Pair(jwt(changes, integration, ACCESS_MILLIS), "def50200" + opaque() + opaque());
    keep(changes, pair.access, Token.Kind.ACCESS, integration, ACCESS_MILLIS);
    keep(changes, pair.refresh, Token.Kind.REFRESH, integration, REFRESH_MILLIS);
    return pair;
  }

  /** A long-lived access token without a refresh token. */
  public String longLived(Changes changes, Integration integration, Duration life) {
    String token = jwt(changes, integration, life.toMillis());
    keep(changes, token, Token.Kind.ACCESS, integration, life.toMillis());
    return token;
  }

  /** An authorization code, good for 20 minutes and one use. */
  public String code(Changes changes, Integration integration) {
    String code = "def50200" + opaque();
    keep(changes, code, Token.Kind.CODE, integration, CODE_MILLIS);
    return code;
  }

  /** Accepts a credential that a test has chosen itself. */
  public void adopt(Changes changes, Integration integration, String token, Token.Kind kind) {
    long life =
        switch (kind) {
          case ACCESS -> ACCESS_MILLIS;
          case REFRESH -> REFRESH_MILLIS;
          case CODE -> CODE_MILLIS;
        };
    keep(changes, token, kind, integration, life);
  }

  private void keep(
      Changes changes, String token, Token.Kind kind, Integration integration, long life) {
    changes.put(
        ChangeKind.TOKEN,
        new Token(
            Secrets.hash(token), kind, integration.clientId(), changes.nowMillis() + life, false));
  }

  private String jwt(Changes changes, Integration integration, long lifeMillis) {
    AccountCard card = changes.account().card();
    ObjectNode header = Json.object().put("typ", "JWT").put("alg", "HS256");
    ObjectNode claims =
        Json.object()
            .put("aud", integration.clientId())
            .put("jti", opaque())
            .put("iat", changes.seconds())
            .put("nbf", changes.seconds())
            .put("exp", changes.seconds() + lifeMillis / 1000)
            .put("sub", String.valueOf(integration.userId()))
            .put("grant_type", "")
            .put("account_id", card.id())
            .put("base_domain", card.host())
            .put("version", 2);
    ArrayNode scopes = claims.putArray("scopes");
    integration.scopes().forEach(scopes::add);
    claims.put("api_domain", "api." + card.host());
    String signed = encode(Json.bytes(header)) + "." + encode(Json.bytes(claims));
    return signed + "." + encode(Secrets.hmac(integration.secretHash(), signed));
  }

  private String opaque() {
    return Secrets.hash(uuids.get());
  }

  private static String encode(byte[] bytes) {
    return new String(
        Base64.getUrlEncoder().withoutPadding().encode(bytes), StandardCharsets.UTF_8);
  }
}
