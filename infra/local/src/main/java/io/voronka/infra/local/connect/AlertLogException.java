package io.voronka.infra.local.connect;

/** The alerts cannot be read or written now. */
public final class AlertLogException extends Exception {
  private static final long serialVersionUID = 1L;

  AlertLogException(String message, Throwable cause) {
    super(message, cause);
  }
}
