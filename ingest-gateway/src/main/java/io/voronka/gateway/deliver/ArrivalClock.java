package io.voronka.gateway.deliver;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stamps webhooks with the time of their arrival, and tells ticks how far time has come: never past
 * a stamp whose records are not on their way yet, so that in no partition an event stands behind a
 * tick that is later than it.
 */
public final class ArrivalClock {
  private static final long IDLE = Long.MAX_VALUE;

  private final Clock clock;
  private final List<AtomicLong> open = new CopyOnWriteArrayList<>();

  public ArrivalClock(Clock clock) {
    this.clock = clock;
  }

  /** One for each thread that takes webhooks. */
  public Stamper stamper() {
    AtomicLong slot = new AtomicLong(IDLE);
    open.add(slot);
    return new Stamper(slot);
  }

  /** Epoch milliseconds; every later stamp is this or later. */
  long tickTime() {
    // The clock before the slots: whoever opens a slot afterwards reads a later time.
    long time = clock.millis();
    for (AtomicLong slot : open) {
      time = Math.min(time, slot.get());
    }
    return time;
  }

  /** Epoch milliseconds. */
  public long now() {
    return clock.millis();
  }

  /** Stamps the webhooks of one thread. */
  public final class Stamper {
    private final AtomicLong slot;

    private Stamper(AtomicLong slot) {
      this.slot = slot;
    }

    /** Epoch milliseconds; ticks stay at or before it until {@link #submitted}. */
    public long stamp() {
      if (slot.getPlain() == IDLE) {
        slot.set(clock.millis());
      }
      return clock.millis();
    }

    /** Everything that was stamped is on its way. */
    public void submitted() {
      slot.setRelease(IDLE);
    }
  }
}
