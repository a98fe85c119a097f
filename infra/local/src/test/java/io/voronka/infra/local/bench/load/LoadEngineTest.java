package io.voronka.infra.local.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadEngineTest {
  private static final long STALL_MILLIS = 300;

  private final AtomicInteger requests = new AtomicInteger();
  private final Set<String> bodies = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private HttpServer server;
  private volatile int stallAt = -1;
  private volatile int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          if (requests.getAndIncrement() == stallAt) {
            stall();
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aClosedLoopSendsAsSoonAsItIsAnswered() throws IOException {
    LoadFigures figures = LoadEngine.run(order(4, 0, 300));

    assertThat(figures.answered()).isEqualTo(requests.get()).isGreaterThan(4);
    assertThat(figures.accepted()).isEqualTo(figures.answered());
    assertThat(bodies).hasSize(requests.get());
    assertThat(figures.perSecond()).isGreaterThan(4 / 0.3);
    assertThat(figures.latency().max()).isGreaterThanOrEqualTo(figures.latency().p50());
  }

  @Test
  void aPacedLoadSendsWhatIsDueAndNoMore() throws IOException {
    LoadFigures figures = LoadEngine.run(order(4, 200, 500));

    assertThat(figures.answered()).isEqualTo(100);
    assertThat(requests).hasValue(100);
  }

  /** One slow answer keeps the only connection; all who would have come meanwhile waited too. */
  @Test
  void whatWaitsBehindASlowAnswerIsSlowToo() throws IOException {
    stallAt = 50;

    LoadFigures figures = LoadEngine.run(order(1, 200, 1_000));

    // 200 requests in all, and some 60 of them were due during the stall.
    assertThat(figures.answered()).isEqualTo(200);
    assertThat(figures.latency().max()).isGreaterThanOrEqualTo(STALL_MILLIS);
    assertThat(figures.latency().p99()).isGreaterThan(0.8 * STALL_MILLIS);
  }

  @Test
  void otherAnswersThan200AreAnsweredAndNotAccepted() throws IOException {
    status = 503;

    LoadFigures figures = LoadEngine.run(order(2, 100, 100));

    assertThat(figures.answered()).isEqualTo(10);
    assertThat(figures.accepted()).isZero();
  }

  @Test
  void aServerThatIsNotThereIsAnError() {
    int port = server.getAddress().getPort();
    server.stop(0);

    assertThatThrownBy(
            () ->
                LoadEngine.run(
                    new LoadOrder("127.0.0.1", port, List.of("t"), List.of(1L), 1, 0, 100, 0)))
        .isInstanceOf(IOException.class);
  }

  private LoadOrder order(int connections, double perSecond, long millis) {
    return new LoadOrder(
        "127.0.0.1",
        server.getAddress().getPort(),
        List.of("one", "two"),
        List.of(1L, 2L),
        connections,
        perSecond,
        millis,
        1_000);
  }

  private static void stall() {
    long end = System.nanoTime() + STALL_MILLIS * 1_000_000;
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
