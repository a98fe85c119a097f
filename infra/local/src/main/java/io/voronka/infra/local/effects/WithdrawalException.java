package io.voronka.infra.local.effects;

/** The commands could not be written; some of them may have been. Asking again does no harm. */
public final class WithdrawalException extends Exception {
  private static final long serialVersionUID = 1L;

  WithdrawalException(String message, Throwable cause) {
    super(message, cause);
  }
}
