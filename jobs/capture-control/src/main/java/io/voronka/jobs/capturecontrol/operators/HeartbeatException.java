package io.voronka.jobs.capturecontrol.operators;

/** The heartbeat could not be written; it will be tried again. */
public final class HeartbeatException extends Exception {
  private static final long serialVersionUID = 1L;

  public HeartbeatException(Throwable cause) {
    super("the heartbeat could not be written", cause);
  }
}
