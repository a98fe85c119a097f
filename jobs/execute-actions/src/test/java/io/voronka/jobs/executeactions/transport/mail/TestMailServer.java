package io.voronka.jobs.executeactions.transport.mail;

import io.voronka.schemas.MailSecurity;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/**
 * A mail server on this machine. Recipients at {@code NNN.example} are answered with that code; a
 * subject that says {@code hang up} ends the connection where the answer to it would be.
 */
final class TestMailServer implements AutoCloseable {
  static final String USER = "voronka";
  static final String PASSWORD = "correct horse";
  private static final char[] STORE = "changeit".toCharArray();

  private final ConcurrentLinkedQueue<MimeMessage> taken = new ConcurrentLinkedQueue<>();
  private final SMTPServer server;

  private TestMailServer(SMTPServer.Builder builder) {
    this.server =
        builder
            .hostName("mail.test")
            .bindAddress(InetAddress.getLoopbackAddress())
            .port(0)
            .messageHandlerFactory(Handler::new)
            .build();
    server.start();
  }

  static TestMailServer in(MailSecurity security, Path directory) throws Exception {
    SMTPServer.Builder builder = SMTPServer.port(0);
    return new TestMailServer(
        switch (security) {
          case NONE -> builder;
          case STARTTLS ->
              builder
                  .requireTLS()
                  .requireAuth()
                  .authenticationHandlerFactory(logins())
                  .startTlsSocketFactory(certificate(directory));
          case TLS ->
              builder
                  .requireAuth()
                  .authenticationHandlerFactory(logins())
                  .serverSocketFactory(certificate(directory));
          case UNKNOWN -> throw new IllegalArgumentException();
        });
  }

  int port() {
    return server.getPortAllocated();
  }

  List<MimeMessage> taken() {
    return List.copyOf(taken);
  }

  @Override
  public void close() {
    server.stop();
  }

  private static EasyAuthenticationHandlerFactory logins() {
    return new EasyAuthenticationHandlerFactory(
        (user, password, context) -> {
          if (!user.equals(USER) || !password.equals(PASSWORD)) {
            throw new LoginFailedException();
          }
        });
  }

  /** Signed by itself, for localhost; made by the JDK's own tool. */
  private static SSLContext certificate(Path directory) throws Exception {
    Path store = directory.resolve("mail.p12");
    if (!Files.exists(store)) {
      Process tool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "mail",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "SAN=dns:localhost",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  new String(STORE))
              .inheritIO()
              .start();
      if (!tool.waitFor(30, TimeUnit.SECONDS) || tool.exitValue() != 0) {
        throw new IOException("keytool failed");
      }
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), STORE);
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, STORE);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private final class Handler implements MessageHandler {
    private final MessageContext context;

    Handler(MessageContext context) {
      this.context = context;
    }

    @Override
    public void from(String from) {}

    @Override
    public void recipient(String recipient) throws RejectException {
      String domain = recipient.substring(recipient.indexOf('@') + 1);
      if (domain.matches("[45][0-9]{2}\\.example")) {
        throw new RejectException(Integer.parseInt(domain.substring(0, 3)), "no mail for you");
      }
    }

    @Override
    public String data(InputStream in) throws RejectException, IOException {
      try {
        MimeMessage message = new MimeMessage(null, in);
        String subject = String.valueOf(message.getSubject());
        if (subject.equals("spam")) {
          throw new RejectException(554, "looks like spam");
        }
        taken.add(message);
        if (subject.equals("hang up")) {
          ((Session) context).closeSocket();
        }
        return null;
      } catch (MessagingException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void done() {}
  }
}
