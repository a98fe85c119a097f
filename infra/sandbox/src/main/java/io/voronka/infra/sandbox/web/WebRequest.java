package io.voronka.infra.sandbox.web;

import java.util.Map;

/**
 * One request, read whole.
 *
 * @param method upper case
 * @param path without the query
 * @param rawQuery undecoded, or null
 * @param headers keys in lower case, last value wins
 * @param body never null
 */
public record WebRequest(
    String method,
    String path,
    String rawQuery,
    Query query,
    Map<String, String> headers,
    byte[] body) {

  public static WebRequest of(
      String method, String path, String rawQuery, Map<String, String> headers, byte[] body) {
    return new WebRequest(method, path, rawQuery, Query.parse(rawQuery), headers, body);
  }

  /** The header, or the empty string. */
  public String header(String lowerCaseName) {
    return headers.getOrDefault(lowerCaseName, "");
  }
}
