package io.voronka.infra.sandbox.kommo.actions;

import io.voronka.infra.sandbox.kommo.hooks.TalkSignals;
import io.voronka.infra.sandbox.kommo.model.Bot;
import io.voronka.infra.sandbox.kommo.model.ChatMessage;
import io.voronka.infra.sandbox.kommo.model.CustomField;
import io.voronka.infra.sandbox.kommo.model.FieldValue;
import io.voronka.infra.sandbox.kommo.model.Lead;
import io.voronka.infra.sandbox.kommo.model.Talk;
import io.voronka.infra.sandbox.kommo.model.User;
import io.voronka.infra.sandbox.kommo.state.ChangeKind;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.web.Json;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Talks: opening, closing, and what client, people, bots and integrations say in them. */
public final class TalkActions {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{lead\\.(name|cf\\.(\\d+))}}");

  private TalkActions() {}

  /** A file with a message; {@link #NONE} for none. */
  public record Attachment(String type, String link, String fileName) {
    public static final Attachment NONE = new Attachment(null, null, null);
  }

  /** Opens a talk; {@code id} null takes the next one. */
  public static Talk open(Changes changes, Long id, long contactId, long leadId, String origin) {
    long talkId = id == null ? changes.account().newId() : id;
    Talk talk =
        new Talk(
            talkId,
            changes.account().uuid("chat/" + talkId),
            contactId,
            leadId,
            origin,
            changes.seconds(),
            changes.seconds(),
            true,
            true);
    changes.put(ChangeKind.TALK, talk);
    changes.effect("open_talk", "leads", leadId, String.valueOf(talkId));
    changes.event("talk_created", "talk", talkId, Json.array(), Json.array());
    changes.signal(TalkSignals.opened(talk));
    return talk;
  }

  public static void close(Changes changes, Talk talk) {
    Talk closed = touched(changes, talk, false, true);
    changes.put(ChangeKind.TALK, closed);
    changes.effect("close_talk", "leads", talk.entityId(), String.valueOf(talk.id()));
    changes.event("talk_closed", "talk", talk.id(), Json.array(), Json.array());
    changes.signal(TalkSignals.updated(closed));
  }

  /** The client writes; a closed talk opens again. */
  public static ChatMessage receive(
      Changes changes, Talk talk, String text, String author, Attachment file, boolean unwrapped) {
    ChatMessage message =
        message(
            changes,
            talk,
            true,
            text,
            new Author(
                "external", changes.account().uuid("client/" + talk.contactId()), author, 0, false),
            file);
    Talk now = touched(changes, talk, true, false);
    changes.put(ChangeKind.TALK, now);
    changes.put(ChangeKind.MESSAGE, message);
    changes.effect("receive_message", "leads", talk.entityId(), message.id());
    changes.event("incoming_chat_message", "lead", talk.entityId(), Json.array(), Json.array());
    changes.signal(TalkSignals.received(now, message, unwrapped));
    return message;
  }

  /** A person writes in Kommo, or an integration through the API. */
  public static ChatMessage send(Changes changes, Talk talk, String text) {
    KommoAccount account = changes.account();
    long userId = changes.actor().userId();
    String name =
        account.card().users().stream()
            .filter(u -> u.id() == userId)
            .map(User::name)
            .findFirst()
            .orElse("Integration");
    Author author =
        new Author(
            "internal", account.uuid("user/" + userId), name, userId, changes.actor().viaApi());
    ChatMessage message = message(changes, talk, false, text, author, Attachment.NONE);
    say(changes, talk, message);
    changes.effect("send_message", "leads", talk.entityId(), message.id());
    return message;
  }

  /** A bot of a channel writes, under an id of the channel's own. */
  public static ChatMessage sayInChannel(
      Changes changes, Talk talk, String botId, String clientId, String text) {
    Author author = new Author("bot", botId, "Channel", 0, false);
    ChatMessage message =
        named(message(changes, talk, false, text, author, Attachment.NONE), clientId);
    say(changes, talk, message);
    changes.effect("send_message", "leads", talk.entityId(), message.id());
    return message;
  }

  /** Runs a bot on a lead; what it says goes into the lead's newest open talk, if there is one. */
  public static void runBot(Changes changes, Bot bot, String entityType, long entityId) {
    changes.effect("run_salesbot", entityType, entityId, String.valueOf(bot.id()));
    Optional<Talk> talk =
        changes.account().talks().stream()
            .filter(t -> t.inWork() && t.entityId() == entityId && entityType.equals("leads"))
            .max(Comparator.comparingLong(Talk::updatedAt).thenComparingLong(Talk::id));
    String text = bot.message() == null ? "" : fill(changes.account(), bot.message(), entityId);
    if (talk.isPresent() && !text.isEmpty()) {
      Author author =
          new Author("bot", changes.account().uuid("bot/" + bot.id()), bot.name(), 0, false);
      say(changes, talk.get(), message(changes, talk.get(), false, text, author, Attachment.NONE));
    }
  }

  private record Author(String type, String id, String name, long userId, boolean viaApi) {}

  private static void say(Changes changes, Talk talk, ChatMessage message) {
    changes.put(ChangeKind.TALK, touched(changes, talk, talk.inWork(), true));
    changes.put(ChangeKind.MESSAGE, message);
    changes.event("outgoing_chat_message", "lead", talk.entityId(), Json.array(), Json.array());
    changes.signal(TalkSignals.sent(changes.account(), talk, message));
  }

  private static ChatMessage message(
      Changes changes, Talk talk, boolean incoming, String text, Author author, Attachment file) {
    long number = changes.account().nextMessage();
    return new ChatMessage(
        changes.account().uuid("message/" + number),
        number,
        talk.id(),
        incoming,
        text,
        file.type() == null ? "text" : file.type(),
        author.type(),
        author.id(),
        author.name(),
        author.userId(),
        author.viaApi(),
        changes.seconds(),
        file.type(),
        file.link(),
        file.fileName(),
        null);
  }

  private static ChatMessage named(ChatMessage message, String clientId) {
    return new ChatMessage(
        message.id(),
        message.number(),
        message.talkId(),
        message.incoming(),
        message.text(),
        message.messageType(),
        message.authorType(),
        message.authorId(),
        message.authorName(),
        message.authorUserId(),
        message.viaApi(),
        message.createdAt(),
        message.attachmentType(),
        message.attachmentLink(),
        message.attachmentFileName(),
        clientId);
  }

  private static Talk touched(Changes changes, Talk talk, boolean inWork, boolean read) {
    return new Talk(
        talk.id(),
        talk.chatId(),
        talk.contactId(),
        talk.entityId(),
        talk.origin(),
        talk.createdAt(),
        changes.seconds(),
        inWork,
        read);
  }

  private static String fill(KommoAccount account, String template, long leadId) {
    Optional<Lead> lead = account.lead(leadId);
    Matcher matcher = PLACEHOLDER.matcher(template);
    return matcher.replaceAll(
        found ->
            Matcher.quoteReplacement(
                lead.map(
                        l ->
                            found.group(1).equals("name")
                                ? l.name()
                                : fieldText(account, l, Long.parseLong(found.group(2))))
                    .orElse("")));
  }

  private static String fieldText(KommoAccount account, Lead lead, long fieldId) {
    return lead.fields().stream()
        .filter(f -> f.fieldId() == fieldId)
        .filter(f -> account.field("leads", fieldId).map(CustomField::id).isPresent())
        .flatMap(f -> f.values().stream())
        .map(FieldValue::value)
        .collect(Collectors.joining(", "));
  }
}
