package io.voronka.infra.local.bench.actions;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Many hosts that take webhooks, each an address of the loopback network: well ones that answer at
 * once, one that answers after 30 s, and one that is dead in the worst way: it takes no connection
 * and refuses none. Bodies are the id of what they carry.
 */
final class Receivers implements AutoCloseable {
  private static final int SLOW_SECONDS = 30;
  private static final String SLOW = "/slow";
  private static final String DEAD_HOST = "127.2.0.1";
  private static final int THREADS = 4;

  private final Clock clock;
  private final HttpServer server;
  private final ServerSocket dead;
  private final List<Socket> filling = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private final Map<String, Long> arrivals = new ConcurrentHashMap<>();

  private Receivers(Clock clock, HttpServer server, ServerSocket dead) {
    this.clock = clock;
    this.server = server;
    this.dead = dead;
  }

  static Receivers start(Clock clock) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(0), 1024);
    ServerSocket dead = new ServerSocket(0, 1, InetAddress.getByName(DEAD_HOST));
    Receivers receivers = new Receivers(clock, server, dead);
    server.createContext("/", receivers::receive);
    server.setExecutor(receivers.threads);
    server.start();
    receivers.fill();
    return receivers;
  }

  /**
   * @param index of the host, from 0
   */
  String well(int index) {
    return "http://127.1.0.%d:%d/in".formatted(index + 1, server.getAddress().getPort());
  }

  String slow() {
    return "http://127.2.0.2:%d%s".formatted(server.getAddress().getPort(), SLOW);
  }

  String dead() {
    return "http://%s:%d/in".formatted(DEAD_HOST, dead.getLocalPort());
  }

  /** When a body came first, epoch milliseconds; null when it did not. */
  Long arrival(String body) {
    return arrivals.get(body);
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    threads.shutdownNow();
    later.shutdownNow();
    for (Socket socket : filling) {
      socket.close();
    }
    dead.close();
  }

  /** Connections that nobody accepts, until the system lets further ones hang. */
  private void fill() throws IOException {
    for (int i = 0; i < 4; i++) {
      Socket socket = new Socket();
      filling.add(socket);
      try {
        socket.connect(dead.getLocalSocketAddress(), 200);
      } catch (IOException e) {
        return;
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // whoever waits for the answer has given up by then
  private void receive(HttpExchange exchange) throws IOException {
    long now = clock.millis();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    arrivals.putIfAbsent(body, now);
    if (exchange.getRequestURI().getPath().equals(SLOW)) {
      later.schedule(() -> answer(exchange), SLOW_SECONDS, TimeUnit.SECONDS);
    } else {
      answer(exchange);
    }
  }

  private static Void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(204, -1);
    }
    return null;
  }
}
