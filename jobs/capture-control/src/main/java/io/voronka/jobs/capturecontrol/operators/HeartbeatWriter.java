package io.voronka.jobs.capturecontrol.operators;

import java.io.Serializable;

/** Writes the job's own row into a captured table. */
public interface HeartbeatWriter extends AutoCloseable {

  /**
   * Writes the row anew.
   *
   * @param beat grows from one to the next
   * @throws HeartbeatException when the database does not take it now
   */
  void beat(long generation, long beat) throws HeartbeatException;

  @Override
  void close();

  /** Makes a writer where the operator runs. */
  @FunctionalInterface
  interface Opener extends Serializable {
    HeartbeatWriter open();
  }
}
