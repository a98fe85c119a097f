package io.voronka.connectors.crm;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Why a request did not do, or may not have done, what it should.
 *
 * @param status HTTP status, 0 when there was no answer
 * @param detail for a reader; holds no secrets
 * @param validationErrors what the vendor minds about the request's content, empty for other kinds
 * @param retryAfter how long the vendor wants us to wait, null when it does not say
 * @param mayHaveHappened true when the effect may be there all the same: read before trying again
 */
public record CrmFailure(
    Kind kind,
    int status,
    String detail,
    List<ValidationError> validationErrors,
    Duration retryAfter,
    boolean mayHaveHappened) {

  public CrmFailure {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(detail, "detail");
    validationErrors = List.copyOf(validationErrors);
  }

  /** A failure before anything was sent, or after the vendor said clearly that it did nothing. */
  public static CrmFailure before(Kind kind, int status, String detail) {
    return new CrmFailure(kind, status, detail, List.of(), null, false);
  }

  /** A failure that leaves open what the vendor did. */
  public static CrmFailure uncertain(Kind kind, int status, String detail) {
    return new CrmFailure(kind, status, detail, List.of(), null, true);
  }

  /** The same, not to be tried again before so long. */
  public CrmFailure after(Duration pause) {
    return new CrmFailure(kind, status, detail, validationErrors, pause, mayHaveHappened);
  }

  /** The family of failures: what a caller decides by. */
  public enum Kind {
    /** 401, and a refresh did not help. */
    UNAUTHORIZED,
    /** The tokens are used up or withdrawn: a person must connect the account again. */
    RECONNECT_NEEDED,
    /** Our own store of tokens, or a referenced secret, cannot be read now. */
    TOKENS_UNAVAILABLE,
    /** 402: the account's plan is unpaid, or does not hold this, or its quota is used up. */
    PAYMENT_REQUIRED,
    /** 403 for this request. */
    FORBIDDEN,
    /** 403 as a page: our address is blocked for everything, after too many requests. */
    ADDRESS_BLOCKED,
    /** 404, or the vendor's empty answer for a thing that is not there. */
    NOT_FOUND,
    /**
     * 400, 405, 409, 422, or refused by the client before sending: the same request will fail
     * again.
     */
    INVALID,
    /** 429. */
    TOO_MANY_REQUESTS,
    /** 5xx. */
    SERVER_ERROR,
    /** No answer in time. */
    TIMEOUT,
    /** No connection, or it broke. */
    CONNECTION,
    /** An answer that makes no sense: a redirect, too large, not what was agreed. */
    UNEXPECTED_ANSWER;

    /** True when the same request may work later without anybody changing anything. */
    public boolean isTransient() {
      return switch (this) {
        case TOKENS_UNAVAILABLE,
            ADDRESS_BLOCKED,
            TOO_MANY_REQUESTS,
            SERVER_ERROR,
            TIMEOUT,
            CONNECTION ->
            true;
        case UNAUTHORIZED,
            RECONNECT_NEEDED,
            PAYMENT_REQUIRED,
            FORBIDDEN,
            NOT_FOUND,
            INVALID,
            UNEXPECTED_ANSWER ->
            false;
      };
    }

    /** As in records and metrics: lower case with dashes. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * One thing that the vendor minds.
   *
   * @param item which of several things in one request: the place in the list, from 0
   * @param code {@code NotSupportedChoice}, {@code InvalidType} ...
   * @param path {@code custom_fields_values.0.field_id}
   */
  public record ValidationError(String item, String code, String path, String detail) {}
}
