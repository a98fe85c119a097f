package io.voronka.infra.sandbox.client;

import java.util.List;

/**
 * An integration to install in a new account. Everything may be null: ids, secrets and tokens are
 * then made up and told in the answer.
 *
 * @param redirectUri default {@code https://example.test/oauth}
 * @param userId acting user, default the account's first user
 * @param scopes default {@code crm} and {@code chats}
 * @param accessToken a token of your choice that shall be valid for 24 h
 * @param refreshToken a refresh token of your choice
 * @param authorizationCode a code of your choice, valid for 20 minutes
 */
public record IntegrationSpec(
    String clientId,
    String clientSecret,
    String redirectUri,
    Long userId,
    List<String> scopes,
    String accessToken,
    String refreshToken,
    String authorizationCode) {

  /** An integration with credentials of your choice. */
  public static IntegrationSpec of(
      String clientId, String clientSecret, String accessToken, String refreshToken) {
    return new IntegrationSpec(
        clientId, clientSecret, null, null, null, accessToken, refreshToken, null);
  }
}
