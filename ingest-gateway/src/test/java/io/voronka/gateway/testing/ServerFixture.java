package io.voronka.gateway.testing;

import io.voronka.connectors.crm.secrets.UnsubscribeSeal;
import io.voronka.gateway.accounts.AccountDirectory;
import io.voronka.gateway.deliver.Outbox;
import io.voronka.gateway.http.GatewayParts;
import io.voronka.gateway.http.HttpSettings;
import io.voronka.gateway.http.ManagementRoutes;
import io.voronka.gateway.http.ManagementRoutes.Health;
import io.voronka.gateway.http.WebhookServer;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics;
import io.voronka.schemas.WebhookReceived;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP server on a free port, over an outbox and a log in memory. */
public final class ServerFixture implements AutoCloseable {
  public static final HttpSettings SETTINGS =
      new HttpSettings(
          "127.0.0.1", 0, -1, 2, 4096, 8192, 20, Duration.ofSeconds(10), Duration.ofMillis(600));

  /** Of the links in mails. */
  public static final UnsubscribeSeal SEAL =
      UnsubscribeSeal.with(List.of("0123456789abcdef-of-links"));

  public final InMemoryLog log;
  public final OutboxFixture gateway;
  private final WebhookServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private boolean closed;

  private ServerFixture(
      InMemoryLog log, OutboxFixture gateway, AccountDirectory accounts, HttpSettings settings)
      throws Exception {
    this.log = log;
    this.gateway = gateway;
    AtomicInteger ids = new AtomicInteger();
    server =
        WebhookServer.start(
            new GatewayParts(
                accounts,
                gateway.acceptor,
                gateway.outbox,
                gateway.clock,
                () -> "webhook-" + ids.incrementAndGet(),
                gateway.metrics,
                Optional.of(SEAL)),
            settings,
            new ManagementRoutes(
                () ->
                    new Health(
                        true,
                        gateway.spool.state().bytes() < 1000_000,
                        gateway.outbox.mode().name(),
                        "none",
                        1,
                        gateway.spool.entries(),
                        gateway.spool.state().bytes()),
                gateway.registry::scrape,
                gateway.metrics));
  }

  public static ServerFixture start(Path directory, InMemoryLog log, AccountDirectory accounts)
      throws Exception {
    return start(directory, log, accounts, SETTINGS);
  }

  public static ServerFixture start(
      Path directory, InMemoryLog log, AccountDirectory accounts, HttpSettings settings)
      throws Exception {
    OutboxFixture gateway =
        OutboxFixture.start(directory, log, accounts, new ManualClock(1_000_000), 1 << 20);
    return new ServerFixture(log, gateway, accounts, settings);
  }

  public HttpResponse<String> send(String method, String path, String body) {
    return send(method, path, body.getBytes(StandardCharsets.UTF_8));
  }

  public HttpResponse<String> send(String method, String path, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(5))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("user-agent", "amoCRM-Webhooks/3.0")
            .header("authorization", "must not be archived")
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public HttpResponse<String> post(String token, String body) {
    return send("POST", "/webhooks/kommo/" + token, body);
  }

  /** A connection of one's own, for what a well-behaved client does not do. */
  public Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.port());
    socket.setSoTimeout(5_000);
    return socket;
  }

  public int managementPort() {
    return server.managementPort();
  }

  public Outbox.Mode mode() {
    return gateway.outbox.mode();
  }

  /** Archived requests, in the order of the log. */
  public List<WebhookReceived> archived() {
    RecordCodec<WebhookReceived> codec = RecordCodec.of(WebhookReceived.class);
    return log.events().stream()
        .filter(record -> record.topic().equals(Topics.WEBHOOKS_RECEIVED))
        .map(record -> codec.decode(record.value()))
        .toList();
  }

  /** Events, in the order of the log. */
  public List<CrmEvent> events() {
    RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);
    return log.events().stream()
        .filter(record -> record.topic().equals(Topics.CRM_EVENTS))
        .map(record -> codec.decode(record.value()))
        .toList();
  }

  public double refused(String reason) {
    return gateway
        .registry
        .get("voronka.gateway.requests.refused")
        .tag("reason", reason)
        .counter()
        .count();
  }

  public double rejected(String reason) {
    return gateway
        .registry
        .get("voronka.gateway.webhooks.rejected")
        .tag("reason", reason)
        .counter()
        .count();
  }

  /** Stops as a process does. */
  public void stop() throws InterruptedException {
    server.stopAccepting(Duration.ofSeconds(3));
    gateway.drain.stop(Duration.ofSeconds(1));
    server.close();
    closed = true;
  }

  @Override
  public void close() throws Exception {
    if (!closed) {
      server.close();
    }
    gateway.close();
  }
}
