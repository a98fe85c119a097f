package io.voronka.jobs.executeactions.transport.mail;

import io.voronka.schemas.MailSecurity;
import io.voronka.schemas.MailSenderRow;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * One conversation with a mail server. It knows whether the server may have taken the message: from
 * the moment on at which the message's end is said, and not before.
 */
final class SmtpConversation extends SMTPTransport {
  private boolean endSaid;

  private SmtpConversation(Session session, URLName server) {
    super(session, server);
  }

  static SmtpConversation with(MailSenderRow sender, InetAddress address, MailSettings settings) {
    Properties properties = new Properties();
    properties.put("mail.smtp.socketFactory", new PinnedSockets(address));
    // Or it would connect by itself where the pinned socket could not.
    set(properties, "socketFactory.fallback", "false");
    set(properties, "connectiontimeout", Long.toString(settings.connect().toMillis()));
    set(properties, "timeout", Long.toString(settings.answer().toMillis()));
    set(properties, "writetimeout", Long.toString(settings.answer().toMillis()));
    set(properties, "auth", Boolean.toString(sender.getUserName() != null));
    set(properties, "ssl.enable", Boolean.toString(sender.getSecurity() == MailSecurity.TLS));
    boolean startTls = sender.getSecurity() == MailSecurity.STARTTLS;
    set(properties, "starttls.enable", Boolean.toString(startTls));
    set(properties, "starttls.required", Boolean.toString(startTls));
    set(properties, "ssl.protocols", "TLSv1.2 TLSv1.3");
    set(properties, "ssl.checkserveridentity", "true");
    set(properties, "quitwait", "false");
    // Not the name of our machine.
    set(properties, "localhost", domain(sender.getFromAddress()));
    if (settings.trustedHosts().contains(sender.getHost())) {
      set(properties, "ssl.trust", sender.getHost());
    }
    Session session = Session.getInstance(properties);
    URLName server = new URLName("smtp", sender.getHost(), sender.getPort(), null, null, null);
    return new SmtpConversation(session, server);
  }

  static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  /** False: whatever went wrong, the server did not take the message. */
  boolean mayBeTaken() {
    return endSaid;
  }

  Session session() {
    return session;
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    endSaid = true;
    super.finishData();
  }

  private static void set(Properties properties, String name, String value) {
    properties.setProperty("mail.smtp." + name, value);
  }
}
