package io.voronka.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.gateway.deliver.Outbox;
import io.voronka.gateway.testing.Accounts;
import io.voronka.gateway.testing.InMemoryLog;
import io.voronka.gateway.testing.InMemoryLog.Weather;
import io.voronka.gateway.testing.ServerFixture;
import io.voronka.schemas.WebhookReceived;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers are told when a request is not taken: a status and a name, never more. */
class RefusalTest {
  private static final String TOKEN = "t0ken";

  @TempDir Path directory;
  private final InMemoryLog log = new InMemoryLog();

  @ParameterizedTest
  @CsvSource({
    "POST,   /webhooks/kommo/unknown,   10, 404, unknown-token",
    "POST,   /webhooks/kommo/unknown, 5000, 404, unknown-token",
    "POST,   /webhooks/kommo/,          10, 404, not-found",
    "POST,   /webhooks/kommo/a/b,       10, 404, not-found",
    "POST,   /webhooks/other/t0ken,     10, 404, not-found",
    "GET,    /,                          0, 404, not-found",
    "POST,   /health,                   10, 404, not-found",
    "PUT,    /webhooks/kommo/t0ken,     10, 405, method-not-allowed",
    "DELETE, /webhooks/kommo/t0ken,      0, 405, method-not-allowed",
    "OPTIONS,/webhooks/kommo/t0ken,      0, 405, method-not-allowed",
    "POST,   /webhooks/kommo/t0ken,   4097, 413, body-too-large",
    "POST,   /webhooks/kommo/t0ken, 500000, 413, body-too-large",
  })
  void isNamed(String method, String path, int bytes, int status, String reason) throws Exception {
    try (ServerFixture server = direct()) {
      HttpResponse<String> answer = server.send(method, path, "x".repeat(bytes));

      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.body()).isEqualTo("{\"error\":\"" + reason + "\"}");
      assertThat(answer.headers().firstValue("content-type")).contains("application/json");
      assertThat(answer.headers().firstValue("allow").isPresent()).isEqualTo(status == 405);
      assertThat(server.refused(reason)).isEqualTo(1);
      assertThat(server.archived()).isEmpty();
    }
  }

  @Test
  void aBodyOfExactlyTheLimitIsTaken() throws Exception {
    try (ServerFixture server = direct()) {
      assertThat(server.post(TOKEN, "x".repeat(4096)).statusCode()).isEqualTo(200);
      assertThat(server.archived().get(0).getBody().remaining()).isEqualTo(4096);
    }
  }

  @Test
  void aChunkedBodyIsLimitedToo() throws Exception {
    try (ServerFixture server = direct();
        Socket socket = server.connect()) {
      String chunk = "400\r\n" + "x".repeat(1024) + "\r\n";
      write(socket, head("transfer-encoding: chunked") + chunk + chunk + "0\r\n\r\n");
      assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 200 OK");
      assertThat(server.archived().get(0).getBody().remaining()).isEqualTo(2048);
      write(socket, head("transfer-encoding: chunked") + chunk.repeat(9) + "0\r\n\r\n");
      assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
    }
  }

  @Test
  void aBodyThatArrivesInPiecesIsTaken() throws Exception {
    try (ServerFixture server = direct();
        Socket socket = server.connect()) {
      String request = head("content-length: 20") + "leads[add][0][id]=77";
      for (byte one : request.getBytes(StandardCharsets.UTF_8)) {
        socket.getOutputStream().write(one);
        socket.getOutputStream().flush();
      }
      assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 200 OK");
      assertThat(server.events().get(0).getSubjectId()).isEqualTo("77");
    }
  }

  @Test
  void aBodyThatDoesNotCompleteIsCutOff() throws Exception {
    try (ServerFixture server = direct();
        Socket socket = server.connect()) {
      write(socket, head("content-length: 20") + "leads[add]");
      assertThat(rest(socket)).startsWith("HTTP/1.1 408").contains("body-timeout");
      assertThat(server.archived()).isEmpty();
    }
  }

  @Test
  void aBodyThatIsOnlyAnnouncedTakesNoRoom() throws Exception {
    int bytes = 300 << 20;
    try (ServerFixture server = taking(bytes, Duration.ofSeconds(10));
        Socket one = server.connect();
        Socket two = server.connect()) {
      for (Socket socket : List.of(one, two)) {
        // one event loop serves them in turn: once it answers the look, it has seen the head
        write(socket, "GET /health HTTP/1.1\r\nhost: x\r\n\r\n");
        firstLine(socket);
        write(socket, head("content-length: " + bytes) + "leads[add]");
      }
      server.send("GET", "/health", "");
      server.send("GET", "/health", "");

      System.gc();
      Runtime heap = Runtime.getRuntime();
      assertThat(heap.totalMemory() - heap.freeMemory()).isLessThan(bytes);
    }
  }

  @Test
  void aLargeBodyIsTakenWhole() throws Exception {
    String body = "leads[add][0][id]=1&x=" + "y".repeat(199_978);
    try (ServerFixture server = taking(200_000, Duration.ofSeconds(10));
        Socket socket = server.connect()) {
      assertThat(server.post(TOKEN, body).statusCode()).isEqualTo(200);
      String chunk = "186a0\r\n";
      write(
          socket,
          head("transfer-encoding: chunked")
              + chunk
              + body.substring(0, 100_000)
              + "\r\n"
              + chunk
              + body.substring(100_000)
              + "\r\n0\r\n\r\n");
      assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 200 OK");
      await().until(() -> server.archived().size() == 2);
      for (WebhookReceived archived : server.archived()) {
        assertThat(StandardCharsets.UTF_8.decode(archived.getBody()).toString()).isEqualTo(body);
      }
    }
  }

  @Test
  void aClientThatLeavesInTheMiddleLeavesNothing() throws Exception {
    try (ServerFixture server = direct()) {
      try (Socket socket = server.connect()) {
        write(socket, head("content-length: 20") + "leads[add]");
      }
      assertThat(server.post(TOKEN, "leads[add][0][id]=1").statusCode()).isEqualTo(200);
      assertThat(server.archived()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rubbish, 400, malformed-request",
    "length, 400, malformed-request",
    "lengths, 400, malformed-request",
    "header, 431, headers-too-large",
    "line, 414, line-too-long"
  })
  void brokenHttpGetsAShortAnswerWithItsName(String kind, int status, String reason)
      throws Exception {
    String request =
        switch (kind) {
          case "rubbish" -> "\u0001\u0002 what\r\n\r\n";
          case "length" -> head("content-length: ten") + "0123456789";
          case "lengths" -> head("content-length: 2\r\ncontent-length: 3") + "abc";
          case "header" -> head("x-long: " + "y".repeat(20_000));
          default -> "POST /" + "z".repeat(9_000) + " HTTP/1.1\r\n\r\n";
        };
    try (ServerFixture server = direct();
        Socket socket = server.connect()) {
      write(socket, request);
      String answer = rest(socket);
      assertThat(answer)
          .matches("(?s)HTTP/1\\.[01] " + status + " .*")
          .endsWith("{\"error\":\"" + reason + "\"}")
          .doesNotContain("Exception", "at io.");
      assertThat(server.refused(reason)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\nleads", "5\r\nleads\r\n-1\r\n[add]\r\n0\r\n\r\n"})
  void aBrokenChunkEndsTheConnectionAndIsCounted(String chunks) throws Exception {
    try (ServerFixture server = direct();
        Socket socket = server.connect()) {
      write(socket, head("transfer-encoding: chunked") + chunks);
      assertThat(rest(socket)).isEmpty();
      assertThat(server.refused("malformed-request")).isEqualTo(1);
      assertThat(server.archived()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0})
  void whoLeavesInTheMiddleIsNotRefused(int linger) throws Exception {
    try (ServerFixture server = direct()) {
      try (Socket socket = server.connect()) {
        assertThat(answered(socket)).isEqualTo("HTTP/1.1 200 OK");
        socket.setSoLinger(linger == 0, 0);
        write(socket, head("transfer-encoding: chunked") + "5\r\nleads\r\n");
      }
      await()
          .until(
              () -> server.gateway.registry.get("voronka.gateway.connections").gauge().value(),
              left -> left == 0);
      assertThat(server.refused("malformed-request")).isZero();
    }
  }

  @Test
  void connectionsOverTheLimitAreClosed() throws Exception {
    try (ServerFixture server = direct()) {
      List<Socket> sockets = new ArrayList<>();
      try {
        for (int i = 0; i < 30; i++) {
          sockets.add(server.connect());
        }
        await().until(() -> server.gateway.counter("connections.refused") == 10);
        // The event loops race, so it need not be the last ten that are refused.
        List<String> answers = new ArrayList<>();
        for (Socket socket : sockets) {
          answers.add(answered(socket));
        }
        assertThat(answers).filteredOn(""::equals).hasSize(10);
        assertThat(answers).filteredOn("HTTP/1.1 200 OK"::equals).hasSize(20);
      } finally {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
      await()
          .untilAsserted(() -> assertThat(server.post(TOKEN, "a=b").statusCode()).isEqualTo(200));
    }
  }

  @Test
  void withoutLogAndRoomInTheSpoolItIsUnavailable() throws Exception {
    log.weather(Weather.AWAY);
    Accounts accounts = Accounts.complete(TOKEN, Accounts.ACME);
    try (ServerFixture server = ServerFixture.start(directory, log, accounts)) {
      int status = 200;
      for (int i = 0; i < 1000 && status == 200; i++) {
        HttpResponse<String> answer = server.post(TOKEN, "note=" + "x".repeat(4000));
        status = answer.statusCode();
        if (status != 200) {
          assertThat(answer.body()).isEqualTo("{\"error\":\"spool-full\"}");
        }
      }
      assertThat(status).isEqualTo(503);
      assertThat(server.send("GET", "/ready", "").statusCode()).isEqualTo(503);
      assertThat(server.send("GET", "/health", "").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void managementOnItsOwnPortIsNotOnThePublicOne() throws Exception {
    HttpSettings plain = ServerFixture.SETTINGS;
    HttpSettings split =
        new HttpSettings(
            plain.host(),
            0,
            0,
            1,
            plain.maxBodyBytes(),
            plain.maxHeaderBytes(),
            plain.maxConnections(),
            plain.idleTimeout(),
            plain.bodyTimeout());
    Accounts accounts = Accounts.complete(TOKEN, Accounts.ACME);
    try (ServerFixture server = ServerFixture.start(directory, log, accounts, split)) {
      assertThat(server.send("GET", "/metrics", "").statusCode()).isEqualTo(404);
      try (Socket socket = new Socket("127.0.0.1", server.managementPort())) {
        write(socket, "GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n");
        assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 200 OK");
      }
    }
  }

  private ServerFixture taking(int bodyBytes, Duration bodyTimeout) throws Exception {
    HttpSettings usual = ServerFixture.SETTINGS;
    return ServerFixture.start(
        directory,
        log,
        Accounts.complete(TOKEN, Accounts.ACME),
        new HttpSettings(
            usual.host(),
            0,
            -1,
            1,
            bodyBytes,
            usual.maxHeaderBytes(),
            usual.maxConnections(),
            usual.idleTimeout(),
            bodyTimeout));
  }

  private ServerFixture direct() throws Exception {
    Accounts accounts = Accounts.complete(TOKEN, Accounts.ACME);
    ServerFixture server = ServerFixture.start(directory, log, accounts);
    await().until(() -> server.mode() == Outbox.Mode.DIRECT);
    return server;
  }

  private static String head(String header) {
    return "POST /webhooks/kommo/" + TOKEN + " HTTP/1.1\r\nhost: gateway\r\n" + header + "\r\n\r\n";
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** The status line; all that has come of the answer is consumed up to the empty line. */
  private static String firstLine(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.substring(0, Math.max(0, head.indexOf("\r\n")));
  }

  /** The status line of a request's answer; empty when the server has closed the connection. */
  private static String answered(Socket socket) throws IOException {
    try {
      write(socket, "GET /health HTTP/1.1\r\nhost: x\r\n\r\n");
      return firstLine(socket);
    } catch (SocketException e) {
      return "";
    }
  }

  private static String rest(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException e) {
      return "";
    }
  }
}
