package io.voronka.jobs.executeactions.transport.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The symmetric signature of Standard Webhooks: HMAC-SHA256 over {@code id.timestamp.body}, once
 * for each secret, so that a receiver that knows only the old or only the new one is content.
 */
final class WebhookSignature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;

  private WebhookSignature() {}

  /** A secret that is none; the message does not repeat it. */
  static final class BadSecretException extends Exception {
    private static final long serialVersionUID = 1L;

    BadSecretException() {
      super(
          "not Base64 of "
              + SHORTEST
              + " to "
              + LONGEST
              + " bytes, with or without "
              + PREFIX
              + " before it");
    }
  }

  /** The bytes of a secret as it is written: Base64, usually after {@code whsec_}. */
  static byte[] key(String secret) throws BadSecretException {
    String base64 = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
    try {
      byte[] key = Base64.getDecoder().decode(base64);
      if (key.length >= SHORTEST && key.length <= LONGEST) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // Its message quotes the secret.
      throw new BadSecretException();
    }
    throw new BadSecretException();
  }

  /** The value of {@code webhook-signature}: one {@code v1,…} for each key. */
  static String of(List<byte[]> keys, String id, long timestamp, byte[] body) {
    List<String> signatures = new ArrayList<>();
    for (byte[] key : keys) {
      try {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(key, ALGORITHM));
        mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
        signatures.add("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
      }
    }
    return String.join(" ", signatures);
  }
}
