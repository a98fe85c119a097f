package io.voronka.connectors.crm.kommo.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.connectors.crm.ChannelMessage;
import io.voronka.connectors.crm.ChatChannel;
import io.voronka.connectors.crm.CrmChats;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.Written;
import io.voronka.connectors.crm.secrets.SecretReference;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.secrets.UnresolvedSecretException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Kommo's chats API (amojo), version 2, as the vendor describes it:
 * https://www.amocrm.ru/developers/content/chats/chat-api-reference and
 * https://developers.kommo.com/reference/chat-history. Two things that are easily taken the wrong
 * way round: {@code msgid} is our id in a request, but the vendor's in its answer, where ours is
 * {@code ref_id}; and in a history {@code message.id} is the vendor's, {@code message.client_id}
 * ours. A chat without messages, or that is none, is answered by 204.
 */
final class KommoChats implements CrmChats {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCOPE = "/v2/origin/custom/";
  private static final int NEWEST = 50;

  /** What may stand in a path as it is. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  private final HttpExchange http;
  private final KommoFailures failures;
  private final Secrets secrets;
  private final Clock clock;

  KommoChats(HttpExchange http, KommoFailures failures, Secrets secrets, Clock clock) {
    this.http = http;
    this.failures = failures;
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<CrmReply<Written>> say(ChatChannel channel, ChannelMessage message) {
    if (message.text() == null || message.text().isBlank()) {
      return failed(CrmFailure.Kind.INVALID, "message text is empty");
    }
    return exchange(
        channel,
        "POST",
        channel.scopeId(),
        "",
        body(channel, message),
        answer ->
            new Written(
                KommoAnswers.text(json(answer).path("new_message"), "msgid"), answer.status()));
  }

  @Override
  public CompletableFuture<CrmReply<Optional<String>>> find(
      ChatChannel channel, String chatId, String messageId) {
    if (!WORD.matcher(chatId).matches()) {
      return failed(CrmFailure.Kind.INVALID, "chat id is no word");
    }
    return this.<CrmReply<Optional<String>>>exchange(
            channel,
            "GET",
            channel.scopeId() + "/chats/" + chatId + "/history",
            "?offset=0&limit=" + NEWEST,
            null,
            answer -> said(answer, messageId))
        .thenCompose(
            reply ->
                reply.isOk()
                    ? CompletableFuture.completedFuture(reply.value())
                    : CompletableFuture.completedFuture(CrmReply.failed(reply.failure())));
  }

  private <T> CompletableFuture<CrmReply<T>> exchange(
      ChatChannel channel,
      String method,
      String path,
      String query,
      byte[] body,
      Function<HttpAnswer, T> reader) {
    if (!WORD.matcher(channel.scopeId()).matches()) {
      return failed(CrmFailure.Kind.INVALID, "scope id is no word");
    }
    String secret;
    try {
      secret = secrets.resolve(SecretReference.parse(channel.secretReference()));
    } catch (UnresolvedSecretException e) {
      return failed(CrmFailure.Kind.TOKENS_UNAVAILABLE, e.getMessage());
    }
    URI uri = URI.create(channel.base() + SCOPE + path + query);
    byte[] signed = body == null ? new byte[0] : body;
    Map<String, String> headers =
        ChatSignature.headers(secret, method, uri, signed, clock.instant());
    return http.sendWith(headers, method, uri, body)
        .thenApply(
            reply ->
                !reply.isOk()
                    ? CrmReply.failed(reply.failure())
                    : reply.value().status() / 100 == 2
                        ? CrmReply.of(reader.apply(reply.value()))
                        : CrmReply.failed(failures.of(reply.value())));
  }

  /**
   * Of a bot or a manager, so both sides are there, each with a name: the vendor wants one, and is
   * strict about types. Whom it knows by {@code ref_id}, or by the chat, it calls as it did before.
   */
  private static byte[] body(ChatChannel channel, ChannelMessage message) {
    ObjectNode body = JSON.createObjectNode().put("event_type", "new_message");
    ObjectNode payload = body.putObject("payload");
    payload.put("timestamp", message.at().getEpochSecond());
    payload.put("msec_timestamp", message.at().toEpochMilli());
    payload.put("msgid", message.id());
    payload.put("conversation_id", message.chatId());
    payload.put("conversation_ref_id", message.chatId());
    payload.put("silent", false);
    payload
        .putObject("sender")
        .put("id", channel.senderId())
        .put("ref_id", channel.senderId())
        .put("name", "Bot");
    payload.putObject("receiver").put("id", message.clientId()).put("name", "Client");
    payload.putObject("message").put("type", "text").put("text", message.text());
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
    }
  }

  /** What cannot be read is no proof that nothing was said. */
  private static CrmReply<Optional<String>> said(HttpAnswer answer, String messageId) {
    JsonNode messages = json(answer).path("messages");
    if (answer.body().length > 0 && !messages.isArray()) {
      return CrmReply.failed(
          CrmFailure.before(
              CrmFailure.Kind.UNEXPECTED_ANSWER, answer.status(), "the history lists no messages"));
    }
    for (JsonNode one : messages) {
      JsonNode message = one.path("message");
      if (messageId.equals(KommoAnswers.text(message, "client_id"))) {
        return CrmReply.of(Optional.of(String.valueOf(KommoAnswers.text(message, "id"))));
      }
    }
    return CrmReply.of(Optional.empty());
  }

  /** The vendor said yes: an odd body does not undo it. */
  private static JsonNode json(HttpAnswer answer) {
    try {
      JsonNode json = JSON.readTree(answer.body());
      return json != null && json.isObject() ? json : JSON.createObjectNode();
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private static <T> CompletableFuture<CrmReply<T>> failed(CrmFailure.Kind kind, String detail) {
    return CompletableFuture.completedFuture(CrmReply.failed(CrmFailure.before(kind, 0, detail)));
  }
}
