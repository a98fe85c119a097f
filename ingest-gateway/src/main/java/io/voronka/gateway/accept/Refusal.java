package io.voronka.gateway.accept;

import java.util.Locale;

/** Why a request is not taken, and what its sender is told. Nothing of such a request is kept. */
public enum Refusal {
  /** What came in is no HTTP. */
  MALFORMED_REQUEST(400),
  UNKNOWN_TOKEN(404),
  NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  /** The body did not arrive in time. */
  BODY_TIMEOUT(408),
  BODY_TOO_LARGE(413),
  /** The request's first line. */
  LINE_TOO_LONG(414),
  HEADERS_TOO_LARGE(431),
  SPOOL_FULL(503),
  /** Neither Kafka nor the disk took it. */
  SPOOL_FAILED(503),
  STOPPING(503),
  /** A defect of ours. */
  INTERNAL(500);

  private final int status;

  Refusal(int status) {
    this.status = status;
  }

  /** HTTP status code. */
  public int status() {
    return status;
  }

  /** As in answers and metrics: lower case with dashes. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
