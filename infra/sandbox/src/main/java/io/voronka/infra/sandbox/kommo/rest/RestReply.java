package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.web.WebReply;

/**
 * A good answer.
 *
 * @param body null for none
 */
public record RestReply(int status, JsonNode body) {
  public static RestReply ok(JsonNode body) {
    return new RestReply(200, body);
  }

  /** 204: nothing there, or nothing to say. */
  public static RestReply nothing() {
    return new RestReply(204, null);
  }

  public WebReply web() {
    return body == null
        ? WebReply.empty(status)
        : WebReply.of(status, "application/hal+json", body);
  }
}
