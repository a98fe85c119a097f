package io.voronka.jobs.executeactions.domain;

/**
 * What reading the target says about an action that may have been sent.
 *
 * @param statusCode HTTP status of the read, null when there was no answer
 * @param vendorId id of what was found, null when it has none
 * @param retryAfterMillis how long the other side asked to be left alone; 0: it did not say
 * @param reason null when the read itself succeeded
 */
public record ReadResult(
    Kind kind,
    Integer statusCode,
    String vendorId,
    long retryAfterMillis,
    Reason reason,
    String detail) {

  /** What is known after the read. */
  public enum Kind {
    /** The effect is there. */
    FOUND,
    /** The effect is not there. */
    ABSENT,
    /** Too many requests: the target wants a pause. */
    LIMITED,
    /** The read failed, may work later. */
    FAILED,
    /** The read will never work. */
    UNREADABLE
  }

  public static ReadResult found(String vendorId) {
    return new ReadResult(Kind.FOUND, 200, vendorId, 0, null, null);
  }

  public static ReadResult absent() {
    return new ReadResult(Kind.ABSENT, 200, null, 0, null, null);
  }

  public static ReadResult limited(int statusCode, long retryAfterMillis) {
    return new ReadResult(
        Kind.LIMITED, statusCode, null, retryAfterMillis, Reason.RATE_LIMITED, null);
  }

  public static ReadResult failed(Integer statusCode, Reason reason, String detail) {
    return new ReadResult(Kind.FAILED, statusCode, null, 0, reason, detail);
  }

  public static ReadResult unreadable(Integer statusCode, Reason reason, String detail) {
    return new ReadResult(Kind.UNREADABLE, statusCode, null, 0, reason, detail);
  }
}
