package io.voronka.infra.local.stack;

/** Why the stack could not be started or could not do what was asked. The message is for people. */
public final class StackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The named reasons; each has an exit code of its own on the command line. */
  public enum Reason {
    /** Something of the build is missing. */
    NOT_BUILT,
    /** There is no local stack to ask. */
    NOT_RUNNING,
    /** A port that was asked for is taken. */
    PORT_IN_USE,
    /** Too little room where the data goes. */
    DISK_FULL,
    /** The data folder cannot be used: not writable, or not ours. */
    DATA_UNUSABLE,
    /** Another stack runs on the same data folder. */
    ALREADY_RUNNING,
    /** A component ended or did not become ready. */
    COMPONENT_FAILED,
    /** A job could not be submitted or did not start. */
    JOB_FAILED,
    /** The stack was told to stop while something was still being waited for. */
    STOPPED
  }

  private final Reason reason;

  public StackException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public StackException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
