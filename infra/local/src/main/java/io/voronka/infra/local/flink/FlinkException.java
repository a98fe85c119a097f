package io.voronka.infra.local.flink;

/** The cluster did not do what was asked. The message is for people. */
public final class FlinkException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The named reasons. */
  public enum Reason {
    /** Nobody answered, or not with Flink's voice. */
    UNREACHABLE,
    /** The cluster said no. */
    REFUSED,
    /** The job is not there. */
    NO_SUCH_JOB,
    /** The job ended, or keeps failing, where it should run. */
    JOB_FAILED,
    /** It did not happen within the time. */
    TIMED_OUT,
    /** The job would start with empty state although its consumer group has read before. */
    EMPTY_STATE
  }

  private final Reason reason;

  public FlinkException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public FlinkException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
