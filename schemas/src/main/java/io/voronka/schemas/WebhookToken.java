package io.voronka.schemas;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The secret word in the path of an account's webhooks, of which control rows hold the hash only.
 */
public final class WebhookToken {
  private WebhookToken() {}

  /** Lower-case hex, as in {@code AccountRow}. */
  public static String sha256(String token) {
    MessageDigest digest = StableId.sha256();
    return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
  }
}
