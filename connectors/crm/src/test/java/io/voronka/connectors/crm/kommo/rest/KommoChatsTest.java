package io.voronka.connectors.crm.kommo.rest;

import static io.voronka.connectors.crm.kommo.rest.ClientFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.connectors.crm.ChannelMessage;
import io.voronka.connectors.crm.ChatChannel;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.Written;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KommoChatsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef01234567";
  private static final Instant MOMENT = Instant.ofEpochSecond(1_700_000_000);
  private static final ChannelMessage HELLO =
      new ChannelMessage("action-1", "chat-1", "7", "Добрый день!", MOMENT.plusMillis(5));

  private ClientFixture world;
  private ChatChannel channel;

  @BeforeEach
  void start() throws Exception {
    world = new ClientFixture();
    world.environment.put("CHAT", SECRET);
    channel = new ChatChannel(root(), "scope_1", "env:CHAT", "bot-1");
  }

  @AfterEach
  void stop() {
    world.close();
  }

  /** Computed apart from this code, with openssl. */
  @Test
  void signaturesAreTheVendors() {
    byte[] body =
        "{\"event_type\":\"new_message\",\"payload\":{\"msgid\":\"m1\"}}"
            .getBytes(StandardCharsets.UTF_8);

    Map<String, String> post =
        ChatSignature.headers(
            SECRET, "POST", URI.create("https://x.test/v2/origin/custom/scope_1"), body, MOMENT);
    Map<String, String> get =
        ChatSignature.headers(
            SECRET,
            "GET",
            URI.create("https://x.test/v2/origin/custom/scope_1/chats/c1/history?limit=50"),
            new byte[0],
            MOMENT);

    assertThat(post)
        .containsEntry("Date", "Tue, 14 Nov 2023 22:13:20 +0000")
        .containsEntry("Content-MD5", "bda91f577265a70accc43761faa2bb23")
        .containsEntry("X-Signature", "614cec8d418f9237a34933c14a5475cfceeb0a0c");
    assertThat(get)
        .containsEntry("Content-MD5", "d41d8cd98f00b204e9800998ecf8427e")
        .containsEntry("X-Signature", "2c2ffaafb32fb4816027666cc3098f5e8cd6925f");
  }

  @Test
  void aMessageNamesItsIdItsChatAndBothSides() throws Exception {
    world.kommo.answer(
        200,
        """
        {"new_message":{"conversation_id":"chat-1","sender_id":"bot-1","receiver_id":"client-1",
                        "msgid":"vendors-9","ref_id":"action-1"}}
        """);

    assertThat(await(world.client.chats().say(channel, HELLO)).value())
        .isEqualTo(new Written("vendors-9", 200));

    FakeKommo.Request sent = world.kommo.requests().get(0);
    assertThat(sent.call()).isEqualTo("POST /v2/origin/custom/scope_1");
    assertThat(sent.token()).isNull();
    JsonNode payload = new ObjectMapper().readTree(sent.body()).path("payload");
    assertThat(payload.path("msgid").textValue()).isEqualTo("action-1");
    assertThat(payload.path("timestamp").longValue()).isEqualTo(1_700_000_000L);
    assertThat(payload.path("msec_timestamp").longValue()).isEqualTo(1_700_000_000_005L);
    assertThat(payload.path("conversation_ref_id").textValue()).isEqualTo("chat-1");
    assertThat(payload.path("sender").path("ref_id").textValue()).isEqualTo("bot-1");
    assertThat(payload.path("sender").path("name").textValue()).isNotBlank();
    assertThat(payload.path("receiver").path("id").textValue()).isEqualTo("7");
    assertThat(payload.path("receiver").path("name").textValue()).isNotBlank();
    assertThat(payload.path("message").path("text").textValue()).isEqualTo("Добрый день!");
  }

  @Test
  void whatWasSaidIsFoundByOurIdAlone() throws Exception {
    world.kommo.answer(
        200,
        """
        {"messages":[
          {"timestamp":1596470953,
           "sender":{"id":"d8d9f9c4","name":"Bot"},
           "receiver":{"id":"86a0caef","client_id":"7","name":"Client","phone":"79151112233"},
           "message":{"id":"vendors-9","client_id":"action-1","type":"text","text":"Hi","media":"",
                      "thumbnail":"","file_name":"","file_size":0}},
          {"timestamp":1596470809,
           "sender":{"id":"86a0caef","client_id":"7","name":"Client"},
           "message":{"id":"never","client_id":"other","type":"text","text":"Hi"}}]}
        """);

    assertThat(await(world.client.chats().find(channel, "chat-1", "action-1")).value())
        .contains("vendors-9");
    assertThat(await(world.client.chats().find(channel, "chat-1", "never")).value()).isEmpty();
    assertThat(world.kommo.requests().get(0).call())
        .isEqualTo("GET /v2/origin/custom/scope_1/chats/chat-1/history?offset=0&limit=50");
  }

  @Test
  void aChatWithoutMessagesIsReadAsSuch() throws Exception {
    world.kommo.answer(204, "");

    assertThat(await(world.client.chats().find(channel, "chat-1", "action-1")).value()).isEmpty();
  }

  @Test
  void aHistoryThatCannotBeReadProvesNothing() throws Exception {
    world.kommo.answer(200, "<html>");

    assertThat(await(world.client.chats().find(channel, "chat-1", "action-1")).failure().kind())
        .isEqualTo(CrmFailure.Kind.UNEXPECTED_ANSWER);
  }

  @Test
  void aWrongSignatureIsNamed() throws Exception {
    world.kommo.answer(
        403,
        "{\"status\":0,\"error_code\":403,\"error_type\":\"ORIGIN_INVALID_SIGNATURE\",\"error_description\":\"invalid"
            + " signature\"}");

    CrmFailure failure = await(world.client.chats().say(channel, HELLO)).failure();

    assertThat(failure.kind()).isEqualTo(CrmFailure.Kind.FORBIDDEN);
    assertThat(failure.detail()).contains("ORIGIN_INVALID_SIGNATURE", "invalid signature");
    assertThat(failure.mayHaveHappened()).isFalse();
  }

  @Test
  void withoutItsSecretOrWithAnOddIdNothingIsSent() throws Exception {
    ChatChannel secretless = new ChatChannel(root(), "scope_1", "env:NOWHERE", "bot-1");
    ChatChannel odd = new ChatChannel(root(), "../scope", "env:CHAT", "bot-1");

    assertThat(await(world.client.chats().say(secretless, HELLO)).failure().kind())
        .isEqualTo(CrmFailure.Kind.TOKENS_UNAVAILABLE);
    assertThat(await(world.client.chats().say(odd, HELLO)).failure().kind())
        .isEqualTo(CrmFailure.Kind.INVALID);
    assertThat(await(world.client.chats().find(channel, "a/b", "action-1")).failure().kind())
        .isEqualTo(CrmFailure.Kind.INVALID);
    assertThat(world.kommo.requests()).isEmpty();
  }

  private URI root() {
    return URI.create(world.kommo.base().toString().replace("/kommo/acme", ""));
  }
}
