package io.voronka.connectors.crm.kommo.rest;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The address that a browser is sent to after a person was asked about an integration. Each part is
 * null when it is not there.
 *
 * @param code good for one exchange within 20 minutes
 * @param state as it was in the address that the person opened
 * @param referer host of the account; a stranger's word until it is checked
 * @param error {@code access_denied} when the person said no
 */
public record AuthorizationRedirect(
    String code, String state, String referer, String clientId, String error) {

  /**
   * @throws IllegalArgumentException when it is no address with a query, or its query is broken;
   *     the text is not repeated, it may hold a code
   */
  public static AuthorizationRedirect parse(String address) {
    String query;
    try {
      query = new URI(address.strip()).getRawQuery();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("the redirect is no address", e.getCause());
    }
    if (query == null) {
      throw new IllegalArgumentException("the redirect has no query");
    }
    Map<String, String> parts = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String name = decoded(pair.substring(0, equals));
        if (parts.putIfAbsent(name, decoded(pair.substring(equals + 1))) != null) {
          throw new IllegalArgumentException("the redirect has " + name + " twice");
        }
      }
    }
    return new AuthorizationRedirect(
        parts.get("code"),
        parts.get("state"),
        parts.get("referer"),
        parts.get("client_id"),
        parts.get("error"));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Without the code. */
  @Override
  public String toString() {
    return "redirect from " + referer + (error == null ? "" : ": " + error);
  }
}
