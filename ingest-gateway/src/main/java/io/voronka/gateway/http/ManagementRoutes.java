package io.voronka.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.voronka.gateway.accept.Refusal;
import io.voronka.gateway.metrics.GatewayMetrics;
import java.util.function.Supplier;

/** {@code /health}, {@code /ready} and {@code /metrics}; anything else is not found. */
public final class ManagementRoutes implements Handler<HttpServerRequest> {
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<Health> health;
  private final Supplier<String> scrape;
  private final GatewayMetrics metrics;

  /**
   * @param scrape all metrics in Prometheus' text format
   */
  public ManagementRoutes(
      Supplier<Health> health, Supplier<String> scrape, GatewayMetrics metrics) {
    this.health = health;
    this.scrape = scrape;
    this.metrics = metrics;
  }

  /** Whatever is asked for is not found: for the public port when there is another for this. */
  static Handler<HttpServerRequest> none(GatewayMetrics metrics) {
    return request -> notFound(request, metrics);
  }

  @Override
  public void handle(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      notFound(request, metrics);
      return;
    }
    switch (path) {
      case "/health" -> {
        boolean alive = health.get().alive();
        json(request, alive, new JsonObject().put("status", alive ? "up" : "down"));
      }
      case "/ready" -> {
        Health now = health.get();
        json(request, now.accepting(), now.toJson());
      }
      case "/metrics" -> {
        var unused =
            request.response().putHeader(HttpHeaders.CONTENT_TYPE, METRICS_TYPE).end(scrape.get());
      }
      default -> notFound(request, metrics);
    }
  }

  /**
   * @param alive the threads that must run do
   * @param accepting a webhook sent now would be taken
   * @param mode of the outbox, in lower case
   * @param controlRows where the accounts come from, in lower case
   */
  public record Health(
      boolean alive,
      boolean accepting,
      String mode,
      String controlRows,
      int accounts,
      long spoolEntries,
      long spoolBytes) {
    JsonObject toJson() {
      return new JsonObject()
          .put("ready", accepting)
          .put("mode", mode)
          .put("control_rows", controlRows)
          .put("accounts", accounts)
          .put("spool_entries", spoolEntries)
          .put("spool_bytes", spoolBytes);
    }
  }

  private static void json(HttpServerRequest request, boolean good, JsonObject body) {
    Answers.json(request.response(), good ? 200 : 503, Buffer.buffer(body.encode()));
  }

  private static void notFound(HttpServerRequest request, GatewayMetrics metrics) {
    metrics.refused(Refusal.NOT_FOUND);
    Answers.refuse(request.response(), Refusal.NOT_FOUND);
  }
}
