package io.voronka.schemas;

import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** CRC-64-AVRO fingerprints, and how they are written as Kafka keys and in messages. */
public final class Fingerprints {
  private Fingerprints() {}

  public static long of(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  /** 16 lower-case hex digits. */
  public static String hex(long fingerprint) {
    return String.format("%016x", fingerprint);
  }
}
