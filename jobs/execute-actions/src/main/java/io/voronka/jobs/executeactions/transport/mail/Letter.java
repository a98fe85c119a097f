package io.voronka.jobs.executeactions.transport.mail;

import io.voronka.connectors.crm.secrets.UnsubscribeSeal;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.MailSenderRow;
import io.voronka.schemas.SendEmail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;

/**
 * An action as a mail. Sent twice it is the same mail: its Message-ID is made from the action's id.
 */
final class Letter extends MimeMessage {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final String id;

  private Letter(Session session, String id) {
    super(session);
    this.id = id;
  }

  /**
   * @throws AddressException when the recipient is no single address
   */
  static Letter of(
      Session session,
      ActionRequested request,
      MailSenderRow sender,
      Optional<UnsubscribeSeal> seal,
      Instant now)
      throws MessagingException {
    SendEmail mail = request.getSendEmail();
    Letter letter = new Letter(session, messageId(request, sender));
    InternetAddress recipient = recipient(mail.getTo());
    letter.setFrom(named(sender.getFromAddress(), sender.getFromName()));
    letter.setRecipient(Message.RecipientType.TO, recipient);
    if (sender.getReplyTo() != null) {
      letter.setReplyTo(new InternetAddress[] {new InternetAddress(sender.getReplyTo(), true)});
    }
    letter.setSubject(oneLine(mail.getSubject()), UTF_8);
    letter.setSentDate(Date.from(now));
    for (Map.Entry<String, String> header :
        UnsubscribeWays.headers(request, sender, recipient.getAddress(), seal).entrySet()) {
      letter.setHeader(header.getKey(), header.getValue());
    }
    if (mail.getHtml() == null) {
      letter.setText(mail.getText(), UTF_8);
    } else {
      letter.setContent(alternatives(mail));
    }
    letter.saveChanges();
    return letter;
  }

  static String messageId(ActionRequested request, MailSenderRow sender) {
    return '<' + request.getId() + '@' + SmtpConversation.domain(sender.getFromAddress()) + '>';
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }

  private static MimeMultipart alternatives(SendEmail mail) throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setText(mail.getText(), UTF_8);
    MimeBodyPart html = new MimeBodyPart();
    html.setText(mail.getHtml(), UTF_8, "html");
    // The last one is preferred by those who can show it.
    return new MimeMultipart("alternative", text, html);
  }

  /** Domains of other alphabets in their ASCII form, which every server knows. */
  private static InternetAddress recipient(String text) throws AddressException {
    String address = text.strip();
    int at = address.lastIndexOf('@');
    if (at < 1) {
      throw new AddressException("no @ in it", address);
    }
    try {
      String domain = IDN.toASCII(address.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
      InternetAddress recipient =
          new InternetAddress(address.substring(0, at) + '@' + domain, true);
      // "Name <a@b>" and the like: a rule gives an address and nothing else.
      if (!recipient.getAddress().equals(address.substring(0, at) + '@' + domain)) {
        throw new AddressException("more than an address", address);
      }
      return recipient;
    } catch (IllegalArgumentException e) {
      throw new AddressException("its domain is none", address);
    }
  }

  private static InternetAddress named(String address, String name) throws AddressException {
    try {
      return name == null
          ? new InternetAddress(address, true)
          : new InternetAddress(address, oneLine(name), UTF_8);
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every Java platform has " + UTF_8, e);
    }
  }

  /** A line break in a value would begin another header. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
  }
}
