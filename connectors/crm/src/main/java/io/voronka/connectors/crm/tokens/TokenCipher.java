package io.voronka.connectors.crm.tokens;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 in Galois counter mode. A sealed token is {@code 1, 12 bytes of nonce, ciphertext and
 * tag}; the row and column it belongs to are authenticated with it, so that it cannot be moved to
 * another account.
 */
public final class TokenCipher {
  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final byte FORMAT = 1;
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  private TokenCipher(SecretKey key) {
    this.key = key;
  }

  /**
   * With a key of 32 bytes in Base64.
   *
   * @throws IllegalArgumentException for anything else; the message does not repeat the text
   */
  public static TokenCipher withKey(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the key of the token store is not Base64");
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "the key of the token store has " + bytes.length + " bytes, not " + KEY_BYTES);
    }
    return new TokenCipher(new SecretKeySpec(bytes, "AES"));
  }

  /**
   * @param place row and column that the token belongs to
   */
  public byte[] seal(String token, String place) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(token.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put(FORMAT)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + TRANSFORMATION, e);
    }
  }

  /**
   * @throws GeneralSecurityException when it was sealed with another key, for another place, or was
   *     changed
   */
  public String open(byte[] sealed, String place) throws GeneralSecurityException {
    if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != FORMAT) {
      throw new GeneralSecurityException("not a sealed token");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(sealed, 1, sealed.length - 1).get(nonce);
    byte[] rest = new byte[buffer.remaining()];
    buffer.get(rest);
    return new String(
        cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(rest), StandardCharsets.UTF_8);
  }

  private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
