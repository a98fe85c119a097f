package io.voronka.connectors.kafka.control;

import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.RecordRejected;
import java.util.List;

/** Told about the control topics, on the reader's own thread. */
@FunctionalInterface
public interface ControlListener {

  /**
   * Called after each batch that was read.
   *
   * @param snapshot the copy with the batch applied; valid during the call only; ask it whether it
   *     is ready
   * @param batch in the order of the topics, never empty
   */
  void changed(ControlSnapshot snapshot, List<ControlUpdate> batch) throws InterruptedException;

  /** A record of a control topic that cannot be decoded. */
  default void rejected(RecordRejected record) throws InterruptedException {}
}
