package io.voronka.gateway.deliver;

import io.voronka.gateway.accept.OutgoingRecord;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Records of one webhook, or one round of ticks, on their way. Its mutable part is guarded by the
 * outbox's lock, but for the count of records without an acknowledgement.
 */
final class Delivery implements Ack {
  final List<OutgoingRecord> records;
  final long receivedAt;
  final Receipt receipt;
  private final Outbox outbox;
  private final AtomicInteger unacknowledged;

  EventPublisher publisher;
  long startedNanos;
  Delivery previous;
  Delivery next;
  boolean inFlight;

  /**
   * @param receipt null for ticks, which nobody waits for and which are never spooled
   */
  Delivery(Outbox outbox, List<OutgoingRecord> records, long receivedAt, Receipt receipt) {
    this.outbox = outbox;
    this.records = records;
    this.receivedAt = receivedAt;
    this.receipt = receipt;
    this.unacknowledged = new AtomicInteger(records.size());
  }

  @Override
  public void completed(Exception failure) {
    if (failure != null) {
      outbox.failed(publisher, failure);
    } else if (unacknowledged.decrementAndGet() == 0) {
      outbox.acknowledged(this);
    }
  }
}
