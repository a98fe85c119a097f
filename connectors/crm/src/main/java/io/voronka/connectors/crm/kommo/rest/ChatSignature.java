package io.voronka.connectors.crm.kommo.rest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The headers that sign a request to the chats API. The vendor chose the algorithms; what they do
 * not protect (the query, the host) is kept out of what is asked.
 */
final class ChatSignature {
  static final String CONTENT_TYPE = "application/json";

  private static final String HMAC = "HmacSHA1";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ChatSignature() {}

  /**
   * @param body exactly as it is sent; empty for none
   * @param now the vendor takes it for 15 minutes
   */
  static Map<String, String> headers(
      String secret, String method, URI uri, byte[] body, Instant now) {
    String md5 = HexFormat.of().formatHex(md5(body));
    String date = DATE.format(now);
    String signed = String.join("\n", method, md5, CONTENT_TYPE, date, uri.getRawPath());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Date", date);
    headers.put("Content-Type", CONTENT_TYPE);
    headers.put("Content-MD5", md5);
    headers.put("X-Signature", HexFormat.of().formatHex(hmac(secret, signed)));
    return headers;
  }

  private static byte[] md5(byte[] body) {
    try {
      return MessageDigest.getInstance("MD5").digest(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private static byte[] hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }
}
