package io.voronka.connectors.crm.secrets;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token in a mail's unsubscribe link. It is encrypted and authenticated (AES-256 in Galois
 * counter mode), so that who sees a link, or the log of a proxy, learns no address, and nobody can
 * make one for somebody else. Its nonce is made from its content, so that a mail that is sent twice
 * is the same mail. A token is {@code 1, 12 bytes of nonce, ciphertext and tag} in Base64 for URLs.
 */
public final class UnsubscribeSeal {
  private static final int SHORTEST_SECRET = 16;
  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final String HMAC = "HmacSHA256";
  private static final byte FORMAT = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final List<Keys> keys;

  private record Keys(byte[] encryption, byte[] nonces) {}

  private UnsubscribeSeal(List<Keys> keys) {
    this.keys = keys;
  }

  /**
   * @param secrets the first one seals, all of them open: links live as long as mails do
   * @throws IllegalArgumentException when there is none, or one is too short; it is not repeated
   */
  public static UnsubscribeSeal with(List<String> secrets) {
    if (secrets.isEmpty()
        || secrets.stream().anyMatch(secret -> secret.length() < SHORTEST_SECRET)) {
      throw new IllegalArgumentException(
          "a secret of unsubscribe links has at least " + SHORTEST_SECRET + " characters");
    }
    return new UnsubscribeSeal(
        secrets.stream()
            .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
            .map(secret -> new Keys(hmac(secret, "encryption"), hmac(secret, "nonces")))
            .toList());
  }

  public String seal(Unsubscription whom) {
    byte[] plain = write(whom);
    Keys own = keys.get(0);
    byte[] nonce = Arrays.copyOf(hmac(own.nonces(), plain), NONCE_BYTES);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, own, nonce).doFinal(plain);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                  .put(FORMAT)
                  .put(nonce)
                  .put(sealed)
                  .array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + TRANSFORMATION, e);
    }
  }

  /** Empty when none of the secrets has sealed it, or it was changed. */
  public Optional<Unsubscription> open(String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length <= 1 + NONCE_BYTES || bytes[0] != FORMAT) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOfRange(bytes, 1, 1 + NONCE_BYTES);
    byte[] sealed = Arrays.copyOfRange(bytes, 1 + NONCE_BYTES, bytes.length);
    return keys.stream().flatMap(one -> open(one, nonce, sealed).stream()).findFirst();
  }

  private static Optional<Unsubscription> open(Keys one, byte[] nonce, byte[] sealed) {
    try {
      return Optional.of(read(cipher(Cipher.DECRYPT_MODE, one, nonce).doFinal(sealed)));
    } catch (GeneralSecurityException | IOException e) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, Keys one, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(
        mode, new SecretKeySpec(one.encryption(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private static byte[] write(Unsubscription whom) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(whom.tenantId());
      out.writeUTF(whom.accountId());
      out.writeUTF(whom.contactId() == null ? "" : whom.contactId());
      out.writeUTF(whom.mail());
      out.writeUTF(whom.actionId());
    } catch (IOException e) {
      throw new IllegalArgumentException("an id or an address of more than 64 KiB", e);
    }
    return bytes.toByteArray();
  }

  private static Unsubscription read(byte[] plain) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
    String tenant = in.readUTF();
    String account = in.readUTF();
    String contact = in.readUTF();
    return new Unsubscription(
        tenant, account, contact.isEmpty() ? null : contact, in.readUTF(), in.readUTF());
  }

  private static byte[] hmac(byte[] key, String purpose) {
    return hmac(key, ("voronka unsubscribe " + purpose).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }
}
