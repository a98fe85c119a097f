package io.voronka.jobs.capturecontrol.decode;

/** A captured row that cannot be a control record. Carries no value of the row, only names. */
public final class RejectedRowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;

  RejectedRowException(RejectReason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  public RejectReason reason() {
    return reason;
  }
}
