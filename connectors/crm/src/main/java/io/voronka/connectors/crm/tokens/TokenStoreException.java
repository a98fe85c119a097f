package io.voronka.connectors.crm.tokens;

/**
 * The store of tokens cannot be reached, or holds what cannot be read. The message holds no
 * secrets.
 */
public final class TokenStoreException extends Exception {
  private static final long serialVersionUID = 1L;

  public TokenStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
