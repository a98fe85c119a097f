package io.voronka.gateway.accept;

import java.util.Locale;

/**
 * Why the gateway itself archives a webhook without reading it. The decoders have reasons of their
 * own.
 */
public enum Rejection {
  TENANT_INACTIVE,
  ACCOUNT_INACTIVE,
  /** The account's CRM is one that this build cannot read. */
  UNSUPPORTED_CRM,
  /** Compressed, and broken or larger than is taken. */
  BODY_NOT_INFLATED,
  /** A defect of ours: the decoder threw. */
  DECODER_FAILED,
  /** Events that the log does not take. */
  EVENT_TOO_LARGE;

  /** As in records and metrics: lower case with dashes. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
