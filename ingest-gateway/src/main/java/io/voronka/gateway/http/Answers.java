package io.voronka.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.voronka.gateway.accept.Refusal;
import java.util.EnumMap;
import java.util.Map;

/** What a caller is told: a status, and a small JSON body with the reason's name, never more. */
final class Answers {
  static final String ALLOWED = "GET, HEAD, POST";
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence ALLOW = HttpHeaders.createOptimized("allow");
  private static final Map<Refusal, Buffer> BODIES = new EnumMap<>(Refusal.class);

  static {
    for (Refusal refusal : Refusal.values()) {
      BODIES.put(refusal, Buffer.buffer("{\"error\":\"" + refusal.label() + "\"}"));
    }
  }

  private Answers() {}

  static void ok(HttpServerResponse response) {
    if (open(response)) {
      var unused = response.end();
    }
  }

  static void refuse(HttpServerResponse response, Refusal refusal) {
    if (!open(response)) {
      return;
    }
    if (refusal == Refusal.METHOD_NOT_ALLOWED) {
      response.putHeader(ALLOW, ALLOWED);
    }
    json(response, refusal.status(), BODIES.get(refusal));
  }

  static void json(HttpServerResponse response, int status, Buffer body) {
    var unused = response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
  }

  private static boolean open(HttpServerResponse response) {
    return !response.ended() && !response.closed();
  }
}
