package io.voronka.infra.sandbox.client;

/** What an integration needs to call an account; told once, when the account is opened. */
public record Credentials(
    String clientId,
    String clientSecret,
    String redirectUri,
    String accessToken,
    String refreshToken) {
  /** Without the secrets. */
  @Override
  public String toString() {
    return "Credentials[clientId=" + clientId + "]";
  }
}
