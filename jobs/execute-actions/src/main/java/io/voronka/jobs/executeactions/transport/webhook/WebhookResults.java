package io.voronka.jobs.executeactions.transport.webhook;

import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** What a receiver's answers mean for an action. */
final class WebhookResults {
  private static final int SHOWN = 200;

  private WebhookResults() {}

  static SendResult answered(FirstBytes.Answer answer, Clock clock) {
    int status = answer.status();
    String detail = shortened(answer.body());
    if (status / 100 == 2) {
      return SendResult.done(status, null);
    }
    if (status / 100 == 3) {
      return SendResult.denied(status, Reason.REDIRECTED, null);
    }
    return switch (status) {
      case 401 -> SendResult.denied(status, Reason.UNAUTHORIZED, detail);
      case 402 -> SendResult.denied(status, Reason.PAYMENT_REQUIRED, detail);
      case 403 -> SendResult.denied(status, Reason.FORBIDDEN, detail);
      case 404, 410 -> SendResult.denied(status, Reason.NOT_FOUND, detail);
      case 408, 425 -> SendResult.notDone(status, 0, Reason.TIMED_OUT, detail);
      case 422 -> SendResult.denied(status, Reason.UNPROCESSABLE, detail);
      case 429 -> SendResult.limited(status, retryAfterMillis(answer.retryAfter().strip(), clock));
      default ->
          status >= 500
              ? SendResult.notDone(
                  status,
                  retryAfterMillis(answer.retryAfter().strip(), clock),
                  Reason.SERVER_ERROR,
                  detail)
              : SendResult.denied(status, Reason.BAD_REQUEST, detail);
    };
  }

  /** What a call that brought no answer means. */
  static SendResult failed(Exception error) {
    String detail = error.getClass().getSimpleName();
    if (error instanceof ConnectTimeoutException) {
      return SendResult.notDone(null, 0, Reason.TIMED_OUT, "no connection");
    }
    // Before a request is written.
    if (error instanceof ConnectException
        || error instanceof SSLException
        || error instanceof ConnectionRequestTimeoutException) {
      return SendResult.notDone(null, 0, Reason.CONNECTION_REFUSED, detail);
    }
    return error instanceof SocketTimeoutException
        ? SendResult.unclear(null, Reason.TIMED_OUT, detail)
        : SendResult.unclear(null, Reason.CONNECTION_LOST, detail);
  }

  /** Seconds or an HTTP date; 0 when there is none that can be read. */
  private static long retryAfterMillis(String text, Clock clock) {
    if (text.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text)).toMillis();
    }
    try {
      Instant moment = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Math.max(0, Duration.between(clock.instant(), moment).toMillis());
    } catch (DateTimeParseException e) {
      return 0;
    }
  }

  private static String shortened(String body) {
    String line = body.replaceAll("\\s+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN);
  }
}
