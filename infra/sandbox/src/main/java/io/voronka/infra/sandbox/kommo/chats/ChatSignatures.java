package io.voronka.infra.sandbox.kommo.chats;

import io.voronka.infra.sandbox.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks what signs a request, as the vendor does: all four headers, and how old they are. */
final class ChatSignatures {
  private static final Duration VALID = Duration.ofMinutes(15);

  private ChatSignatures() {}

  /** Null when it is right, else what is wrong. */
  static String problem(WebRequest request, String secret, long now) {
    String date = request.header("date");
    try {
      Instant signedAt =
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      if (Duration.between(signedAt, Instant.ofEpochMilli(now)).abs().compareTo(VALID) > 0) {
        return "date is out of range";
      }
    } catch (DateTimeParseException e) {
      return "invalid date";
    }
    if (!request.header("content-type").equals("application/json")) {
      return "invalid content type";
    }
    String md5 = hex(digest(request.body()));
    if (!md5.equals(request.header("content-md5"))) {
      return "invalid content md5";
    }
    String signed =
        String.join(
            "\n", request.method(), md5, request.header("content-type"), date, request.path());
    return hex(hmac(secret, signed)).equals(request.header("x-signature"))
        ? null
        : "invalid signature";
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] digest(byte[] body) {
    try {
      return MessageDigest.getInstance("MD5").digest(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
