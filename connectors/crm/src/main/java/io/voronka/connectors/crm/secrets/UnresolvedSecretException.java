package io.voronka.connectors.crm.secrets;

/** A secret is not where its reference says. The message names the reference, never a secret. */
public final class UnresolvedSecretException extends Exception {
  private static final long serialVersionUID = 1L;

  UnresolvedSecretException(String message) {
    super(message);
  }
}
