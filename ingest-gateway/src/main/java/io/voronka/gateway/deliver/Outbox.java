package io.voronka.gateway.deliver;

import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.gateway.accept.RawWebhook;
import io.voronka.gateway.accept.Refusal;
import io.voronka.gateway.metrics.GatewayMetrics;
import io.voronka.gateway.spool.Spool;
import io.voronka.gateway.spool.SpoolFullException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes accepted webhooks and settles each within the acknowledgement time-out: straight to the log
 * while that answers in time, into the spool otherwise.
 *
 * <p>The first failure, or a delivery without an acknowledgement in time, ends direct mode for all:
 * everything in flight moves into the spool in its order, later webhooks queue behind it, and the
 * publisher is aborted so that none of its retries can write late behind records that are newer.
 * What it had written already is written once more by the drain, with the same ids. {@link Drain}
 * empties the spool and leads back: it holds new deliveries in memory for the moment that the last
 * spooled entries take, sends them, and direct mode goes on with the same publisher.
 */
public final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  /** Where new deliveries go. */
  public enum Mode {
    SPOOLING,
    /** The spool is nearly empty: new deliveries wait in memory until the rest is acknowledged. */
    HANDING_OVER,
    DIRECT,
    CLOSED
  }

  private final Object lock = new Object();
  private final Spool spool;
  private final GatewayMetrics metrics;
  private final LongSupplier nanos;
  // All below are guarded by the lock.
  private final InFlight inFlight = new InFlight();
  private List<EventPublisher> condemned = new ArrayList<>();
  private EventPublisher publisher;
  private Mode mode = Mode.SPOOLING;
  private boolean accepting = true;

  /**
   * @param nanos a clock that never goes back, in nanoseconds
   */
  public Outbox(Spool spool, GatewayMetrics metrics, LongSupplier nanos) {
    this.spool = spool;
    this.metrics = metrics;
    this.nanos = nanos;
  }

  /** Takes the records of one webhook; the order of one thread's calls is kept for every key. */
  public void submit(List<OutgoingRecord> records, long receivedAt, Receipt receipt) {
    Delivery delivery = new Delivery(this, records, receivedAt, receipt);
    EventPublisher direct = null;
    synchronized (lock) {
      if (!accepting) {
        receipt.settled(Refusal.STOPPING);
        return;
      }
      switch (mode) {
        case DIRECT -> direct = register(delivery);
        case HANDING_OVER -> register(delivery);
        case SPOOLING -> spool(delivery);
        case CLOSED -> receipt.settled(Refusal.STOPPING);
      }
    }
    if (direct != null) {
      send(direct, delivery);
    }
  }

  /** Takes a webhook whose token cannot be judged before the control rows are here. */
  public void submitUnjudged(RawWebhook webhook, Receipt receipt) {
    synchronized (lock) {
      if (!accepting || mode == Mode.CLOSED) {
        receipt.settled(Refusal.STOPPING);
        return;
      }
      if (mode != Mode.SPOOLING) {
        // Whatever is in flight is older and must be in front of it.
        leaveDirect("a webhook that cannot be judged yet");
      }
      append(webhook.receivedAt(), SpooledWebhook.encode(webhook), receipt);
    }
  }

  public Mode mode() {
    synchronized (lock) {
      return mode;
    }
  }

  /** Webhooks and ticks without an answer. */
  public int inFlight() {
    synchronized (lock) {
      return inFlight.size();
    }
  }

  /** From now on everything new is refused; what was taken is still delivered. */
  public void stopAccepting() {
    synchronized (lock) {
      accepting = false;
    }
  }

  /** Ticks go the way of webhooks, except that they are never spooled. */
  void submitTicks(List<OutgoingRecord> records, long time) {
    Delivery delivery = new Delivery(this, records, time, null);
    EventPublisher direct;
    synchronized (lock) {
      if (mode != Mode.DIRECT) {
        return;
      }
      direct = register(delivery);
    }
    send(direct, delivery);
  }

  /** All records of it are written. */
  void acknowledged(Delivery delivery) {
    synchronized (lock) {
      if (!delivery.inFlight) {
        return;
      }
      inFlight.remove(delivery);
    }
    if (delivery.receipt != null) {
      metrics.published(nanos.getAsLong() - delivery.startedNanos);
      delivery.receipt.settled(null);
    } else {
      metrics.ticked(delivery.records.size());
    }
  }

  /**
   * Ends the use of a publisher; false, and nothing happens, when it was not, or is no longer, in
   * use here.
   */
  boolean failed(EventPublisher failing, Exception failure) {
    synchronized (lock) {
      if (publisher != failing || failing == null) {
        return false;
      }
      metrics.publisherFailed(failure);
      leaveDirect(failure.toString());
      return true;
    }
  }

  /** Fails the publisher when the oldest delivery has waited for longer than this. */
  void checkAcknowledgements(long timeoutNanos) {
    EventPublisher late = null;
    synchronized (lock) {
      Delivery oldest = inFlight.oldest();
      if (oldest != null && nanos.getAsLong() - oldest.startedNanos > timeoutNanos) {
        late = publisher;
      }
    }
    if (late != null) {
      failed(late, new AcknowledgementTimeoutException(timeoutNanos));
    }
  }

  /** Publishers to be aborted by the caller; taken once. */
  List<EventPublisher> takeCondemned() {
    synchronized (lock) {
      if (condemned.isEmpty()) {
        return List.of();
      }
      List<EventPublisher> taken = condemned;
      condemned = new ArrayList<>();
      return taken;
    }
  }

  /** New deliveries wait in memory from now on; false when the outbox is not spooling. */
  boolean hold(EventPublisher next) {
    synchronized (lock) {
      if (mode != Mode.SPOOLING || condemned.contains(next)) {
        return false;
      }
      publisher = next;
      mode = Mode.HANDING_OVER;
      return true;
    }
  }

  /** The spool is empty: sends what was held, and everything new directly. */
  void goDirect(EventPublisher next) {
    synchronized (lock) {
      if (mode != Mode.HANDING_OVER || publisher != next) {
        return;
      }
      mode = Mode.DIRECT;
      LOG.info("webhooks go straight to Kafka; held for the moment: {}", inFlight.size());
      for (Delivery held : inFlight.all()) {
        send(next, held);
      }
    }
  }

  /** Waits for a failure, at most so long. */
  void await(long millis) throws InterruptedException {
    synchronized (lock) {
      if (condemned.isEmpty() && millis > 0) {
        lock.wait(millis);
      }
    }
  }

  /**
   * Ends everything: what is still in flight goes into the spool. Gives the publisher to be closed,
   * or null.
   */
  EventPublisher shut() {
    synchronized (lock) {
      EventPublisher last = publisher;
      publisher = null;
      moveToSpool();
      mode = Mode.CLOSED;
      accepting = false;
      return last;
    }
  }

  private EventPublisher register(Delivery delivery) {
    delivery.startedNanos = nanos.getAsLong();
    delivery.publisher = publisher;
    inFlight.add(delivery);
    return publisher;
  }

  private void send(EventPublisher direct, Delivery delivery) {
    try {
      direct.send(delivery.records, delivery);
    } catch (RuntimeException e) {
      failed(direct, e);
    }
  }

  private void leaveDirect(String reason) {
    LOG.warn("spooling from now on, {} in flight: {}", inFlight.size(), reason);
    metrics.spoolingBegun();
    condemned.add(publisher);
    publisher = null;
    mode = Mode.SPOOLING;
    moveToSpool();
    lock.notifyAll();
  }

  private void moveToSpool() {
    for (Delivery delivery : inFlight.takeAll()) {
      if (delivery.receipt != null) {
        spool(delivery);
      }
    }
  }

  private void spool(Delivery delivery) {
    append(delivery.receivedAt, SpooledWebhook.encode(delivery.records), delivery.receipt);
  }

  private void append(long receivedAt, byte[] payload, Receipt receipt) {
    try {
      spool.append(
          receivedAt,
          payload,
          failure -> {
            if (failure == null) {
              metrics.spooled();
            }
            receipt.settled(failure == null ? null : Refusal.SPOOL_FAILED);
          });
    } catch (SpoolFullException e) {
      receipt.settled(Refusal.SPOOL_FULL);
    }
  }

  private static final class AcknowledgementTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AcknowledgementTimeoutException(long nanos) {
      super("no acknowledgement within " + nanos / 1_000_000 + " ms", null, false, false);
    }

    @Override
    public String toString() {
      return getMessage();
    }
  }
}
