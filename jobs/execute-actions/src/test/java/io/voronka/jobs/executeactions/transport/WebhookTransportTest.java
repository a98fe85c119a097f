package io.voronka.jobs.executeactions.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CallWebhook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookTransportTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_800_000_000L), ZoneOffset.UTC);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;
  private WebhookTransport transport;
  private volatile HttpHandler handler = exchange -> status(exchange, 200);
  private volatile Map<String, String> headers = Map.of();
  private volatile String body;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          }
        });
    server.setExecutor(threads);
    server.start();
    transport = transport(true);
  }

  @AfterEach
  void stop() {
    end.countDown();
    transport.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void postsTheBodyWithIdAndTime() throws Exception {
    handler =
        exchange -> {
          headers =
              Map.of(
                  "id", exchange.getRequestHeaders().getFirst("webhook-id"),
                  "time", exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                  "type", exchange.getRequestHeaders().getFirst("Content-Type"),
                  "own", exchange.getRequestHeaders().getFirst("X-Own"),
                  "method", exchange.getRequestMethod());
          body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          status(exchange, 204);
        };

    SendResult result =
        send(
            new CallWebhook(
                url("/in"),
                Map.of("X-Own", "1", "webhook-id", "forged"),
                "application/json; charset=utf-8",
                "{\"имя\":1}"));

    assertThat(result).isEqualTo(SendResult.done(204, null));
    assertThat(headers)
        .containsEntry("id", "a")
        .containsEntry("time", "1800000000")
        .containsEntry("type", "application/json; charset=utf-8")
        .containsEntry("own", "1")
        .containsEntry("method", "POST");
    assertThat(body).isEqualTo("{\"имя\":1}");
  }

  @ParameterizedTest
  @CsvSource({
    "301, DENIED, REDIRECTED",
    "400, DENIED, BAD_REQUEST",
    "401, DENIED, UNAUTHORIZED",
    "402, DENIED, PAYMENT_REQUIRED",
    "403, DENIED, FORBIDDEN",
    "404, DENIED, NOT_FOUND",
    "410, DENIED, NOT_FOUND",
    "408, NOT_DONE, TIMED_OUT",
    "422, DENIED, UNPROCESSABLE",
    "429, LIMITED, RATE_LIMITED",
    "500, NOT_DONE, SERVER_ERROR",
    "503, NOT_DONE, SERVER_ERROR",
  })
  void answersAreToldApart(int status, SendResult.Kind kind, Reason reason) throws Exception {
    handler = exchange -> status(exchange, status);

    SendResult result = send(url("/in"));

    assertThat(result.kind()).isEqualTo(kind);
    assertThat(result.reason()).isEqualTo(reason);
    assertThat(result.statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"30, 30000", "'Fri, 15 Jan 2027 08:01:00 GMT', 60000", "soon, 0"})
  void aRetryAfterIsSecondsOrADate(String text, long millis) throws Exception {
    handler =
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", text);
          status(exchange, 429);
        };

    assertThat(send(url("/in")).retryAfterMillis()).isEqualTo(millis);
  }

  @Test
  void anAnswerThatDoesNotComeIsUnclear() throws Exception {
    handler = exchange -> waitForTheEnd();

    SendResult result = send(url("/slow"));

    assertThat(result.kind()).isEqualTo(SendResult.Kind.UNCLEAR);
    assertThat(result.reason()).isEqualTo(Reason.TIMED_OUT);
  }

  @Test
  void anEndlessBodyIsNotWaitedFor() throws Exception {
    handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[8192];
          try {
            while (end.getCount() > 0) {
              exchange.getResponseBody().write(block);
            }
          } catch (IOException e) {
            // The caller has hung up, as it should.
            body = "hung up";
          }
        };

    SendResult result = send(url("/endless"));

    assertThat(result.kind()).isEqualTo(SendResult.Kind.DONE);
    await().until(() -> "hung up".equals(body));
  }

  @Test
  void aConnectionThatBreaksIsUnclear() throws Exception {
    handler = HttpExchange::close;

    assertThat(send(url("/in")).reason()).isEqualTo(Reason.CONNECTION_LOST);
  }

  @Test
  void aServerThatIsNotThereHasDoneNothing() throws Exception {
    SendResult result = send("http://127.0.0.1:1/");

    assertThat(result.kind()).isEqualTo(SendResult.Kind.NOT_DONE);
    assertThat(result.reason()).isEqualTo(Reason.CONNECTION_REFUSED);
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://example.com/, SCHEME_NOT_ALLOWED",
    "file:///etc/passwd, SCHEME_NOT_ALLOWED",
    "example.com, SCHEME_NOT_ALLOWED",
    "http:///path, URL_INVALID",
    "http://user:secret@example.com/, URL_INVALID",
    "http://exa mple.com/, URL_INVALID",
  })
  void addressesThatAreNoneAreRefused(String url, Reason reason) throws Exception {
    SendResult result = send(url);

    assertThat(result.kind()).isEqualTo(SendResult.Kind.FORBIDDEN);
    assertThat(result.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://172.16.9.9/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
      })
  void privateAddressesAreRefusedUnlessAllowed(String url) throws Exception {
    try (WebhookTransport guarded = transport(false)) {
      SendResult result =
          guarded.send(request(url), null).toCompletableFuture().get(20, TimeUnit.SECONDS);

      assertThat(result.kind()).as("%s", result).isEqualTo(SendResult.Kind.FORBIDDEN);
      assertThat(result.reason()).isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"93.184.216.34", "2606:2800:220:1::1", "100.128.0.1", "172.32.0.1"})
  void publicAddressesAreNot(String address) throws Exception {
    assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void aHeaderThatHttpForbidsIsToldSo() throws Exception {
    SendResult result =
        send(new CallWebhook(url("/in"), Map.of("Host", "elsewhere"), "text/plain", ""));

    assertThat(result.kind()).isEqualTo(SendResult.Kind.DENIED);
    assertThat(result.reason()).isEqualTo(Reason.BAD_REQUEST);
  }

  private SendResult send(String url) throws Exception {
    return send(new CallWebhook(url, Map.of(), "application/json", "{}"));
  }

  private SendResult send(CallWebhook webhook) throws Exception {
    ActionRequested request = Requests.builder(ActionKind.WEBHOOK, "a").setWebhook(webhook).build();
    return transport.send(request, null).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static ActionRequested request(String url) {
    return Requests.builder(ActionKind.WEBHOOK, "a")
        .setWebhook(new CallWebhook(url, Map.of(), "application/json", "{}"))
        .build();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void waitForTheEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static WebhookTransport transport(boolean allowPrivate) {
    return new WebhookTransport(
        new WebhookLimits(allowPrivate, Duration.ofSeconds(1), Duration.ofSeconds(1), 64 << 10),
        CLOCK);
  }

  private static void status(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }
}
