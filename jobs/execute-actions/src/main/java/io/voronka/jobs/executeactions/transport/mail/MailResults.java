package io.voronka.jobs.executeactions.transport.mail;

import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;

/** What a mail server's answers mean for an action. */
final class MailResults {
  private static final int SHOWN = 200;

  private MailResults() {}

  static SendResult failed(MessagingException failure, SmtpConversation conversation) {
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      if (cause instanceof SMTPAddressFailedException refused) {
        return refused(
            refused.getReturnCode(), Reason.RECIPIENT_REJECTED, Reason.RECIPIENT_DEFERRED, refused);
      }
      if (cause instanceof SMTPSendFailedException refused && refused.getReturnCode() > 0) {
        return refused(refused.getReturnCode(), Reason.MAIL_REJECTED, Reason.SERVER_ERROR, refused);
      }
      if (cause instanceof AuthenticationFailedException) {
        return refused(
            conversation.getLastReturnCode(), Reason.UNAUTHORIZED, Reason.SERVER_ERROR, cause);
      }
    }
    return conversation.mayBeTaken()
        ? SendResult.unclear(null, Reason.CONNECTION_LOST, "after the end of the message")
        : SendResult.notDone(null, 0, lost(failure), shown(failure));
  }

  /** 5xx is final: nothing changes when it is asked again. */
  private static SendResult refused(int code, Reason last, Reason passing, Throwable said) {
    return code / 100 == 5
        ? SendResult.denied(code, last, shown(said))
        : SendResult.notDone(code > 0 ? code : null, 0, passing, shown(said));
  }

  private static Reason lost(MessagingException failure) {
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      if (cause instanceof SocketTimeoutException) {
        return Reason.TIMED_OUT;
      }
      if (cause instanceof SSLException) {
        return Reason.TLS_FAILED;
      }
      if (cause instanceof MailConnectException) {
        return cause.getCause() instanceof SocketTimeoutException
            ? Reason.TIMED_OUT
            : Reason.CONNECTION_REFUSED;
      }
    }
    // What the library says in its own words: no STARTTLS there, or a certificate of another host.
    return failure.getMessage() != null && failure.getMessage().contains("TLS")
        ? Reason.TLS_FAILED
        : Reason.CONNECTION_LOST;
  }

  private static Throwable next(Throwable cause) {
    Throwable chained =
        cause instanceof MessagingException mail ? mail.getNextException() : cause.getCause();
    return chained == null ? cause.getCause() : chained;
  }

  private static String shown(Throwable error) {
    String line = String.valueOf(error.getMessage()).replaceAll("\\s+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN);
  }
}
