package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.Written;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import java.time.Duration;

/** What a CRM's answers mean for an action. */
final class CrmResults {
  /** A block of our address is lifted by the vendor, some time; asking often prolongs it. */
  private static final long BLOCKED_MILLIS = Duration.ofMinutes(1).toMillis();

  private CrmResults() {}

  static SendResult sent(CrmReply<Written> reply) {
    return reply.fold(
        written -> SendResult.done(written.status(), written.vendorId()), CrmResults::sendFailed);
  }

  static SendResult sendFailed(CrmFailure failure) {
    Reason reason = reason(failure);
    Integer status = status(failure);
    // 503 is said before anything is done; other server errors can hide a finished write.
    if (failure.mayHaveHappened() && failure.status() != 503) {
      return SendResult.unclear(status, reason, failure.detail());
    }
    return switch (failure.kind()) {
      case TOO_MANY_REQUESTS -> SendResult.limited(failure.status(), retryAfter(failure));
      case ADDRESS_BLOCKED ->
          SendResult.limited(failure.status(), Math.max(BLOCKED_MILLIS, retryAfter(failure)));
      case SERVER_ERROR, TIMEOUT, CONNECTION, TOKENS_UNAVAILABLE ->
          SendResult.notDone(status, retryAfter(failure), reason, failure.detail());
      case UNAUTHORIZED,
          RECONNECT_NEEDED,
          PAYMENT_REQUIRED,
          FORBIDDEN,
          NOT_FOUND,
          INVALID,
          UNEXPECTED_ANSWER ->
          SendResult.denied(status, reason, failure.detail());
    };
  }

  /** Of a lookup that has to come before a write: whatever failed, nothing was written. */
  static SendResult lookupFailed(CrmFailure failure) {
    return failure.mayHaveHappened()
        ? SendResult.notDone(
            status(failure), retryAfter(failure), reason(failure), failure.detail())
        : sendFailed(failure);
  }

  static ReadResult readFailed(CrmFailure failure) {
    Integer status = status(failure);
    return switch (failure.kind()) {
      // What it would hang on is not there, so it is not there either.
      case NOT_FOUND -> ReadResult.absent();
      case TOO_MANY_REQUESTS -> ReadResult.limited(failure.status(), retryAfter(failure));
      case ADDRESS_BLOCKED ->
          ReadResult.limited(failure.status(), Math.max(BLOCKED_MILLIS, retryAfter(failure)));
      case SERVER_ERROR, TIMEOUT, CONNECTION, TOKENS_UNAVAILABLE, UNEXPECTED_ANSWER ->
          ReadResult.failed(status, retryAfter(failure), reason(failure), failure.detail());
      case UNAUTHORIZED, RECONNECT_NEEDED, PAYMENT_REQUIRED, FORBIDDEN, INVALID ->
          ReadResult.unreadable(status, reason(failure), failure.detail());
    };
  }

  /**
   * Of one read for several: what can be the fault of one of them, or of their number, is asked
   * again for each.
   */
  static ReadResult sharedReadFailed(CrmFailure failure) {
    return switch (failure.kind()) {
      case INVALID, NOT_FOUND, UNEXPECTED_ANSWER ->
          ReadResult.apart(status(failure), reason(failure), failure.detail());
      case TOO_MANY_REQUESTS,
          ADDRESS_BLOCKED,
          SERVER_ERROR,
          TIMEOUT,
          CONNECTION,
          TOKENS_UNAVAILABLE,
          UNAUTHORIZED,
          RECONNECT_NEEDED,
          PAYMENT_REQUIRED,
          FORBIDDEN ->
          readFailed(failure);
    };
  }

  static Reason reason(CrmFailure failure) {
    return switch (failure.kind()) {
      case UNAUTHORIZED -> Reason.UNAUTHORIZED;
      case RECONNECT_NEEDED, TOKENS_UNAVAILABLE -> Reason.CREDENTIALS_MISSING;
      case PAYMENT_REQUIRED -> Reason.PAYMENT_REQUIRED;
      case FORBIDDEN -> Reason.FORBIDDEN;
      case ADDRESS_BLOCKED, TOO_MANY_REQUESTS -> Reason.RATE_LIMITED;
      case NOT_FOUND -> Reason.NOT_FOUND;
      case INVALID -> failure.status() == 422 ? Reason.UNPROCESSABLE : Reason.BAD_REQUEST;
      case SERVER_ERROR -> Reason.SERVER_ERROR;
      case TIMEOUT -> Reason.TIMED_OUT;
      case CONNECTION ->
          failure.mayHaveHappened() ? Reason.CONNECTION_LOST : Reason.CONNECTION_REFUSED;
      case UNEXPECTED_ANSWER ->
          failure.status() / 100 == 3 ? Reason.REDIRECTED : Reason.UNEXPECTED_ANSWER;
    };
  }

  private static Integer status(CrmFailure failure) {
    return failure.status() == 0 ? null : failure.status();
  }

  private static long retryAfter(CrmFailure failure) {
    return failure.retryAfter() == null ? 0 : failure.retryAfter().toMillis();
  }
}
