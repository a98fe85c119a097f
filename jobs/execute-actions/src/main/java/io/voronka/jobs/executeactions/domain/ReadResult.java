package io.voronka.jobs.executeactions.domain;

import java.util.List;
import java.util.function.Predicate;

/**
 * What reading the target says about an action that may have been sent.
 *
 * @param statusCode HTTP status of the read, null when there was no answer
 * @param traces vendor's ids of all that can be it, the likeliest first
 * @param retryAfterMillis how long the other side asked to be left alone; 0: it did not say
 * @param reason null when the read itself succeeded
 */
public record ReadResult(
    Kind kind,
    Integer statusCode,
    List<String> traces,
    long retryAfterMillis,
    Reason reason,
    String detail) {

  public ReadResult {
    traces = List.copyOf(traces);
  }

  /** What is known after the read. */
  public enum Kind {
    /** The effect is there. */
    FOUND,
    /** The effect is not there. */
    ABSENT,
    /** Too many requests: the target wants a pause. */
    LIMITED,
    /** One read for several did not tell: to be looked for by itself. */
    APART,
    /** The read failed, may work later. */
    FAILED,
    /** The read will never work. */
    UNREADABLE,
    /** The same, and nothing is sent there: only what is known to have been sent can be there. */
    ELSEWHERE
  }

  public static ReadResult found(String vendorId) {
    return new ReadResult(Kind.FOUND, 200, List.of(vendorId), 0, null, null);
  }

  /**
   * @param traces all that can be it; none: it is absent
   */
  public static ReadResult among(List<String> traces) {
    return traces.isEmpty() ? absent() : new ReadResult(Kind.FOUND, 200, traces, 0, null, null);
  }

  /**
   * What it says about the target. One that can be read may still fail whatever it is told to do:
   * only an effect that is there shows that it takes writes.
   */
  Health health() {
    boolean troubled = kind == Kind.FAILED && Health.of(reason) == Health.TROUBLED;
    return kind == Kind.FOUND ? Health.ANSWERS : troubled ? Health.TROUBLED : Health.UNTOLD;
  }

  /** Without the traces that belong to other actions. */
  public ReadResult leaving(Predicate<String> others) {
    return kind == Kind.FOUND
        ? among(traces.stream().filter(Predicate.not(others)).toList())
        : this;
  }

  /** What cannot be read is no place where this is sent. */
  public ReadResult sentElsewhere() {
    return kind == Kind.UNREADABLE
        ? new ReadResult(Kind.ELSEWHERE, statusCode, traces, retryAfterMillis, reason, detail)
        : this;
  }

  /** Id of what was found, null when nothing was. */
  public String vendorId() {
    return traces.isEmpty() ? null : traces.get(0);
  }

  public static ReadResult absent() {
    return new ReadResult(Kind.ABSENT, 200, List.of(), 0, null, null);
  }

  public static ReadResult limited(int statusCode, long retryAfterMillis) {
    return new ReadResult(
        Kind.LIMITED, statusCode, List.of(), retryAfterMillis, Reason.RATE_LIMITED, null);
  }

  public static ReadResult apart(Integer statusCode, Reason reason, String detail) {
    return new ReadResult(Kind.APART, statusCode, List.of(), 0, reason, detail);
  }

  public static ReadResult failed(Integer statusCode, Reason reason, String detail) {
    return failed(statusCode, 0, reason, detail);
  }

  /** {@code retryAfterMillis} 0 leaves the delay to the retry policy. */
  public static ReadResult failed(
      Integer statusCode, long retryAfterMillis, Reason reason, String detail) {
    return new ReadResult(Kind.FAILED, statusCode, List.of(), retryAfterMillis, reason, detail);
  }

  public static ReadResult unreadable(Integer statusCode, Reason reason, String detail) {
    return new ReadResult(Kind.UNREADABLE, statusCode, List.of(), 0, reason, detail);
  }
}
