package io.voronka.jobs.evaluaterules.operators;

import io.voronka.schemas.EventKind;

/**
 * The kind of an encoded event, without decoding the rest. In every version of the schema an event
 * begins with its id and its kind, and kinds are only added at the end.
 */
final class EncodedKind {
  /** Marker and fingerprint of the single-object encoding. */
  private static final int HEADER = 10;

  private static final EventKind[] KINDS = EventKind.values();

  private EncodedKind() {}

  /** UNKNOWN for a kind of a newer writer, and for what is no event. */
  static EventKind of(byte[] value) {
    long id = varint(value, HEADER);
    int place = length(value, HEADER) + (int) id;
    if (id < 0 || id > value.length || place + HEADER >= value.length) {
      return EventKind.UNKNOWN;
    }
    long kind = varint(value, HEADER + place);
    return kind >= 0 && kind < KINDS.length ? KINDS[(int) kind] : EventKind.UNKNOWN;
  }

  /** Avro's zigzag number at a place; -1 when there is none that could be a length or a kind. */
  private static long varint(byte[] value, int at) {
    long raw = 0;
    int length = length(value, at);
    for (int i = 0; i < length; i++) {
      raw |= (long) (value[at + i] & 0x7f) << (7 * i);
    }
    return length == 0 ? -1 : (raw >>> 1) ^ -(raw & 1);
  }

  /** In bytes; 0 when it ends nowhere. */
  private static int length(byte[] value, int at) {
    for (int i = at; i < value.length && i < at + Integer.BYTES; i++) {
      if (value[i] >= 0) {
        return i - at + 1;
      }
    }
    return 0;
  }
}
