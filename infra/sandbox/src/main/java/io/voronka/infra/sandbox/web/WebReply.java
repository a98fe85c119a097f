package io.voronka.infra.sandbox.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back to the caller.
 *
 * @param status HTTP status; {@link #DROPPED} closes the connection without a word
 * @param contentType may be null when there is no body
 * @param headers further headers
 */
public record WebReply(int status, String contentType, byte[] body, Map<String, String> headers) {
  /** The status of a reply that is never written. */
  public static final int DROPPED = 0;

  private static final byte[] NOTHING = new byte[0];

  public static WebReply json(int status, Object value) {
    return of(status, "application/json", value);
  }

  public static WebReply of(int status, String contentType, Object json) {
    return new WebReply(status, contentType, Json.bytes(json), Map.of());
  }

  public static WebReply text(int status, String contentType, String text) {
    return new WebReply(status, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  public static WebReply empty(int status) {
    return new WebReply(status, null, NOTHING, Map.of());
  }

  public static WebReply dropped() {
    return empty(DROPPED);
  }

  /** An admin error: {@code {"error": …}}. */
  public static WebReply refused(int status, String message) {
    JsonNode body = Json.object().put("error", message);
    return json(status, body);
  }

  public WebReply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new WebReply(status, contentType, body, more);
  }
}
