package io.voronka.gateway.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.voronka.gateway.accept.Refusal;
import io.voronka.gateway.metrics.GatewayMetrics;

/**
 * Answers what is no HTTP, or too much of it, and closes its connection: nobody knows what follows.
 */
final class BrokenRequests implements Handler<HttpServerRequest> {
  private final GatewayMetrics metrics;

  BrokenRequests(GatewayMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Refusal refusal = refusal(request.decoderResult().cause());
    metrics.refused(refusal);
    Answers.refuse(request.response(), refusal);
    var unused = request.connection().close();
  }

  private static Refusal refusal(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Refusal.LINE_TOO_LONG;
    }
    return cause instanceof TooLongHttpHeaderException
        ? Refusal.HEADERS_TOO_LARGE
        : Refusal.MALFORMED_REQUEST;
  }
}
