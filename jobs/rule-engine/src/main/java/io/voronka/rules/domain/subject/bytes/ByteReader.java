package io.voronka.rules.domain.subject.bytes;

import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote. */
public final class ByteReader {
  private final byte[] bytes;
  private int at;

  public ByteReader(byte[] bytes) {
    this(bytes, 0);
  }

  /**
   * @param from place of the first byte to read
   */
  ByteReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Of the next byte to read. */
  int place() {
    return at;
  }

  /** Passes over a text. */
  void skipText() {
    int length = count();
    at += length == 0 ? 0 : length - 1;
  }

  public long number() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  public int count() {
    return Math.toIntExact(number());
  }

  public long difference() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  public long fixed() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << 8) | (bytes[at++] & 0xFF);
    }
    return value;
  }

  public String text() {
    int length = count();
    if (length == 0) {
      return null;
    }
    String text = new String(bytes, at, length - 1, StandardCharsets.UTF_8);
    at += length - 1;
    return text;
  }
}
