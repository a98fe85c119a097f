package io.voronka.schemas;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Avro's binary numbers and texts, read one after the other. Most short texts of an event, names of
 * fields first of all, were in the events before it too: they come as the same object, which saves
 * making it and working out its hash code anew.
 */
final class BodyBytes {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int LONGEST_KNOWN = 3 * Long.BYTES;
  private static final int KNOWN_BITS = 9;
  private static final int KNOWN = 1 << KNOWN_BITS;

  private final String[] known = new String[KNOWN];

  /** Of each known text: its length in bytes and all of these, as three numbers. */
  private final long[] knownBytes = new long[4 * KNOWN];

  private byte[] bytes = {};
  private int at;

  /** Starts with another record. */
  void begin(byte[] encoded, int from) {
    bytes = encoded;
    at = from;
  }

  byte next() {
    return bytes[at++];
  }

  /** Zigzag, of up to ten bytes. */
  long number() {
    byte one = bytes[at++];
    long raw = one & 0x7F;
    int shift = 7;
    while (one < 0) {
      if (shift > 63) {
        throw new IllegalStateException("a number of more than ten bytes");
      }
      one = bytes[at++];
      raw |= (one & 0x7FL) << shift;
      shift += 7;
    }
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** A number that is a place or a size. */
  int count() {
    return Math.toIntExact(number());
  }

  /** How many elements are in the next block of an array or a map; 0: there is no further one. */
  int block() {
    long count = number();
    if (count < 0) {
      number(); // Its size in bytes, for whoever wants to skip it.
      count = -count;
    }
    // Every element takes a byte at least.
    if (count > bytes.length - at || count < 0) {
      throw new IllegalStateException("more elements than bytes");
    }
    return (int) count;
  }

  byte[] bytes() {
    int length = length();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  String text() {
    int length = length();
    int from = at;
    at += length;
    if (length == 0) {
      return "";
    }
    if (length > LONGEST_KNOWN) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    long first = length < Long.BYTES ? few(from, length) : (long) EIGHT.get(bytes, from);
    long middle = length > 2 * Long.BYTES ? (long) EIGHT.get(bytes, from + Long.BYTES) : 0;
    long last = length < Long.BYTES ? 0 : (long) EIGHT.get(bytes, at - Long.BYTES);
    long mixed = (first + length) * 0x9E3779B97F4A7C15L ^ (last + middle) * 0xBF58476D1CE4E5B9L;
    int place = (int) (mixed >>> (Long.SIZE - KNOWN_BITS));
    int of = 4 * place;
    if (knownBytes[of] == length
        && knownBytes[of + 1] == first
        && knownBytes[of + 2] == middle
        && knownBytes[of + 3] == last) {
      return known[place];
    }
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    known[place] = text;
    knownBytes[of] = length;
    knownBytes[of + 1] = first;
    knownBytes[of + 2] = middle;
    knownBytes[of + 3] = last;
    return text;
  }

  private long few(int from, int length) {
    long few = 0;
    for (int i = 0; i < length; i++) {
      few |= (bytes[from + i] & 0xFFL) << (8 * i);
    }
    return few;
  }

  private int length() {
    int length = count();
    if (length < 0 || length > bytes.length - at) {
      throw new IllegalStateException("a text longer than its record");
    }
    return length;
  }
}
