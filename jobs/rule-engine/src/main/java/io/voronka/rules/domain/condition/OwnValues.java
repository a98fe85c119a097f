package io.voronka.rules.domain.condition;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is one rule's own (id, operands, texts for a reader), in one piece: of the thousands of
 * rules that may be in force an event meets a few that no cache holds any more, and each object
 * that has to be fetched is waited for.
 */
public final class OwnValues {
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);
  private static final VarHandle CHAR = view(char[].class);

  private byte[] bytes = new byte[64];
  private int size;

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.nativeOrder());
  }

  /** Appends a number. */
  public OwnValues number(long value) {
    int at = room(Long.BYTES);
    LONG.set(bytes, at, value);
    return this;
  }

  /** Appends a text that is read as a whole. */
  public OwnValues text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int at = room(Integer.BYTES + utf8.length);
    INT.set(bytes, at, utf8.length);
    System.arraycopy(utf8, 0, bytes, at + Integer.BYTES, utf8.length);
    return this;
  }

  /** Appends a text that others are compared with. */
  OwnValues letters(String text) {
    int at = room(Integer.BYTES + text.length() * Character.BYTES);
    INT.set(bytes, at, text.length());
    for (int i = 0; i < text.length(); i++) {
      CHAR.set(bytes, at + Integer.BYTES + i * Character.BYTES, text.charAt(i));
    }
    return this;
  }

  /** Where the next value begins. */
  public int size() {
    return size;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  public static long number(byte[] own, int at) {
    return (long) LONG.get(own, at);
  }

  public static int behindNumber(int at) {
    return at + Long.BYTES;
  }

  public static String text(byte[] own, int at) {
    int length = (int) INT.get(own, at);
    return new String(own, at + Integer.BYTES, length, StandardCharsets.UTF_8);
  }

  public static int behindText(byte[] own, int at) {
    return at + Integer.BYTES + (int) INT.get(own, at);
  }

  /** How many there are. */
  static int letters(byte[] own, int at) {
    return (int) INT.get(own, at);
  }

  static int behindLetters(byte[] own, int at) {
    return at + Integer.BYTES + letters(own, at) * Character.BYTES;
  }

  /** True when a text begins with the letters. */
  static boolean begin(byte[] own, int at, String text) {
    int length = letters(own, at);
    if (text.length() < length) {
      return false;
    }
    int place = at + Integer.BYTES;
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != (char) CHAR.get(own, place)) {
        return false;
      }
      place += Character.BYTES;
    }
    return true;
  }

  /** The place of so many new bytes. */
  private int room(int more) {
    int at = size;
    size += more;
    if (size > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size, bytes.length * 2));
    }
    return at;
  }
}
