package io.voronka.gateway.deliver;

/** The log will never take this record, however often it is sent. */
public final class UnpublishableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnpublishableException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
