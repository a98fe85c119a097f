package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.kommo.actions.TalkActions;
import io.voronka.infra.sandbox.kommo.model.ChatMessage;
import io.voronka.infra.sandbox.kommo.model.Talk;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.Routes;
import java.util.List;

/** {@code /api/v4/talks}: reading, closing, and sending into a talk. */
final class TalksApi {
  private static final String PATH = "/api/v4/talks";
  private static final String CHATS_SCOPE = "chats";
  private static final int MOST = 250;

  private TalksApi() {}

  static void mount(Routes<RestEndpoint> routes) {
    routes
        .on("GET", PATH, TalksApi::list)
        .on("GET", PATH + "/{id}", TalksApi::one)
        .on("POST", PATH + "/{id}/close", TalksApi::close)
        .on("POST", PATH + "/{id}/send_message", TalksApi::send)
        .on("GET", PATH + "/{id}/messages", TalksApi::messages);
  }

  private static RestReply list(RestCall call) {
    boolean onlyOpen = call.query().text("filter[only_in_work]").orElse("").matches("1|true");
    List<Talk> found =
        call.account().talks().stream()
            .filter(t -> !onlyOpen || t.inWork())
            .filter(Pages.among(call, "contact_id", Talk::contactId))
            .filter(Pages.among(call, "entity_id", Talk::entityId))
            .toList();
    return Pages.of(call, PATH, "talks", found, 50, MOST, t -> view(call.account(), t));
  }

  private static RestReply one(RestCall call) {
    return RestReply.ok(view(call.account(), talk(call)));
  }

  private static RestReply close(RestCall call) {
    Talk talk = talk(call);
    if (!talk.inWork()) {
      throw RestProblem.unprocessable("Talk is closed");
    }
    TalkActions.close(call.changes(), talk);
    return new RestReply(202, null);
  }

  /** In the order of the documented refusals: tariff, scope, quota, talk, text, closed. */
  private static RestReply send(RestCall call) {
    checkAccess(call);
    KommoAccount account = call.account();
    if (account.messagesViaApi() >= account.card().chatQuota()) {
      throw RestProblem.paymentRequired("Over chat API limit");
    }
    Talk talk = talk(call);
    JsonNode text = call.item().get("text");
    Violations violations = new Violations();
    if (text == null || text.isNull()) {
      violations.missing("text");
    } else if (!text.isTextual()) {
      violations.wrongType("text", "string");
    } else if (text.textValue().isBlank()) {
      violations.missing("text");
    }
    violations.check();
    if (!talk.inWork()) {
      throw RestProblem.unprocessable("Talk is closed");
    }
    ChatMessage message = TalkActions.send(call.changes(), talk, text.textValue());
    return new RestReply(202, Json.object().put("id", message.id()));
  }

  private static RestReply messages(RestCall call) {
    checkAccess(call);
    List<ChatMessage> found =
        call.account().messages(talk(call).id()).stream()
            .filter(Pages.within(call, "created_at", ChatMessage::createdAt))
            .toList();
    String path = PATH + "/" + call.id(0) + "/messages";
    return Pages.of(call, path, "messages", found, 50, MOST, TalksApi::view);
  }

  private static void checkAccess(RestCall call) {
    if (call.account().card().chatQuota() < 0) {
      throw RestProblem.paymentRequired("Endpoint not available for current account tariff");
    }
    if (!call.integration().scopes().contains(CHATS_SCOPE)) {
      throw RestProblem.forbidden("Invalid scope");
    }
  }

  private static Talk talk(RestCall call) {
    return call.account().talk(call.id(0)).orElseThrow(RestProblem::notFound);
  }

  private static ObjectNode view(KommoAccount account, Talk talk) {
    ObjectNode json =
        Json.object()
            .put("talk_id", talk.id())
            .put("created_at", talk.createdAt())
            .put("updated_at", talk.updatedAt())
            .put("rate", 0)
            .put("contact_id", talk.contactId())
            .put("chat_id", talk.chatId())
            .put("entity_id", talk.entityId())
            .put("entity_type", "lead")
            .put("is_in_work", talk.inWork())
            .put("is_read", talk.read())
            .put("origin", talk.origin())
            .put("account_id", account.card().id());
    json.set("_links", Views.self(account, PATH + "/" + talk.id()));
    return json;
  }

  private static ObjectNode view(ChatMessage message) {
    ObjectNode json =
        Json.object()
            .put("id", message.id())
            .put("talk_id", message.talkId())
            .put("type", message.incoming() ? "incoming" : "outgoing")
            .put("message_type", message.messageType())
            .put("text", message.text())
            .put("created_at", message.createdAt());
    json.putObject("author")
        .put("id", message.authorId())
        .put("type", message.authorType())
        .put("name", message.authorName());
    if (message.attachmentType() != null) {
      json.putObject("attachment")
          .put("type", message.attachmentType())
          .put("link", message.attachmentLink())
          .put("file_name", message.attachmentFileName());
    }
    return json;
  }
}
