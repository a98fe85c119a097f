package io.voronka.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.voronka.gateway.accept.AcceptedWebhook;
import io.voronka.gateway.accept.KnownAccount;
import io.voronka.gateway.accept.KommoDecoder;
import io.voronka.gateway.accept.RawWebhook;
import io.voronka.gateway.accept.Refusal;
import io.voronka.gateway.accept.TokenHash;
import io.voronka.gateway.accept.WebhookRecords;
import io.voronka.gateway.accounts.AccountTable;
import io.voronka.gateway.deliver.ArrivalClock;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes webhooks on one event loop: reads, judges, decodes, encodes, hands to the outbox, answers
 * when told.
 */
final class WebhookVerticle extends VerticleBase {
  /** Where Kommo's webhooks come in; the token follows. */
  static final String KOMMO = "/webhooks/kommo/";

  private static final Logger LOG = LoggerFactory.getLogger(WebhookVerticle.class);
  private static final String ARCHIVED_PATH = KOMMO + "-";
  private static final String UNINSTALLED = KommoDecoder.UNINSTALLED;
  private static final long SWEEP_MILLIS = 500;

  private final GatewayParts parts;
  private final HttpSettings settings;
  private final AtomicInteger connections;
  private final Handler<HttpServerRequest> others;
  private final int port;
  private final TokenHash tokenHash = new TokenHash();
  private final WebhookRecords encoder = new WebhookRecords();
  private final OpenBodies openBodies = new OpenBodies();
  private final ArrivalClock.Stamper stamper;
  private HttpServer server;

  /**
   * @param connections open ones on all loops together
   * @param others takes requests to other paths
   */
  WebhookVerticle(
      GatewayParts parts,
      HttpSettings settings,
      int port,
      AtomicInteger connections,
      Handler<HttpServerRequest> others) {
    this.parts = parts;
    this.settings = settings;
    this.port = port;
    this.connections = connections;
    this.others = others;
    this.stamper = parts.clock().stamper();
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(SWEEP_MILLIS, ignored -> sweep());
    server =
        vertx
            .createHttpServer(settings.serverOptions())
            .connectionHandler(this::connected)
            .invalidRequestHandler(new BrokenRequests(parts.metrics()))
            .requestHandler(this::handle);
    return server.listen(port);
  }

  @Override
  public Future<?> stop() {
    return server.shutdown(settings.bodyTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  int actualPort() {
    return server.actualPort();
  }

  void runOnLoop(Handler<Void> task) {
    context.runOnContext(task);
  }

  void refuse(HttpServerRequest request, Refusal refusal) {
    parts.metrics().refused(refusal);
    Answers.refuse(request.response(), refusal);
  }

  /** The body is complete. */
  void complete(Exchange exchange) {
    openBodies.remove(exchange);
    if (exchange.refused()) {
      return;
    }
    long receivedAt = stamper.stamp();
    try {
      RawWebhook webhook =
          new RawWebhook(
              parts.ids().get(),
              exchange.tokenSha256,
              receivedAt,
              exchange.request.method().name(),
              exchange.archivedPath,
              HeadersOfInterest.of(exchange.request.headers()),
              exchange.body());
      submit(webhook, exchange);
    } catch (RuntimeException e) {
      LOG.error("a webhook could not be handled", e);
      exchange.refuse(Refusal.INTERNAL);
    } finally {
      stamper.submitted();
    }
  }

  /** The connection broke, or the timer cut it, before the body was complete. */
  void aborted(Exchange exchange) {
    openBodies.remove(exchange);
  }

  private void submit(RawWebhook webhook, Exchange exchange) {
    KnownAccount account = exchange.account;
    if (account == null) {
      AccountTable table = parts.accounts().current();
      account = table.find(webhook.tokenSha256());
      if (account == null && table.decisive()) {
        exchange.refuse(Refusal.UNKNOWN_TOKEN);
        return;
      }
    }
    if (account == null) {
      parts.outbox().submitUnjudged(webhook, exchange);
      return;
    }
    AcceptedWebhook accepted = parts.acceptor().accept(webhook, account);
    parts.metrics().accepted(accepted.received());
    parts.metrics().alerted(accepted.alerts().size());
    parts.outbox().submit(encoder.of(accepted), webhook.receivedAt(), exchange);
  }

  private void handle(HttpServerRequest request) {
    try {
      route(request);
    } catch (RuntimeException e) {
      LOG.error("a request could not be handled", e);
      refuse(request, Refusal.INTERNAL);
    }
  }

  private void route(HttpServerRequest request) {
    String path = request.path();
    if (path == null || !path.startsWith(KOMMO)) {
      others.handle(request);
      return;
    }
    boolean uninstalled =
        path.length() > KOMMO.length() + UNINSTALLED.length() && path.endsWith(UNINSTALLED);
    String token =
        unescaped(
            path.substring(
                KOMMO.length(), path.length() - (uninstalled ? UNINSTALLED.length() : 0)));
    HttpMethod method = request.method();
    if (token.isEmpty() || token.indexOf('/') >= 0) {
      refuse(request, Refusal.NOT_FOUND);
    } else if (uninstalled && method == HttpMethod.GET) {
      open(request, token, ARCHIVED_PATH + UNINSTALLED, Exchange::openQuery);
    } else if (!uninstalled && method == HttpMethod.POST) {
      open(request, token, ARCHIVED_PATH, Exchange::open);
    } else if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
      // The vendor's look before it saves the address: it must not depend on anything.
      Answers.ok(request.response());
    } else {
      refuse(request, Refusal.METHOD_NOT_ALLOWED);
    }
  }

  /** Some clients write a {@code ~} or {@code -} as an escape. Empty when one is broken. */
  private static String unescaped(String token) {
    if (token.indexOf('%') < 0) {
      return token;
    }
    try {
      return URLDecoder.decode(token.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private void open(
      HttpServerRequest request, String token, String archivedPath, Consumer<Exchange> opening) {
    String hash = tokenHash.of(token);
    AccountTable table = parts.accounts().current();
    KnownAccount account = table.find(hash);
    if (account == null && table.decisive()) {
      refuse(request, Refusal.UNKNOWN_TOKEN);
      return;
    }
    Exchange exchange =
        new Exchange(this, request, hash, archivedPath, account, settings.maxBodyBytes());
    openBodies.add(exchange, System.nanoTime());
    opening.accept(exchange);
  }

  private void sweep() {
    long deadline = System.nanoTime() - settings.bodyTimeout().toNanos();
    openBodies.expire(
        deadline,
        late -> {
          late.refuse(Refusal.BODY_TIMEOUT);
          var unused = late.request.connection().close();
        });
  }

  private void connected(HttpConnection connection) {
    if (connections.incrementAndGet() > settings.maxConnections()) {
      parts.metrics().connectionRefused();
      var unused = connection.close();
    }
    connection.closeHandler(ignored -> connections.decrementAndGet());
  }
}
