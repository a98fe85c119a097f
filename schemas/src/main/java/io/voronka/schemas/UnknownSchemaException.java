package io.voronka.schemas;

/**
 * The writer used a schema that this reader has never seen. Worth waiting for: the record is good.
 */
public final class UnknownSchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long fingerprint;

  public UnknownSchemaException(long fingerprint) {
    super("no schema with fingerprint " + Fingerprints.hex(fingerprint) + " is known here");
    this.fingerprint = fingerprint;
  }

  public long fingerprint() {
    return fingerprint;
  }
}
