package io.voronka.infra.sandbox.client;

/** The sandbox refused a call or could not be reached. */
public final class SandboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  SandboxException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** HTTP status; 0 when there was no answer. */
  public int status() {
    return status;
  }
}
