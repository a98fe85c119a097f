package io.voronka.infra.sandbox.kommo.chats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.voronka.infra.sandbox.clock.SandboxClock;
import io.voronka.infra.sandbox.faults.Fault;
import io.voronka.infra.sandbox.faults.FaultBoard;
import io.voronka.infra.sandbox.kommo.Kommo;
import io.voronka.infra.sandbox.kommo.Telling;
import io.voronka.infra.sandbox.kommo.actions.TalkActions;
import io.voronka.infra.sandbox.kommo.model.ChatChannel;
import io.voronka.infra.sandbox.kommo.model.ChatMessage;
import io.voronka.infra.sandbox.kommo.model.Talk;
import io.voronka.infra.sandbox.kommo.state.Actor;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.ledger.EntryDraft;
import io.voronka.infra.sandbox.ledger.Side;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.WebHandler;
import io.voronka.infra.sandbox.web.WebReply;
import io.voronka.infra.sandbox.web.WebRequest;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /v2/origin/custom/SCOPE}: a bot or a person says something in a chat of the channel;
 * {@code GET …/chats/CHAT/history}: what was said. A message that comes twice is said twice: that
 * the vendor drops repeats is nowhere promised. The shapes are those of
 * https://www.amocrm.ru/developers/content/chats/chat-api-reference.
 */
public final class ChatsFront implements WebHandler {
  /** The path's first segment. */
  public static final String SEGMENT = "v2";

  private static final String SCOPE = "/v2/origin/custom/";
  private static final int MOST = 50;

  private final Kommo kommo;
  private final SandboxClock clock;
  private final FaultBoard faults;

  public ChatsFront(Kommo kommo, SandboxClock clock, FaultBoard faults) {
    this.kommo = kommo;
    this.clock = clock;
    this.faults = faults;
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String type;

    Refused(int status, String type, String description) {
      super(description, null, false, false);
      this.status = status;
      this.type = type;
    }

    WebReply web() {
      return WebReply.json(
          status,
          Json.object()
              .put("status", 0)
              .put("error_code", status)
              .put("error_type", type)
              .put("error_description", getMessage()));
    }
  }

  @Override
  public Future<WebReply> handle(WebRequest request) {
    if (!request.path().startsWith(SCOPE)) {
      return Future.succeededFuture(new Refused(404, "NOT_FOUND", "nothing is served here").web());
    }
    String[] path = request.path().substring(SCOPE.length()).split("/", -1);
    Optional<KommoAccount> account =
        kommo.accounts().stream().filter(one -> has(one, path[0])).findFirst();
    if (account.isEmpty()) {
      return Future.succeededFuture(
          new Refused(404, "ORIGIN_NOT_REGISTERED", "origin is not registered").web());
    }
    String subdomain = account.get().card().subdomain();
    EntryDraft draft = new EntryDraft(Kommo.VENDOR, Side.API, subdomain);
    draft.request(request, request.path());
    Optional<Fault> fault = faults.take(subdomain, request.method(), request.path());
    fault.ifPresent(one -> draft.fault(one.name()));
    if (fault.isPresent() && fault.get().drop() == Fault.Drop.BEFORE) {
      return refuse(request, draft, WebReply.dropped());
    }
    if (fault.isPresent() && fault.get().status() != null) {
      int status = fault.get().status();
      return refuse(request, draft, new Refused(status, "SIMULATED", "simulated failure").web());
    }
    try {
      check(request, account.get());
      if (path.length == 1 && request.method().equals("POST")) {
        boolean lost = fault.isPresent() && fault.get().drop() == Fault.Drop.AFTER;
        return say(request, account.get(), draft, lost);
      }
      if (path.length == 4 && path[1].equals("chats") && path[3].equals("history")) {
        return Future.succeededFuture(history(request, account.get(), path[2]));
      }
      throw new Refused(404, "NOT_FOUND", "nothing is served here");
    } catch (Refused refused) {
      return refuse(request, draft, refused.web());
    }
  }

  private static boolean has(KommoAccount account, String scopeId) {
    ChatChannel channel = account.card().chatChannel();
    return channel != null && channel.scopeId().equals(scopeId);
  }

  private void check(WebRequest request, KommoAccount account) {
    String problem =
        ChatSignatures.problem(request, account.card().chatChannel().secret(), clock.callers());
    if (problem != null) {
      throw new Refused(403, "ORIGIN_INVALID_SIGNATURE", problem);
    }
  }

