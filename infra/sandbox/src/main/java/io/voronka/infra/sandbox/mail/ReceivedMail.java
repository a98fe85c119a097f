package io.voronka.infra.sandbox.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.web.Json;
import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Locale;

/** A mail as a ledger line shows it. */
final class ReceivedMail {
  private ReceivedMail() {}

  /**
   * {@code {"from", "message_id", "subject", "text", "html"?, "headers": {name: value}}}, names in
   * lower case, subject and bodies decoded.
   */
  static ObjectNode read(InputStream in, String sender) throws IOException {
    try {
      MimeMessage message = new MimeMessage(null, in);
      ObjectNode mail = Json.object();
      mail.put("from", sender);
      mail.put("message_id", message.getMessageID());
      mail.put("subject", message.getSubject());
      if (message.getContent() instanceof MimeMultipart parts) {
        for (int i = 0; i < parts.getCount(); i++) {
          BodyPart part = parts.getBodyPart(i);
          mail.put(
              part.isMimeType("text/html") ? "html" : "text", String.valueOf(part.getContent()));
        }
      } else {
        mail.put("text", String.valueOf(message.getContent()));
      }
      ObjectNode headers = mail.putObject("headers");
      for (Header header : Collections.list(message.getAllHeaders())) {
        headers.put(
            header.getName().toLowerCase(Locale.ROOT), header.getValue().replaceAll("\\s+", " "));
      }
      return mail;
    } catch (MessagingException e) {
      throw new IOException("not a mail", e);
    }
  }
}
