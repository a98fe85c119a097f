package io.voronka.infra.sandbox.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One HTTP port; hands each request, read whole, to the handler of its path's first segment. */
public final class WebFront {
  private static final Logger LOG = LoggerFactory.getLogger(WebFront.class);
  private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  private final Map<String, WebHandler> byFirstSegment = new TreeMap<>();
  private HttpServer server;

  public WebFront mount(String firstSegment, WebHandler handler) {
    byFirstSegment.put(firstSegment, handler);
    return this;
  }

  /** Binds; completes with the real port. Must be called on the sandbox's context. */
  public Future<Integer> listen(Vertx vertx, String host, int port) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setTcpNoDelay(true)
            .setReuseAddress(true)
            .setMaxInitialLineLength(16 * 1024)
            .setMaxHeaderSize(32 * 1024);
    server = vertx.createHttpServer(options).requestHandler(this::receive);
    return server.listen(port, host).map(HttpServer::actualPort);
  }

  public Future<Void> close() {
    return server == null ? Future.succeededFuture() : server.close();
  }

  private void receive(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    boolean[] tooLarge = {false};
    request.exceptionHandler(e -> LOG.debug("caller went away: {}", e.toString()));
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > MAX_BODY_BYTES) {
            tooLarge[0] = true;
          } else {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(
        end -> {
          if (tooLarge[0]) {
            write(request, WebReply.refused(413, "body over " + MAX_BODY_BYTES + " bytes"));
          } else {
            answer(request, body);
          }
        });
  }

  private void answer(HttpServerRequest request, Buffer body) {
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach(e -> headers.put(e.getKey().toLowerCase(Locale.ROOT), e.getValue()));
    WebRequest read =
        WebRequest.of(
            request.method().name(), request.path(), request.query(), headers, body.getBytes());
    WebHandler handler = byFirstSegment.get(firstSegment(read.path()));
    if (handler == null) {
      write(request, WebReply.refused(404, "nothing is served at " + read.path()));
      return;
    }
    Future<WebReply> reply;
    try {
      reply = handler.handle(read);
    } catch (IllegalArgumentException e) {
      reply = Future.succeededFuture(WebReply.refused(400, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      reply = Future.failedFuture(e);
    }
    reply.onComplete(
        done -> {
          if (done.succeeded()) {
            write(request, done.result());
          } else if (done.cause() instanceof IllegalArgumentException) {
            write(request, WebReply.refused(400, String.valueOf(done.cause().getMessage())));
          } else {
            LOG.error("{} {} failed", read.method(), read.path(), done.cause());
            write(request, WebReply.refused(500, "the sandbox failed; see its log"));
          }
        });
  }

  private static void write(HttpServerRequest request, WebReply reply) {
    if (reply.status() == WebReply.DROPPED) {
      request
          .connection()
          .close()
          .onFailure(e -> LOG.debug("closing a connection: {}", e.toString()));
      return;
    }
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    if (reply.contentType() != null) {
      response.putHeader("Content-Type", reply.contentType());
    }
    response
        .end(Buffer.buffer(reply.body()))
        .onFailure(e -> LOG.debug("answer not delivered: {}", e.toString()));
  }

  private static String firstSegment(String path) {
    int end = path.indexOf('/', 1);
    return path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
  }
}
