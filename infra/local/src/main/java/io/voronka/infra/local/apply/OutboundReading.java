package io.voronka.infra.local.apply;

import io.voronka.infra.local.apply.Manifest.BotSpec;
import io.voronka.infra.local.apply.Manifest.ChatSpec;
import io.voronka.infra.local.apply.Manifest.MailSenderSpec;
import io.voronka.infra.local.apply.Manifest.SigningKeySpec;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Documents that say how a tenant's actions leave the house. */
final class OutboundReading {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?=.{3,254}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
  private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]{1,200}");

  private static final Pattern CHAT_ID =
      Pattern.compile("[A-Za-z0-9_-]{1,64}(_[A-Za-z0-9-]{1,63})?");
  private static final Pattern VENDOR_ID = Pattern.compile("[1-9][0-9]{0,17}");
  private static final String CHATS = "https://amojo.kommo.com";

  private OutboundReading() {}

  static SigningKeySpec signingKey(FieldReader fields) {
    SigningKeySpec key =
        new SigningKeySpec(
            fields.slug("tenant"),
            fields.slug("id"),
            fields.texts(
                "secrets",
                5,
                ManifestReader.REFERENCE,
                "must be env:NAME or file:/path, never the secret itself"));
    fields.rejectUnknown();
    return key;
  }

  /** Of an account's document: all that names our own chat channel, or nothing of it. */
  static Optional<ChatSpec> chat(FieldReader fields) {
    Optional<String> scope = fields.optionalText("chatScopeId", CHAT_ID, "must be the scope's id");
    Optional<String> secret =
        fields.optionalText(
            "chatSecret",
            ManifestReader.REFERENCE,
            "must be env:NAME or file:/path, never the secret itself");
    Optional<String> sender =
        fields.optionalText("chatSenderId", CHAT_ID, "must be the id of the channel's bot");
    Optional<String> base =
        fields.optionalText(
            "chatBaseUrl",
            Pattern.compile("https?://[A-Za-z0-9.:_-]+"),
            "must be scheme and host without a slash at the end");
    long given = Stream.of("chatScopeId", "chatSecret", "chatSenderId").filter(fields::has).count();
    if (given != 3 && (given != 0 || fields.has("chatBaseUrl"))) {
      fields.problem(
          "chatScopeId", "chatScopeId, chatSecret and chatSenderId are given all or not at all");
    }
    return scope.isEmpty() || secret.isEmpty() || sender.isEmpty()
        ? Optional.empty()
        : Optional.of(new ChatSpec(base.orElse(CHATS), scope.get(), secret.get(), sender.get()));
  }

  /** Of an account's document: the salesbot that speaks for it, and the field that it says. */
  static Optional<BotSpec> messageBot(FieldReader fields) {
    Optional<String> bot =
        fields.optionalText("messageBotId", VENDOR_ID, "must be the salesbot's number");
    Optional<String> field =
        fields.optionalText("messageBotFieldId", VENDOR_ID, "must be the field's number");
    if (fields.has("messageBotId") != fields.has("messageBotFieldId")) {
      fields.problem("messageBotId", "messageBotId and messageBotFieldId are given both or not");
    }
    if (fields.has("messageBotId") && fields.has("chatScopeId")) {
      fields.problem(
          "messageBotId", "messages leave by a salesbot or by a chat channel, not by both");
    }
    return bot.isEmpty() || field.isEmpty()
        ? Optional.empty()
        : Optional.of(new BotSpec(bot.get(), field.get()));
  }

  static MailSenderSpec mailSender(FieldReader fields) {
    String security =
        fields
            .optionalText(
                "security", Pattern.compile("tls|starttls|none"), "must be tls, starttls or none")
            .orElse("starttls");
    MailSenderSpec sender =
        new MailSenderSpec(
            fields.slug("tenant"),
            fields.slug("id"),
            fields.text("host", Pattern.compile("[A-Za-z0-9.-]{1,253}"), "must be a host"),
            fields.number("port", 1, 65_535, security.equals("tls") ? 465 : 587),
            security,
            fields.optionalText("user", LINE, "must be 1-200 characters on one line"),
            fields.optionalText(
                "password",
                ManifestReader.REFERENCE,
                "must be env:NAME or file:/path, never the password itself"),
            fields.text("from", ADDRESS, "must be a mail address"),
            fields.optionalText("fromName", LINE, "must be 1-200 characters on one line"),
            fields.optionalText("replyTo", ADDRESS, "must be a mail address"),
            fields.optionalText(
                "unsubscribeUrl",
                Pattern.compile("https://[^\\p{Cntrl}\\s<>]+"),
                "must be an https address; {token}, {action} and {recipient} are filled in"),
            fields.optionalText("unsubscribeAddress", ADDRESS, "must be a mail address"),
            fields.number("messagesPerSecond", 1, 1000, 5));
    if (sender.user().isPresent() != sender.password().isPresent()) {
      fields.problem("user", "user and password are given both or not at all");
    }
    if (security.equals("none") && sender.user().isPresent()) {
      fields.problem("security", "a password is not said in the clear");
    }
    fields.rejectUnknown();
    return sender;
  }
}
