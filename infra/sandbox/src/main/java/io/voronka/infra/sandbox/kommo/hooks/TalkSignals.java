package io.voronka.infra.sandbox.kommo.hooks;

import io.voronka.infra.sandbox.kommo.model.ChatMessage;
import io.voronka.infra.sandbox.kommo.model.Talk;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.kommo.state.Signal;

/** What subscribers hear about talks and the messages in them. */
public final class TalkSignals {
  private TalkSignals() {}

  public static Signal opened(Talk talk) {
    return talk(talk, "add");
  }

  public static Signal updated(Talk talk) {
    return talk(talk, "update");
  }

  /**
   * A message from the client.
   *
   * @param unwrapped without the top key {@code message}, as some accounts send it
   */
  public static Signal received(Talk talk, ChatMessage message, boolean unwrapped) {
    FieldList fields =
        new FieldList()
            .add("id", message.id())
            .add("chat_id", talk.chatId())
            .add("talk_id", talk.id())
            .add("contact_id", talk.contactId())
            .add("text", message.text())
            .add("created_at", message.createdAt());
    if (talk.entityId() != 0) {
      fields
          .add("element_type", 2)
          .add("entity_type", "lead")
          .add("element_id", talk.entityId())
          .add("entity_id", talk.entityId());
    }
    fields
        .add("type", "incoming")
        .addPath("[author][id]", message.authorId())
        .addPath("[author][type]", "external")
        .addPath("[author][name]", message.authorName())
        .add("origin", talk.origin())
        .add("message_type", message.messageType());
    attach(fields, message);
    return new Signal(
        "add_message", unwrapped ? "" : "message", "add", entity(talk), fields.pairs());
  }

  /** A message to the client, whoever wrote it. */
  public static Signal sent(KommoAccount account, Talk talk, ChatMessage message) {
    FieldList fields =
        new FieldList()
            .add("id", message.id())
            .add("chat_id", talk.chatId())
            .add("talk_id", talk.id())
            .add("contact_id", talk.contactId())
            .add("text", message.text())
            .add("created_at", message.createdAt())
            .add("message_type", message.messageType())
            .add("type", "outgoing")
            .add("origin", talk.origin())
            .addPath("[author][id]", message.authorId())
            .addPath("[author][type]", message.authorType());
    if (message.authorUserId() != 0) {
      fields.addPath("[author][user_id]", message.authorUserId());
    }
    String client = account.contact(talk.contactId()).map(c -> c.name()).orElse("Client");
    fields
        .addPath("[author][name]", message.authorName())
        .addPath("[recipient][id]", account.uuid("contact/" + talk.contactId()))
        .addPath("[recipient][type]", "external")
        .addPath("[recipient][name]", client);
    attach(fields, message);
    return new Signal(
        "add_outgoing_message", "outgoing_message", "add", entity(talk), fields.pairs());
  }

  private static void attach(FieldList fields, ChatMessage message) {
    if (message.attachmentType() != null) {
      fields
          .addPath("[attachment][type]", message.attachmentType())
          .addPath("[attachment][link]", message.attachmentLink())
          .addPath("[attachment][file_name]", message.attachmentFileName());
    }
  }

  private static Signal talk(Talk talk, String action) {
    FieldList fields =
        new FieldList()
            .add("talk_id", talk.id())
            .add("created_at", talk.createdAt())
            .add("updated_at", talk.updatedAt())
            .add("rate", 0)
            .add("contact_id", talk.contactId())
            .add("chat_id", talk.chatId())
            .add("entity_id", talk.entityId())
            .add("entity_type", "lead")
            .add("is_in_work", talk.inWork() ? 1 : 0)
            .add("is_read", talk.read() ? 1 : 0)
            .add("origin", talk.origin());
    return new Signal(action + "_talk", "talk", action, entity(talk), fields.pairs());
  }

  private static String entity(Talk talk) {
    return talk.entityId() == 0 ? "talks/" + talk.id() : "leads/" + talk.entityId();
  }
}
