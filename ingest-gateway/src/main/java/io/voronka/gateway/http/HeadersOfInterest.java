package io.voronka.gateway.http;

import io.vertx.core.MultiMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The headers that are archived with a webhook: none of them can carry a secret of ours. */
final class HeadersOfInterest {
  private static final List<String> NAMES =
      List.of(
          "content-type", "content-encoding", "user-agent", "x-amocrm-requestid", "x-request-id");
  private static final int LONGEST = 512;

  private HeadersOfInterest() {}

  /** Names in lower case, values cut at 512 characters. */
  static Map<String, String> of(MultiMap headers) {
    Map<String, String> found = new HashMap<>();
    for (String name : NAMES) {
      String value = headers.get(name);
      if (value != null) {
        found.put(name, value.length() > LONGEST ? value.substring(0, LONGEST) : value);
      }
    }
    return found;
  }
}
