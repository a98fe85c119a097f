package io.voronka.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids that are derived from what caused them, so that doing a thing again gives the same id: the
 * first 128 bits of SHA-256 over the length-prefixed parts, in lower-case hex.
 */
public final class StableId {
  private static final int BYTES = 16;

  /** Looking an algorithm up costs more than hashing an id; a copy of a fresh one does not. */
  private static final MessageDigest FRESH = lookedUp();

  private StableId() {}

  /** 32 hex digits; {@code of("a", "bc")} differs from {@code of("ab", "c")}. */
  public static String of(String... parts) {
    byte[][] encoded = new byte[parts.length][];
    int size = 0;
    for (int i = 0; i < parts.length; i++) {
      encoded[i] = parts[i].getBytes(StandardCharsets.UTF_8);
      size += Integer.BYTES + encoded[i].length;
    }
    ByteBuffer together = ByteBuffer.allocate(size);
    for (byte[] part : encoded) {
      together.putInt(part.length).put(part);
    }
    return of(together.array(), size);
  }

  /** 32 hex digits, for who has put the parts into one buffer himself. */
  public static String of(byte[] buffer, int length) {
    MessageDigest digest = sha256();
    digest.update(buffer, 0, length);
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  /**
   * 64 bits of a text, for remembering it in state: FNV-1a, finished so that all bits count. Not
   * for ids that leave the system. Of several parts, that of the text that they make together.
   */
  public static long fingerprint(String... parts) {
    long hash = 0xcbf29ce484222325L;
    for (String part : parts) {
      for (int i = 0; i < part.length(); i++) {
        hash = (hash ^ part.charAt(i)) * 0x100000001b3L;
      }
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }

  static MessageDigest sha256() {
    try {
      return (MessageDigest) FRESH.clone();
    } catch (CloneNotSupportedException e) {
      return lookedUp();
    }
  }

  private static MessageDigest lookedUp() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
