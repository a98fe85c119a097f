package io.voronka.jobs.executeactions.transport;

import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;

/** What a receiver's answers mean for an action. */
final class WebhookResults {
  private static final int SHOWN = 200;

  private WebhookResults() {}

  /** Null when the address may be called as far as its text goes. */
  static SendResult problemOf(URI uri) {
    String scheme = uri.getScheme();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
      return SendResult.forbidden(Reason.SCHEME_NOT_ALLOWED, "only http and https are");
    }
    if (uri.getHost() == null) {
      return SendResult.forbidden(Reason.URL_INVALID, "it names no host");
    }
    return uri.getUserInfo() == null
        ? null
        : SendResult.forbidden(Reason.URL_INVALID, "it holds a user name");
  }

  static SendResult answered(HttpResponse<String> response, Clock clock) {
    int status = response.statusCode();
    String detail = shortened(response.body());
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
      case 429 -> SendResult.limited(status, retryAfterMillis(response, clock));
      default ->
          status >= 500
              ? SendResult.notDone(
                  status, retryAfterMillis(response, clock), Reason.SERVER_ERROR, detail)
              : SendResult.denied(status, Reason.BAD_REQUEST, detail);
    };
  }

  static SendResult failed(Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    String detail = cause.getClass().getSimpleName();
    if (cause instanceof HttpConnectTimeoutException) {
      return SendResult.notDone(null, 0, Reason.TIMED_OUT, "no connection");
    }
    if (cause instanceof HttpTimeoutException || cause instanceof CancellationException) {
      return SendResult.unclear(null, Reason.TIMED_OUT, detail);
    }
    return cause instanceof ConnectException || cause instanceof SSLHandshakeException
        ? SendResult.notDone(null, 0, Reason.CONNECTION_REFUSED, detail)
        : SendResult.unclear(null, Reason.CONNECTION_LOST, detail);
  }

  /** Seconds or an HTTP date; 0 when there is none that can be read. */
  private static long retryAfterMillis(HttpResponse<?> response, Clock clock) {
    String text = response.headers().firstValue("Retry-After").orElse("").strip();
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
