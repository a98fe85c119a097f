package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionKind;
import java.util.List;

/**
 * What one request to the outside world came to.
 *
 * @param statusCode HTTP status, null when there was no answer
 * @param vendorId id that the vendor gave to what was made, null when it gave none
 * @param retryAfterMillis how long the other side asked to be left alone; 0: it did not say
 * @param reason null when done
 * @param detail for people, without secrets; may be null
 * @param scripts ids of the sales scripts that what was sent was made from
 * @param use what asking a language model has cost, whatever became of its answer; null: none asked
 */
public record SendResult(
    Kind kind,
    Integer statusCode,
    String vendorId,
    long retryAfterMillis,
    Reason reason,
    String detail,
    List<String> scripts,
    ModelUse use) {

  public SendResult(
      Kind kind,
      Integer statusCode,
      String vendorId,
      long retryAfterMillis,
      Reason reason,
      String detail) {
    this(kind, statusCode, vendorId, retryAfterMillis, reason, detail, List.of(), null);
  }

  /** What was sent was made from these sales scripts. */
  public SendResult madeFrom(List<String> ids) {
    return new SendResult(kind, statusCode, vendorId, retryAfterMillis, reason, detail, ids, use);
  }

  /** A language model was asked for it; null: none was. */
  public SendResult using(ModelUse cost) {
    return new SendResult(
        kind, statusCode, vendorId, retryAfterMillis, reason, detail, scripts, cost);
  }

  /** What is known about the effect afterwards. */
  public enum Kind {
    /** The other side confirmed it. */
    DONE,
    /** The other side said no for good. */
    DENIED,
    /** We must not send it at all. */
    FORBIDDEN,
    /** Too many requests: the target wants a pause. */
    LIMITED,
    /** Not done, may work later. */
    NOT_DONE,
    /** Sent, but whether it was done is unknown. */
    UNCLEAR,
    /** Not done, because of another one in the same request: as good as not sent. */
    AGAIN,
    /** Not done, and has to be sent in a request of its own to be judged. */
    APART
  }

  /** Whether it was done, or may have been. */
  boolean mayHaveHappened() {
    return kind == Kind.DONE || kind == Kind.UNCLEAR;
  }

  /** What it says about the target. */
  Health health(ActionKind kindOfAction) {
    if (kind == Kind.NOT_DONE && kindOfAction == ActionKind.AI_RESPONSE) {
      // It may be the language model that is away; the CRM has not been asked yet.
      return Health.UNTOLD;
    }
    return kind == Kind.NOT_DONE || kind == Kind.UNCLEAR ? Health.of(reason) : Health.ANSWERS;
  }

  public static SendResult done(int statusCode, String vendorId) {
    return new SendResult(Kind.DONE, statusCode, vendorId, 0, null, null);
  }

  public static SendResult denied(Integer statusCode, Reason reason, String detail) {
    return new SendResult(Kind.DENIED, statusCode, null, 0, reason, detail);
  }

  public static SendResult forbidden(Reason reason, String detail) {
    return new SendResult(Kind.FORBIDDEN, null, null, 0, reason, detail);
  }

  public static SendResult limited(int statusCode, long retryAfterMillis) {
    return new SendResult(
        Kind.LIMITED, statusCode, null, retryAfterMillis, Reason.RATE_LIMITED, null);
  }

  /** Not done; {@code retryAfterMillis} 0 leaves the delay to the retry policy. */
  public static SendResult notDone(
      Integer statusCode, long retryAfterMillis, Reason reason, String detail) {
    return new SendResult(Kind.NOT_DONE, statusCode, null, retryAfterMillis, reason, detail);
  }

  /** A request for several was not done, and not because of this one. */
  public static SendResult again(Integer statusCode, Reason reason, String detail) {
    return new SendResult(Kind.AGAIN, statusCode, null, 0, reason, detail);
  }

  /** A request for several was not done, perhaps because of this one. */
  public static SendResult apart(Integer statusCode, Reason reason, String detail) {
    return new SendResult(Kind.APART, statusCode, null, 0, reason, detail);
  }

  public static SendResult unclear(Integer statusCode, Reason reason, String detail) {
    return new SendResult(Kind.UNCLEAR, statusCode, null, 0, reason, detail);
  }
}
