package io.voronka.connectors.testing.kommo;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Bodies damaged in every way that we could think of: cut at every offset, with indices, brackets
 * and charsets changed, with noise over and between.
 */
public final class DamagedBodies {
  private static final Charset[] CHARSETS = {
    Charset.forName("windows-1251"),
    Charset.forName("KOI8-R"),
    StandardCharsets.UTF_16LE,
    StandardCharsets.UTF_16,
    Charset.forName("IBM866")
  };

  private static final String[] NOISE = {
    "&",
    "=",
    "[",
    "]",
    "%5B",
    "%5D",
    "[]",
    "%",
    "%4",
    "%ZZ",
    "+",
    "\0",
    "\uFFFD",
    "{",
    "\"",
    "leads",
    "&leads[update]=7",
    "&leads[add][][id]=",
    "&account",
    "&x[y]",
    "0",
    "99999999",
    "[0]",
    "][",
    "%00",
    ";",
    "\n"
  };

  private static final String[] INDICES = {
    "", "00", "-1", "7", "999999", "9999999999", "x", "0][0", "%30", " 0"
  };

  private static final Pattern INDEX = Pattern.compile("(\\[|%5B)\\d+(]|%5D)");
  private static final Pattern UTF_8 = Pattern.compile("(?:%[C-D][0-9A-F]%[89AB][0-9A-F])+");

  private DamagedBodies() {}

  /** A body after the damage, which once in a while changed nothing. */
  public static final class Damaged {
    private final KommoBody original;
    private final byte[] bytes;

    private Damaged(KommoBody original, byte[] bytes) {
      this.original = original;
      this.bytes = bytes;
    }

    public KommoBody original() {
      return original;
    }

    public byte[] bytes() {
      return bytes;
    }

    /** Every byte as one character. */
    @Override
    public String toString() {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * First every cut of every body, then other damage until there are as many as asked for.
   *
   * @throws IllegalArgumentException when the cuts alone are more
   */
  public static Stream<Damaged> of(List<KommoBody> bodies, int count, long seed) {
    int cuts = bodies.stream().mapToInt(body -> body.length() + 1).sum();
    if (cuts >= count) {
      throw new IllegalArgumentException(cuts + " cuts alone");
    }
    Random random = new Random(seed);
    return Stream.concat(
        bodies.stream().flatMap(DamagedBodies::cuts),
        Stream.generate(() -> damaged(bodies.get(random.nextInt(bodies.size())), random))
            .limit(count - cuts));
  }

  private static Stream<Damaged> cuts(KommoBody body) {
    byte[] whole = body.bytes();
    return IntStream.rangeClosed(0, whole.length)
        .mapToObj(length -> new Damaged(body, Arrays.copyOf(whole, length)));
  }

  private static Damaged damaged(KommoBody body, Random random) {
    byte[] bytes = mutate(body.bytes(), random);
    return new Damaged(body, random.nextInt(4) == 0 ? mutate(bytes, random) : bytes);
  }

  private static byte[] mutate(byte[] body, Random random) {
    if (body.length < 4) {
      return body;
    }
    int at = random.nextInt(body.length);
    int end = Math.min(body.length, at + 1 + random.nextInt(random.nextInt(8) == 0 ? 200 : 8));
    switch (random.nextInt(11)) {
      case 0: // noise over some bytes
        byte[] noisy = body.clone();
        for (int i = at; i < end; i++) {
          noisy[i] = (byte) random.nextInt(256);
        }
        return noisy;
      case 1: // noise between
        byte[] bytes = new byte[1 + random.nextInt(6)];
        random.nextBytes(bytes);
        return splice(body, at, at, bytes);
      case 2: // some bytes gone
        return splice(body, at, end, new byte[0]);
      case 3: // some bytes twice
        return splice(body, end, end, Arrays.copyOfRange(body, at, end));
      case 4: // telling bytes between
        return splice(body, at, at, latin(NOISE[random.nextInt(NOISE.length)]));
      case 5: // a digit or bracket nearby becomes another
        return otherDigitOrBracket(body, at, random);
      case 6: // a piece in another charset, raw
        String piece = new String(body, at, end - at, StandardCharsets.UTF_8) + "Сделка";
        return splice(body, at, end, piece.getBytes(CHARSETS[random.nextInt(CHARSETS.length)]));
      case 7: // one bit
        byte[] flipped = body.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
      case 8: // an index becomes another, or none
        return otherIndex(body, at, random);
      case 9: // an escaped text in another charset
        return otherCharset(body, at, random);
      default: // a piece from elsewhere in the body
        int from = random.nextInt(body.length);
        return splice(
            body, at, end, Arrays.copyOfRange(body, from, Math.min(body.length, from + 30)));
    }
  }

  private static byte[] otherDigitOrBracket(byte[] body, int from, Random random) {
    byte[] changed = body.clone();
    for (int i = 0; i < body.length; i++) {
      int at = (from + i) % body.length;
      if (body[at] >= '0' && body[at] <= '9') {
        changed[at] = (byte) ('0' + random.nextInt(10));
        return changed;
      }
      if (body[at] == '[' || body[at] == ']') {
        changed[at] = (byte) "[]()%&=x".charAt(random.nextInt(8));
        return changed;
      }
    }
    return changed;
  }

  private static byte[] otherIndex(byte[] body, int from, Random random) {
    Matcher index = INDEX.matcher(new String(body, StandardCharsets.ISO_8859_1));
    if (!index.find(from) && !index.find(0)) {
      return body;
    }
    String other = index.group(1) + INDICES[random.nextInt(INDICES.length)] + index.group(2);
    return splice(body, index.start(), index.end(), latin(other));
  }

  private static byte[] otherCharset(byte[] body, int from, Random random) {
    Matcher text = UTF_8.matcher(new String(body, StandardCharsets.ISO_8859_1));
    if (!text.find(from) && !text.find(0)) {
      return body;
    }
    byte[] decoded = new byte[text.group().length() / 3];
    for (int i = 0; i < decoded.length; i++) {
      decoded[i] = (byte) Integer.parseInt(text.group().substring(3 * i + 1, 3 * i + 3), 16);
    }
    StringBuilder escaped = new StringBuilder();
    Charset charset = CHARSETS[random.nextInt(CHARSETS.length)];
    for (byte one : new String(decoded, StandardCharsets.UTF_8).getBytes(charset)) {
      escaped.append('%').append(Character.forDigit((one >> 4) & 15, 16));
      escaped.append(Character.forDigit(one & 15, 16));
    }
    return splice(body, text.start(), text.end(), latin(escaped.toString()));
  }

  private static byte[] splice(byte[] body, int from, int to, byte[] between) {
    byte[] result = new byte[body.length - (to - from) + between.length];
    System.arraycopy(body, 0, result, 0, from);
    System.arraycopy(between, 0, result, from, between.length);
    System.arraycopy(body, to, result, from + between.length, body.length - to);
    return result;
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
