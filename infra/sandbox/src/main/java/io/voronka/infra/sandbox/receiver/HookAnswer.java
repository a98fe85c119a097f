package io.voronka.infra.sandbox.receiver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What a hook address answers.
 *
 * @param status default 200
 * @param body null for none
 * @param delayMs real milliseconds to wait; null for none
 */
public record HookAnswer(Integer status, JsonNode body, Map<String, String> headers, Long delayMs) {
  static final HookAnswer OK = new HookAnswer(200, null, null, null);

  public HookAnswer {
    status = status == null ? 200 : status;
    headers = headers == null ? Map.of() : Map.copyOf(headers);
  }
}
