package io.voronka.rules.domain.subject.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Growing buffer of variable-length numbers and texts. Reused: one belongs to one thread. */
public final class ByteWriter {
  private byte[] bytes = new byte[1024];
  private int size;

  /** Begins anew. */
  public void reset() {
    size = 0;
  }

  /** What was written so far, and some room behind it; see {@link #size}. */
  public byte[] bytes() {
    return bytes;
  }

  /** Bytes written so far. */
  public int size() {
    return size;
  }

  /** Small numbers take few bytes; for those that are not below zero. */
  public void number(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Small for numbers near zero on both sides. */
  public void difference(long value) {
    number((value << 1) ^ (value >> 63));
  }

  /** Always eight bytes. */
  public void fixed(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  /** Null is told apart from empty. */
  public void text(String text) {
    if (text == null) {
      number(0);
      return;
    }
    int length = text.length();
    int start = size;
    number(length + 1L);
    ensure(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        size = start;
        utf8(text);
        return;
      }
      bytes[size++] = (byte) c;
    }
  }

  /**
   * Bytes of another buffer that {@link ByteWriter} has written.
   *
   * @param to behind the last one
   */
  void copy(byte[] others, int from, int to) {
    ensure(to - from);
    System.arraycopy(others, from, bytes, size, to - from);
    size += to - from;
  }

  private void utf8(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length + 1L);
    ensure(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
