package io.voronka.jobs.capturecontrol.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.schemas.ChatChannel;
import io.voronka.schemas.MailSecurity;
import io.voronka.schemas.MailSenderRow;
import io.voronka.schemas.MessageBot;
import io.voronka.schemas.ScriptCategory;
import io.voronka.schemas.ScriptRow;
import io.voronka.schemas.SigningKeyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables that say how a tenant's actions leave the house. */
final class OutboundRows {
  private final ObjectMapper json;

  OutboundRows(ObjectMapper json) {
    this.json = json;
  }

  SigningKeyRow signingKey(Columns row) throws RejectedRowException {
    return SigningKeyRow.newBuilder()
        .setTenantId(row.text("tenant_id"))
        .setKeyId(row.text("key_id"))
        .setSecretReferences(texts(row, "secret_references"))
        .build();
  }

  /** Null: the account has no channel of ours. */
  static ChatChannel chatChannel(Columns row) throws RejectedRowException {
    return row.orNull("chat_scope_id") == null
        ? null
        : ChatChannel.newBuilder()
            .setBaseUrl(row.text("chat_base_url"))
            .setScopeId(row.text("chat_scope_id"))
            .setSecretReference(row.text("chat_secret_reference"))
            .setSenderId(row.text("chat_sender_id"))
            .build();
  }

  /** Null: no salesbot speaks for the account. */
  static MessageBot messageBot(Columns row) throws RejectedRowException {
    String bot = row.orNull("message_bot_id");
    return bot == null ? null : new MessageBot(bot, row.text("message_bot_field_id"));
  }

  static MailSenderRow mailSender(Columns row) throws RejectedRowException {
    return MailSenderRow.newBuilder()
        .setTenantId(row.text("tenant_id"))
        .setSenderId(row.text("sender_id"))
        .setHost(row.text("host"))
        .setPort(row.integer("port"))
        .setSecurity(security(row))
        .setUserName(row.orNull("user_name"))
        .setPasswordReference(row.orNull("password_reference"))
        .setFromAddress(row.text("from_address"))
        .setFromName(row.orNull("from_name"))
        .setReplyTo(row.orNull("reply_to"))
        .setUnsubscribeUrl(row.orNull("unsubscribe_url"))
        .setUnsubscribeAddress(row.orNull("unsubscribe_address"))
        .setMessagesPerSecond(row.integer("messages_per_second"))
        .build();
  }

  ScriptRow script(Columns row) throws RejectedRowException {
    return ScriptRow.newBuilder()
        .setTenantId(row.text("tenant_id"))
        .setAgentId(row.text("agent_id"))
        .setScriptId(row.text("script_id"))
        .setTitle(row.text("title"))
        .setBody(row.text("body"))
        .setCategory(category(row))
        .setStageIds(texts(row, "stages"))
        .setKeyPhrases(texts(row, "key_phrases"))
        .setLocale(row.text("locale"))
        .build();
  }

  private static ScriptCategory category(Columns row) throws RejectedRowException {
    try {
      return ScriptCategory.valueOf(row.text("category").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new RejectedRowException(
          RejectReason.BAD_VALUE, row.table() + ".category is no category of scripts");
    }
  }

  private static MailSecurity security(Columns row) throws RejectedRowException {
    return switch (row.text("security")) {
      case "tls" -> MailSecurity.TLS;
      case "starttls" -> MailSecurity.STARTTLS;
      case "none" -> MailSecurity.NONE;
      default ->
          throw new RejectedRowException(
              RejectReason.BAD_VALUE, row.table() + ".security is none of tls, starttls, none");
    };
  }

  List<String> texts(Columns row, String column) throws RejectedRowException {
    RejectedRowException bad =
        new RejectedRowException(
            RejectReason.BAD_LIST, row.table() + "." + column + " is not a list of texts");
    JsonNode list;
    try {
      list = json.readTree(row.text(column));
    } catch (JsonProcessingException e) {
      throw bad;
    }
    if (!list.isArray()) {
      throw bad;
    }
    List<String> texts = new ArrayList<>(list.size());
    for (JsonNode item : list) {
      if (!item.isTextual()) {
        throw bad;
      }
      texts.add(item.textValue());
    }
    return texts;
  }
}
