package io.voronka.infra.sandbox.kommo.chats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.ledger.LedgerEntry;
import io.voronka.infra.sandbox.testing.SandboxWorld;
import io.voronka.infra.sandbox.web.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chats API as a channel meets it that signs by itself. */
class ChatsFrontTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef01234567";
  private static final String SCOPE = "/v2/origin/custom/channel_1";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  @TempDir Path data;
  private final HttpClient http = HttpClient.newHttpClient();
  private SandboxWorld world;
  private long lead;
  private long talk;
  private String chat;

  @BeforeEach
  void connect() throws IOException {
    world = SandboxWorld.open(data);
    world.kommo().connectChannel("channel_1", SECRET, "bot-1");
    lead = world.lead();
    talk = world.kommo().openTalk(lead);
    chat = world.call("GET", "/api/v4/talks/" + talk, null).json().path("chat_id").asText();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aSignedMessageIsSaidInTheTalkAndStandsInHistoryUnderTheChannelsId() throws Exception {
    HttpResponse<String> answer = post(message("action-1", "bot-1"), SECRET, Instant.now());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode said = Json.parse(answer.body().getBytes(StandardCharsets.UTF_8)).path("new_message");
    assertThat(said.path("ref_id").asText()).isEqualTo("action-1");
    JsonNode history = history();
    assertThat(history.at("/messages/0/message/client_id").asText()).isEqualTo("action-1");
    assertThat(history.at("/messages/0/message/id")).isEqualTo(said.path("msgid"));
    assertThat(history.at("/messages/0/receiver/id")).isEqualTo(said.path("receiver_id"));
    assertThat(world.kommo().lead(lead).path("messages")).hasSize(1);
    assertThat(applied())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.kind()).isEqualTo("send_message");
              assertThat(line.entity()).isEqualTo("leads/" + lead);
            });
  }

  @Test
  void whatIsNotSignedRightIsRefused() throws Exception {
    assertRefused(post(message("a", "bot-1"), "another-secret", Instant.now()), 403, "SIGNATURE");
    assertRefused(
        post(message("a", "bot-1"), SECRET, Instant.now().minusSeconds(1000)), 403, "SIGNATURE");
    HttpRequest tampered =
        signed("POST", SCOPE, message("a", "bot-1"), SECRET, Instant.now())
            .POST(BodyPublishers.ofString(message("b", "bot-1")))
            .build();
    assertRefused(http.send(tampered, BodyHandlers.ofString()), 403, "SIGNATURE");
    assertThat(applied()).isEmpty();
  }

  /** Whoever calls has not moved its clock. */
  @Test
  void aDateIsJudgedByTheCallersTimeAlsoWhenTheSandboxIsHoursAhead() throws Exception {
    world.client().advance(Duration.ofHours(3));

    assertThat(post(message("a", "bot-1"), SECRET, Instant.now()).statusCode()).isEqualTo(200);
  }

  @Test
  void strangersAndHalfMessagesAreRefused() throws Exception {
    assertRefused(post(message("a", "bot-2"), SECRET, Instant.now()), 403, "SENDER_NOT_ALLOWED");
    assertRefused(
        post(message("a", "bot-1").replace("\"receiver\"", "\"x\""), SECRET, Instant.now()),
        400,
        "INVALID_REQUEST");
    HttpRequest elsewhere =
        signed("POST", SCOPE + "9", message("a", "bot-1"), SECRET, Instant.now()).build();
    assertRefused(http.send(elsewhere, BodyHandlers.ofString()), 404, "ORIGIN_NOT_REGISTERED");
  }

  @Test
  void aRepeatIsSaidTwice() throws Exception {
    post(message("action-1", "bot-1"), SECRET, Instant.now());
    post(message("action-1", "bot-1"), SECRET, Instant.now());

    assertThat(history().path("messages")).hasSize(2);
  }

  @Test
  void aChatInWhichNothingWasSaidAndOneThatIsNoneLookAlike() throws Exception {
    assertThat(history(chat).statusCode()).isEqualTo(204);
    assertThat(history("no-such-chat").statusCode()).isEqualTo(204);
  }

  @Test
  void whatTheClientSaidIsThereWithoutAReceiverTheNewestFirst() throws Exception {
    post(message("action-1", "bot-1"), SECRET, Instant.now());
    world.kommo().receiveMessage(talk, "Спасибо");

    JsonNode newest = history().path("messages").path(0);

    assertThat(newest.at("/message/text").asText()).isEqualTo("Спасибо");
    assertThat(newest.at("/sender/client_id").asText()).isNotBlank();
    assertThat(newest.has("receiver")).isFalse();
    assertThat(Json.parse(history(chat + "/history?offset=1&limit=50").body()).path("messages"))
        .hasSize(1);
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("error_type", type);
  }

  private List<LedgerEntry> applied() {
    return world.client().ledger(0).lines().stream()
        .filter(line -> line.applied() && line.kind().equals("send_message"))
        .toList();
  }

  private JsonNode history() throws Exception {
    return Json.parse(history(chat).body());
  }

  /** Of a chat, or of a chat with {@code /history} and a query behind it. */
  private HttpResponse<byte[]> history(String of) throws Exception {
    String path = SCOPE + "/chats/" + of.replaceAll("/history.*", "") + "/history";
    HttpRequest signed = signed("GET", path, "", SECRET, Instant.now()).build();
    String query = of.contains("?") ? of.substring(of.indexOf('?')) : "";
    HttpRequest request =
        HttpRequest.newBuilder(signed, (name, value) -> true)
            .uri(URI.create(signed.uri() + query))
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  private HttpResponse<String> post(String body, String secret, Instant at) throws Exception {
    return http.send(signed("POST", SCOPE, body, secret, at).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder signed(
      String method, String path, String body, String secret, Instant at) throws Exception {
    String md5 =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
    String date = DATE.format(at);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    String text = method + "\n" + md5 + "\napplication/json\n" + date + "\n" + path;
    String address = world.kommo().apiBase().replaceAll("/kommo/.*", "");
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Date", date)
        .header("Content-Type", "application/json")
        .header("Content-MD5", md5)
        .header(
            "X-Signature",
            HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  private String message(String id, String sender) {
    ObjectNode body = Json.object().put("event_type", "new_message");
    ObjectNode payload = body.putObject("payload");
    payload.put("timestamp", 1_700_000_000L).put("msec_timestamp", 1_700_000_000_000L);
    payload.put("msgid", id).put("conversation_id", chat).put("conversation_ref_id", chat);
    payload.putObject("sender").put("id", sender).put("ref_id", sender).put("name", "Bot");
    payload.putObject("receiver").put("id", "7").put("name", "Client");
    payload.putObject("message").put("type", "text").put("text", "Добрый день!");
    return body.toString();
  }
}
