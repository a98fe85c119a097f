package io.voronka.connectors.kafka.streams;

import java.util.Locale;

/** Why a record could not be decoded. */
public enum RejectReason {
  /** A tombstone where only records are expected. */
  NO_VALUE,
  /** The bytes are no record of the expected kind. */
  MALFORMED;

  /** Lower case with dashes, as in records and metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
