package io.voronka.connectors.crm.kommo.form;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Percent-decoding of one name or value into text, forgiving where the sender was careless.
 *
 * <p>A broken escape stays as it is written. Bytes are read as UTF-8; when they are mostly not
 * UTF-8, as the fallback charset. Every piece is judged alone, so that a stray one does not spoil
 * its neighbours. Not thread-safe.
 */
final class FormText {
  private final Charset fallback;
  private byte[] scratch = new byte[256];
  private boolean plain;

  FormText(Charset fallback) {
    this.fallback = fallback;
  }

  /** End of the value that starts here; remembers whether there is anything to decode in it. */
  int end(byte[] body, int from) {
    int at = from;
    int telling = 0;
    while (at < body.length && body[at] != '&') {
      byte b = body[at++];
      telling |= b | (b == '%' || b == '+' ? Integer.MIN_VALUE : 0);
    }
    plain = telling >= 0;
    return at;
  }

  /** Decodes the value whose end was just looked for. */
  String decode(byte[] body, int from, int to) {
    return plain
        ? from == to ? "" : new String(body, from, to - from, StandardCharsets.ISO_8859_1)
        : decodeAny(body, from, to);
  }

  /** Decodes a name or any other piece. */
  String decodeAny(byte[] body, int from, int to) {
    if (from == to) {
      return "";
    }
    if (scratch.length < to - from) {
      scratch = new byte[Math.max(to - from, scratch.length * 2)];
    }
    byte[] out = scratch;
    int length = 0;
    int seen = 0;
    int at = from;
    while (at < to) {
      byte b = body[at++];
      if (b == '%' && at + 1 < to) {
        int high = hex(body[at]);
        int low = hex(body[at + 1]);
        if ((high | low) >= 0) {
          b = (byte) (high << 4 | low);
          at += 2;
        }
      } else if (b == '+') {
        b = ' ';
      }
      seen |= b;
      out[length++] = b;
    }
    if (seen >= 0) {
      return new String(out, 0, length, StandardCharsets.ISO_8859_1);
    }
    return mostlyUtf8(out, length)
        ? new String(out, 0, length, StandardCharsets.UTF_8)
        : new String(out, 0, length, fallback);
  }

  static int hex(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    int letter = b | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }

  /**
   * True when at least as many sequences are whole as are broken: a value cut inside a letter is
   * still UTF-8 with one replacement character, while Cyrillic text in a one-byte charset holds
   * hardly one whole sequence.
   */
  private static boolean mostlyUtf8(byte[] bytes, int length) {
    int whole = 0;
    int broken = 0;
    int at = 0;
    while (at < length) {
      int b = bytes[at++];
      if (b >= 0) {
        continue;
      }
      int following =
          b >= (byte) 0xF5 || b < (byte) 0xC2 ? -1 : b < (byte) 0xE0 ? 1 : b < (byte) 0xF0 ? 2 : 3;
      int end = at;
      while (end < length && end - at < following && bytes[end] < (byte) 0xC0) {
        end++;
      }
      if (following > 0 && end - at == following) {
        whole++;
        at = end;
      } else {
        broken++;
      }
    }
    return broken == 0 || whole >= broken;
  }
}
