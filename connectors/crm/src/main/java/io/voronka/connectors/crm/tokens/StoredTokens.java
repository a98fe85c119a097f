package io.voronka.connectors.crm.tokens;

import java.time.Instant;
import java.util.Objects;

/**
 * The tokens of one account in clear, for as long as somebody needs them.
 *
 * @param refreshToken null for a long-lived token
 * @param version grows with each change; a new pair has the old one's plus 1
 * @param client null when the pair cannot be refreshed
 */
public record StoredTokens(
    String accessToken, String refreshToken, Instant expiresAt, long version, OAuthClient client) {
  public StoredTokens {
    Objects.requireNonNull(accessToken, "accessToken");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }

  /** The pair that a refresh gave in place of this one. */
  public StoredTokens replacedBy(String newAccess, String newRefresh, Instant newExpiry) {
    return new StoredTokens(newAccess, newRefresh, newExpiry, version + 1, client);
  }

  public boolean canRefresh() {
    return refreshToken != null && client != null;
  }

  /** Without the tokens. */
  @Override
  public String toString() {
    return "tokens version " + version + " until " + expiresAt;
  }

  /**
   * The integration that a refresh speaks for.
   *
   * @param secretReference where the client's secret is: {@code env:NAME} or {@code file:/path}
   */
  public record OAuthClient(String id, String secretReference, String redirectUri) {
    public OAuthClient {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(secretReference, "secretReference");
      Objects.requireNonNull(redirectUri, "redirectUri");
    }
  }
}
