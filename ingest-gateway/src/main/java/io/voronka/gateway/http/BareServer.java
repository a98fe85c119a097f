package io.voronka.gateway.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The same HTTP server, doing nothing but reading the body and answering 200: what benchmarks
 * compare with.
 */
public final class BareServer {
  private BareServer() {}

  /** Listens, and completes with the port. */
  public static Future<Integer> start(HttpSettings settings) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(settings.eventLoops()));
    List<BareVerticle> verticles = new CopyOnWriteArrayList<>();
    Supplier<BareVerticle> verticle =
        () -> {
          BareVerticle made = new BareVerticle(settings);
          verticles.add(made);
          return made;
        };
    return vertx
        .deployVerticle(verticle, new DeploymentOptions().setInstances(settings.eventLoops()))
        .map(ignored -> verticles.get(0).server.actualPort());
  }

  private static final class BareVerticle extends VerticleBase {
    private final HttpSettings settings;
    private HttpServer server;

    BareVerticle(HttpSettings settings) {
      this.settings = settings;
    }

    @Override
    public Future<?> start() {
      server =
          vertx.createHttpServer(settings.serverOptions()).requestHandler(BareVerticle::answer);
      return server.listen(settings.port() == 0 ? -1 : settings.port());
    }

    private static void answer(HttpServerRequest request) {
      request
          .body()
          .onComplete(
              body -> {
                if (body.succeeded()) {
                  Answers.ok(request.response());
                }
              });
    }
  }
}
