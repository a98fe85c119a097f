package io.voronka.infra.sandbox.kommo.model;

/**
 * A credential that was handed out; only its hash is kept.
 *
 * @param hash SHA-256 of the token in hex
 * @param expiresAt epoch milliseconds
 * @param revoked used up (a code, a refresh token) or withdrawn
 */
public record Token(String hash, Kind kind, String clientId, long expiresAt, boolean revoked) {
  /** What a token is good for. */
  public enum Kind {
    ACCESS,
    REFRESH,
    CODE
  }

  /** The first 12 hex digits of the hash: enough to tell tokens apart in a ledger. */
  public String fingerprint() {
    return hash.substring(0, 12);
  }

  public Token withRevoked() {
    return new Token(hash, kind, clientId, expiresAt, true);
  }
}
