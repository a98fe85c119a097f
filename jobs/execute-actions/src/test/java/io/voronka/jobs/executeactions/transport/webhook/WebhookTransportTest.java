package io.voronka.jobs.executeactions.transport.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.jobs.executeactions.transport.address.AddressGuard;
import io.voronka.jobs.executeactions.transport.address.AddressRange;
import io.voronka.jobs.executeactions.transport.address.AllowedHost;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CallWebhook;
import io.voronka.schemas.SigningKeyRow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookTransportTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_800_000_000L), ZoneOffset.UTC);
  private static final String OLD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW_SECRET = "whsec_" + "QUFB".repeat(8);
  private static final Map<String, String> SECRETS =
      Map.of("OLD", OLD_SECRET, "NEW", NEW_SECRET, "SHORT", "whsec_QUFB");
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
    transport = transport(SECRETS::get);
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
                "{\"имя\":1}",
                null));

    assertThat(result).isEqualTo(SendResult.done(204, null));
    assertThat(headers)
        .containsEntry("id", "a")
        .containsEntry("time", "1800000000")
        .containsEntry("type", "application/json; charset=utf-8")
        .containsEntry("own", "1")
        .containsEntry("method", "POST");
    assertThat(body).isEqualTo("{\"имя\":1}");
  }

  @Test
  void everySecretOfItsKeySigns() throws Exception {
    handler =
        exchange -> {
          headers = Map.of("signature", exchange.getRequestHeaders().getFirst("webhook-signature"));
          status(exchange, 200);
        };
    CallWebhook webhook =
        new CallWebhook(
            url("/in"), Map.of("webhook-signature", "forged"), "text/plain", "тело", "key");

    SendResult result =
        send(webhook, new SigningKeyRow("acme", "key", List.of("env:NEW", "env:OLD")));

    byte[] body = "тело".getBytes(StandardCharsets.UTF_8);
    assertThat(result.kind()).isEqualTo(SendResult.Kind.DONE);
    assertThat(headers.get("signature").split(" "))
        .containsExactly(
            WebhookSignature.of(
                List.of(WebhookSignature.key(NEW_SECRET)), "a", 1_800_000_000L, body),
            WebhookSignature.of(
                List.of(WebhookSignature.key(OLD_SECRET)), "a", 1_800_000_000L, body));
  }

  @ParameterizedTest
  @CsvSource({
    "env:NONE, CREDENTIALS_MISSING, is not set",
    "env:SHORT, CREDENTIALS_INVALID, key: not Base64"
  })
  void withoutAUsableSecretNothingIsSentAndNoneIsTold(String reference, Reason reason, String told)
      throws Exception {
    CallWebhook webhook = new CallWebhook(url("/in"), Map.of(), "text/plain", "", "key");

    SendResult result = send(webhook, new SigningKeyRow("acme", "key", List.of(reference)));

    assertThat(result.kind()).isEqualTo(SendResult.Kind.NOT_DONE);
    assertThat(result.reason()).isEqualTo(reason);
    assertThat(result.detail()).contains(told).doesNotContain("QUFB");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    SendResult result =
        send(new CallWebhook(url("/in"), Map.of(), "text/plain", "я".repeat(501), null));

    assertThat(result.kind()).isEqualTo(SendResult.Kind.FORBIDDEN);
    assertThat(result.reason()).isEqualTo(Reason.BODY_TOO_LARGE);
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

  /** Sending it again would repeat what the receiver has said that it has done. */
  @ParameterizedTest
  @CsvSource({"200, DONE", "500, NOT_DONE", "404, DENIED"})
  void aBodyThatDripsPastTheLimitIsJudgedByItsStatus(int status, SendResult.Kind kind)
      throws Exception {
    handler =
        exchange -> {
          exchange.sendResponseHeaders(status, 0);
          exchange.getResponseBody().write("begun".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          waitForTheEnd();
        };

    SendResult result = send(url("/drips"));

    assertThat(result.kind()).isEqualTo(kind);
    assertThat(result.statusCode()).isEqualTo(status);
    if (kind != SendResult.Kind.DONE) {
      assertThat(result.detail()).isEqualTo("begun");
    }
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

  @Test
  void aBodyIsWrittenInTheCharsetThatItsContentTypeSays() throws Exception {
    byte[][] received = new byte[1][];
    handler =
        exchange -> {
          received[0] = exchange.getRequestBody().readAllBytes();
          status(exchange, 200);
        };

    send(new CallWebhook(url("/in"), Map.of(), "text/plain; charset=windows-1251", "Да", null));

    assertThat(received[0]).containsExactly(0xC4, 0xE0);
  }

  /** It was never sent, and never will be: trying again and then not knowing would be wrong. */
  @ParameterizedTest
  @ValueSource(strings = {"utf-88", "ISO-2022-CN", "utf 8", "ю"})
  void aCharsetThatNobodyCanWriteInIsToldSo(String charset) throws Exception {
    SendResult result =
        send(new CallWebhook(url("/in"), Map.of(), "text/plain; charset=" + charset, "", null));

    assertThat(result.kind()).isEqualTo(SendResult.Kind.DENIED);
    assertThat(result.reason()).isEqualTo(Reason.BAD_REQUEST);
    assertThat(result.detail()).contains(charset);
  }

  @Test
  void aHeaderThatHttpForbidsIsToldSo() throws Exception {
    SendResult result =
        send(new CallWebhook(url("/in"), Map.of("Host", "elsewhere"), "text/plain", "", null));

    assertThat(result.kind()).isEqualTo(SendResult.Kind.DENIED);
    assertThat(result.reason()).isEqualTo(Reason.BAD_REQUEST);
  }

  @Test
  void lettersBeyondAsciiInAHeaderLeaveAsUtf8() throws Exception {
    handler =
        exchange -> {
          headers = Map.of("own", exchange.getRequestHeaders().getFirst("X-Own"));
          exchange.getResponseHeaders().set("X-Answer", "caf\u00e9");
          status(exchange, 200);
        };

    SendResult result =
        send(new CallWebhook(url("/in"), Map.of("X-Own", "Воронка и"), "text/plain", "", null));

    assertThat(result).isEqualTo(SendResult.done(200, null));
    byte[] received = headers.get("own").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(new String(received, StandardCharsets.UTF_8)).isEqualTo("Воронка и");
  }

  @Test
  void aControlCharacterInAHeaderIsToldSo() throws Exception {
    SendResult result =
        send(new CallWebhook(url("/in"), Map.of("X-Own", "a\0b"), "text/plain", "", null));

    assertThat(result.kind()).isEqualTo(SendResult.Kind.DENIED);
    assertThat(result.detail()).contains("X-Own");
  }

  private SendResult send(String url) throws Exception {
    return send(new CallWebhook(url, Map.of(), "application/json", "{}", null));
  }

  private SendResult send(CallWebhook webhook) throws Exception {
    return send(webhook, null);
  }

  private SendResult send(CallWebhook webhook, SigningKeyRow key) throws Exception {
    ActionRequested request = Requests.builder(ActionKind.WEBHOOK, "a").setWebhook(webhook).build();
    return transport
        .send(request, Means.of(null, null).with(key))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
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

  private static WebhookTransport transport(UnaryOperator<String> environment) {
    return WebhookTransport.start(
        new WebhookLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 1000, 64 << 10),
        new AllowedHost(
            InetAddress::getAllByName,
            new AddressGuard(List.of(AddressRange.parse("127.0.0.0/8")))),
        new Secrets(environment),
        CLOCK);
  }

  private static void status(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }
}
