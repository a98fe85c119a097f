package io.voronka.infra.local.imports;

/** Why an import cannot go on; what it did until then is kept. The message says what helps. */
public final class ImportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  ImportException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  ImportException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Every way in which an import can end early. */
  public enum Reason {
    /** No such tenant or account, or it is switched off. */
    NO_SUCH_ACCOUNT,
    /** Another import works on the account. */
    RUNNING_ALREADY,
    /** The account has to be connected again, or does not allow this. */
    ACCESS_REFUSED,
    /** The vendor wants us to wait longer than a command should. */
    TOLD_TO_WAIT,
    /** The vendor did not answer well, however often it was asked. */
    CRM_UNAVAILABLE,
    /** An answer that contradicts what was asked for. */
    ANSWER_NOT_BELIEVED,
    /** Kafka did not take the events. */
    KAFKA_UNAVAILABLE,
    /** Somebody wants it to stop. */
    INTERRUPTED;

    /** Whether another account may fare better. */
    boolean isOfTheAccount() {
      return this != KAFKA_UNAVAILABLE && this != INTERRUPTED;
    }
  }
}