  private Future<WebReply> say(
      WebRequest request, KommoAccount account, EntryDraft draft, boolean lost) {
    JsonNode payload = payload(request);
    String text = text(payload.path("message"), "text");
    String id = text(payload, "msgid");
    text(payload, "conversation_id");
    whole(payload, "timestamp");
    whole(payload, "msec_timestamp");
    String chat = text(payload, "conversation_ref_id");
    String sender = text(payload.path("sender"), "ref_id");
    text(payload.path("sender"), "id");
    text(payload.path("sender"), "name");
    text(payload.path("receiver"), "id");
    text(payload.path("receiver"), "name");
    if (!sender.equals(account.card().chatChannel().botId())) {
      throw new Refused(403, "SENDER_NOT_ALLOWED", "the sender is no bot of the channel");
    }
    Talk talk =
        talk(account, chat).orElseThrow(() -> new Refused(404, "CHAT_NOT_FOUND", "no such chat"));
    Changes changes = kommo.changes(account, new Actor(0, true));
    ChatMessage message = TalkActions.sayInChannel(changes, talk, sender, id, text);
    draft.status(200);
    ObjectNode answer = Json.object();
    answer
        .putObject("new_message")
        .put("conversation_id", chat)
        .put("sender_id", sender)
        .put("receiver_id", participant(account, talk))
        .put("msgid", message.id())
        .put("ref_id", id);
    Kommo.Committed committed = kommo.commit(draft, changes, Telling.USUAL, null);
    return committed
        .durable()
        .map(
            onDisk -> {
              var unused = kommo.release(committed.deliveries());
              return lost ? WebReply.dropped() : WebReply.json(200, answer);
            });
  }

  /** The newest first; a chat that is none looks like one in which nothing was said. */
  private static WebReply history(WebRequest request, KommoAccount account, String chat) {
    int offset = number(request, "offset", 0, Integer.MAX_VALUE);
    int limit = number(request, "limit", MOST, MOST);
    Optional<Talk> talk = talk(account, chat);
    List<ChatMessage> newest =
        talk.map(one -> account.messages(one.id())).orElse(List.of()).stream()
            .sorted(Comparator.comparingLong(ChatMessage::number).reversed())
            .skip(offset)
            .limit(limit)
            .toList();
    if (newest.isEmpty()) {
      return WebReply.empty(204);
    }
    ObjectNode body = Json.object();
    var messages = body.putArray("messages");
    for (ChatMessage one : newest) {
      ObjectNode line =
          messages
              .addObject()
              .put("timestamp", one.createdAt())
              .put("msec_timestamp", one.createdAt() * 1000);
      ObjectNode client = Json.object().put("id", participant(account, talk.get()));
      client.put("client_id", String.valueOf(talk.get().contactId())).put("name", "Client");
      if (one.incoming()) {
        line.set("sender", client);
      } else {
        line.putObject("sender").put("id", one.authorId()).put("name", one.authorName());
        line.set("receiver", client);
      }
      line.putObject("message")
          .put("id", one.id())
          .put("client_id", one.clientId() == null ? "" : one.clientId())
          .put("type", one.messageType())
          .put("text", one.text())
          .put("media", one.attachmentLink() == null ? "" : one.attachmentLink())
          .put("thumbnail", "")
          .put("file_name", one.attachmentFileName() == null ? "" : one.attachmentFileName())
          .put("file_size", 0);
    }
    return WebReply.json(200, body);
  }

  /** The client as the chats API knows it. */
  private static String participant(KommoAccount account, Talk talk) {
    return account.uuid("client/" + talk.contactId());
  }

  private static int number(WebRequest request, String name, int otherwise, int most) {
    String given = request.query().text(name).orElse(String.valueOf(otherwise));
    if (!given.matches("[0-9]{1,9}") || Integer.parseInt(given) > most) {
      throw new Refused(400, "INVALID_REQUEST", name + " must be a number, at most " + most);
    }
    return Integer.parseInt(given);
  }

  private static Optional<Talk> talk(KommoAccount account, String chat) {
    return account.talks().stream().filter(talk -> talk.chatId().equals(chat)).findFirst();
  }

  private static JsonNode payload(WebRequest request) {
    try {
      JsonNode body = Json.parse(request.body());
      if ("new_message".equals(body.path("event_type").textValue())) {
        return body.path("payload");
      }
    } catch (IOException e) {
      // told below, as for an event of another type
    }
    throw new Refused(400, "INVALID_REQUEST", "a new_message is expected");
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null || !value.isTextual() || value.textValue().isBlank()) {
      throw new Refused(400, "INVALID_REQUEST", name + " must be a text");
    }
    return value.textValue();
  }

  private static void whole(JsonNode node, String name) {
    if (!node.path(name).isIntegralNumber()) {
      throw new Refused(400, "INVALID_REQUEST", name + " must be a whole number");
    }
  }

  private Future<WebReply> refuse(WebRequest request, EntryDraft draft, WebReply reply) {
    return request.method().equals("POST")
        ? kommo.refuse(draft.status(reply.status())).map(reply)
        : kommo.durable().map(reply);
  }
}
