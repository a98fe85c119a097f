package io.voronka.gateway.accept;

import java.util.Map;

/**
 * One request as it came, its token already replaced by its hash.
 *
 * @param id of the archived request, random
 * @param tokenSha256 lower-case hex
 * @param receivedAt epoch milliseconds, when the body was complete
 * @param path with the token replaced by a dash
 * @param headers those of interest, names in lower case
 */
public record RawWebhook(
    String id,
    String tokenSha256,
    long receivedAt,
    String method,
    String path,
    Map<String, String> headers,
    byte[] body) {
  /** Header that says what the body is encoded in. */
  public static final String CONTENT_TYPE = "content-type";

  /** Null when the request had none. */
  public String contentType() {
    return headers.get(CONTENT_TYPE);
  }
}
