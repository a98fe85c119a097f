package io.voronka.connectors.crm.kommo.form;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Percent-decoding of the names and values of one body into text, forgiving where the sender was
 * careless.
 *
 * <p>A broken escape stays as it is written. Bytes are read as UTF-8; when they are mostly not
 * UTF-8, as the declared charset, or windows-1251. Every piece is judged alone, so that a stray one
 * does not spoil its neighbours; only of a piece too short to tell do they decide. Not thread-safe.
 */
final class FormText {
  private static final Charset STRAY = Charset.forName("windows-1251");

  /** So many letters of a one-byte charset are hardly ever UTF-8 by chance. */
  private static final int TELLING = 2;

  private final byte[] body;
  private final boolean declared;
  private final Charset fallback;
  private byte[] scratch = new byte[256];
  private boolean plain;
  private Boolean bodyIsUtf8;
  private int whole;
  private int broken;

  /**
   * @param declared the sender's charset when it is another than UTF-8; null when not known
   */
  FormText(byte[] body, Charset declared) {
    this.body = body;
    this.declared = declared != null;
    this.fallback = declared == null ? STRAY : declared;
  }

  /** End of the value that starts here; remembers whether there is anything to decode in it. */
  int end(int from) {
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
  String decode(int from, int to) {
    return plain
        ? from == to ? "" : new String(body, from, to - from, StandardCharsets.ISO_8859_1)
        : decodeAny(from, to);
  }

  /** Decodes a name or any other piece. */
  String decodeAny(int from, int to) {
    if (from == to) {
      return "";
    }
    int length = unescaped(from, to);
    if (length < 0) {
      return new String(scratch, 0, ~length, StandardCharsets.ISO_8859_1);
    }
    return new String(scratch, 0, length, isUtf8(length) ? StandardCharsets.UTF_8 : fallback);
  }

  /** Puts the bytes into the scratch and returns how many; as ~n when all of them are ASCII. */
  private int unescaped(int from, int to) {
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
    return seen >= 0 ? ~length : length;
  }

  static int hex(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    int letter = b | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }

  /**
   * A value cut inside a letter is still UTF-8 with one replacement character, while Cyrillic text
   * in a one-byte charset holds hardly one whole sequence. Two or three letters can be either.
   */
  private boolean isUtf8(int length) {
    count(length);
    if (broken == 0 || whole > broken) {
      return true;
    }
    boolean unclear = whole == broken || whole == 0 && broken == 1;
    return unclear && !declared && bodyIsUtf8(length);
  }

  /** Whether some other piece can be nothing else. */
  private boolean bodyIsUtf8(int length) {
    if (bodyIsUtf8 == null) {
      byte[] kept = Arrays.copyOf(scratch, length);
      bodyIsUtf8 = false;
      for (int at = 0, end; at < body.length && !bodyIsUtf8; at = end + 1) {
        end = at;
        while (end < body.length && body[end] != '&' && body[end] != '=') {
          end++;
        }
        int bytes = unescaped(at, end);
        if (bytes > 0) {
          count(bytes);
          bodyIsUtf8 = broken == 0 && whole >= TELLING;
        }
      }
      System.arraycopy(kept, 0, scratch, 0, length);
    }
    return bodyIsUtf8;
  }

  /** How many sequences of the scratch are whole, and how many are broken. */
  private void count(int length) {
    byte[] bytes = scratch;
    whole = 0;
    broken = 0;
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
  }
}
