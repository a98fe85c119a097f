package io.voronka.connectors.crm.kommo.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.voronka.connectors.crm.CrmAccount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server on a free port that answers as a test says and remembers what it was asked. */
final class FakeKommo implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Function<Request, Answer> behaviour = request -> Answer.of(404, "{}");

  /**
   * @param token value of the Authorization header behind the word Bearer, or null
   */
  record Request(String method, String path, String token, String body) {
    String call() {
      return method + ' ' + path;
    }
  }

  record Answer(int status, String body, Map<String, String> headers) {
    /** The connection is closed in place of an answer. */
    static final Answer NONE = new Answer(0, "", Map.of());

    static Answer of(int status, String body) {
      return new Answer(status, body, Map.of("Content-Type", "application/json"));
    }
  }

  FakeKommo() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  void behave(Function<Request, Answer> newBehaviour) {
    behaviour = newBehaviour;
  }

  void answer(int status, String body) {
    behave(request -> Answer.of(status, body));
  }

  List<Request> requests() {
    return requests;
  }

  /** Requests to the API, those for tokens left out. */
  List<Request> apiRequests() {
    return requests.stream()
        .filter(request -> request.path().startsWith("/kommo/acme/api"))
        .toList();
  }

  long refreshes() {
    return requests.stream()
        .filter(request -> request.path().endsWith("/oauth2/access_token"))
        .count();
  }

  URI base() {
    return URI.create(
        "http://"
            + server.getAddress().getAddress().getHostAddress()
            + ':'
            + server.getAddress().getPort()
            + "/kommo/acme");
  }

  CrmAccount account(String tokenReference) {
    return new CrmAccount("acme-gmbh", "acme", base(), tokenReference);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              authorization == null ? null : authorization.replaceFirst("^Bearer ", ""),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      requests.add(request);
      Answer answer = behaviour.apply(request);
      if (answer.status() == 0) {
        return;
      }
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
