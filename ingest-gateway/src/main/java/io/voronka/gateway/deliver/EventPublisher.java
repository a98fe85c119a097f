package io.voronka.gateway.deliver;

import io.voronka.gateway.accept.OutgoingRecord;
import java.time.Duration;
import java.util.List;

/**
 * One connection to the log, which fails as a whole: after the first failure it is aborted and
 * another is opened. Records for the same partition are written in the order of the calls.
 * Thread-safe.
 */
public interface EventPublisher {

  /**
   * Hands over records without ever blocking.
   *
   * @throws RuntimeException when the records could not be handed over; some may have been
   */
  void send(List<OutgoingRecord> records, Ack ack);

  /** Partitions of a topic, as last seen. */
  int partitions(String topic);

  /** Gives up on everything that is in flight; nothing of it is sent again after this returns. */
  void abort();

  /** Sends what it has, and closes. */
  void close(Duration limit);
}
