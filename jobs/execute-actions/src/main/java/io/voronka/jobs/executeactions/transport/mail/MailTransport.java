package io.voronka.jobs.executeactions.transport.mail;

import io.voronka.connectors.crm.secrets.SecretReference;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.secrets.UnresolvedSecretException;
import io.voronka.connectors.crm.secrets.UnsubscribeSeal;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.ActionTransport;
import io.voronka.jobs.executeactions.transport.DaemonThreads;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.jobs.executeactions.transport.address.AllowedHost;
import io.voronka.jobs.executeactions.transport.address.HostForm;
import io.voronka.jobs.executeactions.transport.address.RefusedAddressException;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.MailSenderRow;
import io.voronka.schemas.SendEmail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mail, one conversation for each. The library blocks, so each mail under way has a thread; a
 * sender has few under way at a time, and one that hangs holds up no other.
 */
public final class MailTransport implements ActionTransport {
  private static final Logger LOG = LoggerFactory.getLogger(MailTransport.class);

  private final MailSettings settings;
  private final AllowedHost hosts;
  private final Secrets secrets;
  private final Clock clock;
  private final Optional<UnsubscribeSeal> seal;
  private final ExecutorService threads;

  /**
   * @param seal of the links that unsubscribe; empty: a sender cannot ask for one of ours
   */
  public MailTransport(
      MailSettings settings,
      AllowedHost hosts,
      Secrets secrets,
      Clock clock,
      Optional<UnsubscribeSeal> seal) {
    this.settings = settings;
    this.hosts = hosts;
    this.secrets = secrets;
    this.clock = clock;
    this.seal = seal;
    this.threads =
        Executors.newCachedThreadPool(
            // The library looks for its parts with the thread's loader.
            new DaemonThreads("mail-", MailTransport.class.getClassLoader()));
  }

  @Override
  public CompletionStage<SendResult> send(ActionRequested request, Means means) {
    try {
      return CompletableFuture.supplyAsync(() -> sent(request, means.mailSender()), threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(
          SendResult.notDone(null, 0, Reason.CONNECTION_REFUSED, "closed"));
    }
  }

  /** A mail that has left cannot be looked for. */
  @Override
  public CompletionStage<ReadResult> read(ActionRequested request, Means means, long since) {
    return CompletableFuture.completedFuture(
        ReadResult.unreadable(null, Reason.NOT_READABLE, null));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private SendResult sent(ActionRequested request, MailSenderRow sender) {
    if (size(request.getSendEmail()) > settings.largest()) {
      return SendResult.forbidden(
          Reason.BODY_TOO_LARGE, "more than " + settings.largest() + " bytes");
    }
    if (seal.isEmpty() && UnsubscribeWays.needSeal(sender)) {
      return SendResult.forbidden(
          Reason.CREDENTIALS_MISSING,
          "unsubscribeUrl has {token}, and --unsubscribe.key is not set");
    }
    if (!HostForm.isPlain(sender.getHost())) {
      return SendResult.forbidden(
          Reason.HOST_FORM_NOT_ALLOWED, sender.getHost() + " is neither a name nor an address");
    }
    try {
      String password =
          sender.getPasswordReference() == null
              ? null
              : secrets.resolve(SecretReference.parse(sender.getPasswordReference()));
      return said(request, sender, password, hosts.address(sender.getHost()));
    } catch (UnresolvedSecretException e) {
      return SendResult.notDone(null, 0, Reason.CREDENTIALS_MISSING, e.getMessage());
    } catch (RefusedAddressException e) {
      return SendResult.forbidden(e.reason(), e.getMessage());
    } catch (UnknownHostException e) {
      return SendResult.notDone(null, 0, Reason.HOST_UNKNOWN, sender.getHost());
    }
  }

  private SendResult said(
      ActionRequested request, MailSenderRow sender, String password, InetAddress address) {
    SmtpConversation conversation = SmtpConversation.with(sender, address, settings);
    try {
      Letter letter = Letter.of(conversation.session(), request, sender, seal, clock.instant());
      conversation.connect(sender.getHost(), sender.getPort(), sender.getUserName(), password);
      conversation.sendMessage(letter, letter.getAllRecipients());
      return SendResult.done(conversation.getLastReturnCode(), letter.getMessageID());
    } catch (AddressException e) {
      return SendResult.denied(null, Reason.RECIPIENT_INVALID, e.getMessage());
    } catch (MessagingException e) {
      return MailResults.failed(e, conversation);
    } finally {
      hangUp(conversation);
    }
  }

  /** What is said after the message changes nothing about it. */
  private static void hangUp(SmtpConversation conversation) {
    try {
      conversation.close();
    } catch (MessagingException e) {
      LOG.debug("A mail server did not say goodbye", e);
    }
  }

  private static int size(SendEmail mail) {
    String html = mail.getHtml() == null ? "" : mail.getHtml();
    return (mail.getSubject() + mail.getText() + html).getBytes(StandardCharsets.UTF_8).length;
  }
}
