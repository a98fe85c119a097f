package io.voronka.gateway.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The listening sockets and their event loops. */
public final class WebhookServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  /** Shared by all loops, still free to choose. */
  private static final int ANY_PORT = -1;

  private final Vertx vertx;
  private final String deployment;
  private final HttpServer management;
  private final int port;

  private WebhookServer(Vertx vertx, String deployment, HttpServer management, int port) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.management = management;
    this.port = port;
  }

  /**
   * Listens.
   *
   * @throws StartException when a port cannot be had
   */
  public static WebhookServer start(
      GatewayParts parts, HttpSettings settings, ManagementRoutes routes) throws StartException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(settings.eventLoops()));
    try {
      boolean apart = settings.managementPort() >= 0;
      Handler<HttpServerRequest> others = apart ? ManagementRoutes.none(parts.metrics()) : routes;
      List<WebhookVerticle> verticles = new CopyOnWriteArrayList<>();
      AtomicInteger connections = new AtomicInteger();
      int port = settings.port() == 0 ? ANY_PORT : settings.port();
      Handler<HttpServerRequest> rest = new UnsubscribeRoutes(parts, others);
      Supplier<WebhookVerticle> verticle =
          () -> {
            WebhookVerticle made = new WebhookVerticle(parts, settings, port, connections, rest);
            verticles.add(made);
            return made;
          };
      String deployment =
          await(
              vertx.deployVerticle(
                  verticle, new DeploymentOptions().setInstances(settings.eventLoops())),
              settings.port());
      // Only now: who hears there that we are ready sends webhooks.
      HttpServer management =
          apart
              ? await(
                  vertx
                      .createHttpServer(settings.serverOptions())
                      .invalidRequestHandler(new BrokenRequests(parts.metrics()))
                      .requestHandler(routes)
                      .listen(settings.managementPort()),
                  settings.managementPort())
              : null;
      parts.metrics().gauge("connections", "Open connections", connections::get);
      return new WebhookServer(vertx, deployment, management, verticles.get(0).actualPort());
    } catch (StartException e) {
      var unused = vertx.close();
      throw e;
    }
  }

  /** The port that webhooks come in on. */
  public int port() {
    return port;
  }

  /** The port of health, readiness and metrics. */
  public int managementPort() {
    return management == null ? port : management.actualPort();
  }

  /** Takes no new requests and waits for those that are being served, at most so long. */
  public void stopAccepting(Duration limit) throws InterruptedException {
    try {
      vertx
          .undeploy(deployment)
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The rest is cut off by close().
      return;
    }
  }

  /** Ends all connections and threads. */
  public void close() throws InterruptedException {
    try {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the HTTP server does not close", e);
    }
  }

  private static <T> T await(Future<T> future, int port) throws StartException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted", e);
    } catch (ExecutionException e) {
      throw new StartException("port " + port + ": " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new StartException("no answer within " + START_LIMIT, e);
    }
  }

  /** The server cannot listen. */
  public static final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
