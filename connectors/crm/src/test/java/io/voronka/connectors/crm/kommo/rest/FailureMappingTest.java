package io.voronka.connectors.crm.kommo.rest;

import static io.voronka.connectors.crm.kommo.rest.ClientFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmFailure.Kind;
import io.voronka.connectors.crm.CrmFailure.ValidationError;
import io.voronka.connectors.crm.kommo.rest.FakeKommo.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way a request can fail, over a real socket. */
class FailureMappingTest {
  private static final String PROBLEM =
      "{\"title\":\"T\",\"type\":\"https://httpstatus.es/1\",\"status\":1,\"detail\":\"D\"}";

  private ClientFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new ClientFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(301, PROBLEM, Kind.UNEXPECTED_ANSWER, false),
        Arguments.of(400, PROBLEM, Kind.INVALID, false),
        Arguments.of(401, PROBLEM, Kind.UNAUTHORIZED, false),
        Arguments.of(402, PROBLEM, Kind.PAYMENT_REQUIRED, false),
        Arguments.of(403, PROBLEM, Kind.FORBIDDEN, false),
        Arguments.of(403, "", Kind.FORBIDDEN, false),
        Arguments.of(403, "<html>blocked</html>", Kind.ADDRESS_BLOCKED, false),
        Arguments.of(404, PROBLEM, Kind.NOT_FOUND, false),
        Arguments.of(405, PROBLEM, Kind.INVALID, false),
        Arguments.of(422, PROBLEM, Kind.INVALID, false),
        Arguments.of(429, PROBLEM, Kind.TOO_MANY_REQUESTS, false),
        Arguments.of(500, PROBLEM, Kind.SERVER_ERROR, true),
        Arguments.of(502, "<html>bad gateway</html>", Kind.SERVER_ERROR, true),
        Arguments.of(504, "", Kind.SERVER_ERROR, true));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void statusHasItsKind(int status, String body, Kind kind, boolean mayHaveHappened)
      throws Exception {
    fixture.kommo.answer(status, body);

    CrmFailure failure = write();

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.mayHaveHappened()).isEqualTo(mayHaveHappened);
    assertThat(failure.detail()).isNotBlank();
    assertThat(fixture.kommo.requests()).as("nothing is retried").hasSize(1);
  }

  @Test
  void validationErrorsAreRead() throws Exception {
    fixture.kommo.answer(
        400,
        "{\"validation-errors\":[{\"request_id\":\"0\",\"errors\":[{\"code\":\"NotSupportedChoice\","
            + "\"path\":\"custom_fields_values.0.field_id\",\"detail\":\"The value you selected is not a valid"
            + " choice.\"}]}],\"title\":\"Bad Request\",\"type\":\"https://httpstatus.es/400\",\"status\":400,"
            + "\"detail\":\"Request validation failed\"}");

    CrmFailure failure = write();

    assertThat(failure.validationErrors())
        .containsExactly(
            new ValidationError(
                "0",
                "NotSupportedChoice",
                "custom_fields_values.0.field_id",
                "The value you selected is not a valid choice."));
    assertThat(failure.detail())
        .isEqualTo(
            "Bad Request: Request validation failed; custom_fields_values.0.field_id NotSupportedChoice");
  }

  static Stream<Arguments> waits() {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ClientFixture.START.plusSeconds(90).atZone(ZoneOffset.UTC));
    return Stream.of(
        Arguments.of("7", "{}", Duration.ofSeconds(7)),
        Arguments.of(date, "{}", Duration.ofSeconds(90)),
        Arguments.of("", "{\"retry_after\":300}", Duration.ofSeconds(300)),
        Arguments.of("", "{\"retry_after\":\"5\"}", Duration.ofSeconds(5)),
        Arguments.of("2", "{\"retry_after\":300}", Duration.ofSeconds(2)),
        Arguments.of("999999999", "{}", Duration.ofDays(1)),
        Arguments.of("soon", "{\"retry_after\":[]}", null),
        Arguments.of("", "<html>", null));
  }

  @ParameterizedTest
  @MethodSource("waits")
  void waitIsReadFromHeaderOrBody(String header, String body, Duration wait) throws Exception {
    fixture.kommo.behave(
        request ->
            new Answer(429, body, header.isEmpty() ? Map.of() : Map.of("Retry-After", header)));

    assertThat(write().retryAfter()).isEqualTo(wait);
  }

  @Test
  void refusedConnectionIsCertainlyUnsent() throws Exception {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    CrmAccount gone =
        new CrmAccount("t", "a", URI.create("http://127.0.0.1:" + freePort), "env:TOKEN");

    CrmFailure failure = await(fixture.client.sendMessage(gone, "1", "x")).failure();

    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
    assertThat(failure.mayHaveHappened()).isFalse();
  }

  @Test
  void brokenConnectionMayHaveCarriedTheRequest() throws Exception {
    fixture.kommo.behave(request -> Answer.NONE);

    CrmFailure failure = write();

    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
    assertThat(failure.mayHaveHappened()).isTrue();
    assertThat(fixture.kommo.requests()).as("a write is never sent twice unasked").hasSize(1);
  }

  @Test
  void lateAnswerIsATimeOut() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    fixture.kommo.behave(
        request -> {
          try {
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Answer.of(200, "{}");
        });

    CrmFailure failure = write();
    done.countDown();

    assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(failure.mayHaveHappened()).isTrue();
  }

  @Test
  void answerThatNeverEndsIsATimeOut() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () -> {
                try {
                  var connection = socket.accept();
                  connection.getInputStream().read();
                  connection
                      .getOutputStream()
                      .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{".getBytes("US-ASCII"));
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      server.start();
      CrmAccount slow =
          new CrmAccount(
              "t", "a", URI.create("http://127.0.0.1:" + socket.getLocalPort()), "env:TOKEN");

      CrmFailure failure = await(fixture.client.sendMessage(slow, "1", "x")).failure();

      assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(failure.mayHaveHappened()).isTrue();
      server.join(10_000);
    }
  }

  @Test
  void hugeAnswerIsCutOff() throws Exception {
    fixture.kommo.answer(200, "{\"x\":\"" + "y".repeat(100_000) + "\"}");

    CrmFailure failure = await(fixture.client.readLead(fixture.account(), "1")).failure();

    assertThat(failure.kind()).isEqualTo(Kind.UNEXPECTED_ANSWER);
    assertThat(failure.detail()).contains("larger than 65536 bytes");
  }

  @Test
  void senselessAnswerToAReadIsAFailure() throws Exception {
    fixture.kommo.answer(200, "<html>maintenance</html>");

    assertThat(await(fixture.client.readLead(fixture.account(), "1")).failure().kind())
        .isEqualTo(Kind.UNEXPECTED_ANSWER);
  }

  @Test
  void missingSecretIsToldWithoutSendingAnything() throws Exception {
    fixture.environment.remove("TOKEN");

    CrmFailure failure = write();

    assertThat(failure.kind()).isEqualTo(Kind.TOKENS_UNAVAILABLE);
    assertThat(failure.detail()).isEqualTo("env:TOKEN is not set");
    assertThat(fixture.kommo.requests()).isEmpty();
  }

  @Test
  void unsendableTokenIsNotRepeated() throws Exception {
    fixture.environment.put("TOKEN", "top\nsecret");

    CrmFailure failure = write();

    assertThat(failure.kind()).isEqualTo(Kind.INVALID);
    assertThat(failure.toString()).doesNotContain("secret");
  }

  @Test
  void closingGivesUpWhatIsUnderWay() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    fixture.kommo.behave(
        request -> {
          try {
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Answer.of(200, "{}");
        });
    CompletableFuture<? extends io.voronka.connectors.crm.CrmReply<?>> reply =
        fixture.client.sendMessage(fixture.account(), "1", "x");
    Awaitility.await().until(() -> !fixture.kommo.requests().isEmpty());

    fixture.client.close();
    CrmFailure failure = reply.get(5, TimeUnit.SECONDS).failure();
    done.countDown();

    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
    assertThat(failure.mayHaveHappened()).isTrue();
    assertThat(await(fixture.client.sendMessage(fixture.account(), "1", "x")).isOk()).isFalse();
  }

  private CrmFailure write() throws Exception {
    return await(fixture.client.sendMessage(fixture.account(), "174", "Hola")).failure();
  }
}
