package io.voronka.schemas;

/** The bytes are no single-object-encoded record of the expected kind. Waiting does not help. */
public final class MalformedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedRecordException(String message) {
    super(message);
  }

  MalformedRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
