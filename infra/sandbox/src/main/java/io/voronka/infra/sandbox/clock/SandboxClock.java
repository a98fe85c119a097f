package io.voronka.infra.sandbox.clock;

import java.time.Clock;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Time as the simulated vendors see it: a base clock plus what has been added by hand. Frozen, it
 * moves only by hand. What is scheduled runs when this time reaches it, in order of due time, on
 * the thread that calls {@link #advance} or {@link #runDue}. Not thread-safe: event loop only.
 */
public final class SandboxClock {
  private record Alarm(long at, long order, Runnable task) {}

  private final Clock base;
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::order));
  private long offset;
  private boolean frozen;
  private long frozenAt;
  private long orders;

  public SandboxClock(Clock base) {
    this.base = base;
  }

  /** Epoch milliseconds. */
  public long now() {
    return frozen ? frozenAt : base.millis() + offset;
  }

  /** Of the world around, epoch milliseconds: callers' clocks are not moved with this one. */
  public long callers() {
    return base.millis();
  }

  /** Epoch seconds, the unit of nearly every time stamp in Kommo. */
  public long seconds() {
    return Math.floorDiv(now(), 1000L);
  }

  /** How far this clock is ahead of its base, in milliseconds. */
  public long offset() {
    return now() - base.millis();
  }

  public boolean frozen() {
    return frozen;
  }

  /** Runs {@code task} once this clock has reached {@code at} (epoch milliseconds). */
  public void schedule(long at, Runnable task) {
    alarms.add(new Alarm(at, orders++, task));
  }

  /** Milliseconds of base time until the next alarm; -1 when there is none or time stands still. */
  public long untilNext() {
    return frozen || alarms.isEmpty() ? -1 : Math.max(0, alarms.peek().at - now());
  }

  public void runDue() {
    while (!alarms.isEmpty() && alarms.peek().at <= now()) {
      alarms.poll().task.run();
    }
  }

  /**
   * Moves time forward and runs what became due, each at its own time, so that an alarm which sets
   * another within the same step sees the right hour.
   */
  public void advance(long millis) {
    if (millis < 0) {
      throw new IllegalArgumentException("time only goes forward: " + millis);
    }
    long target = now() + millis;
    while (!alarms.isEmpty() && alarms.peek().at <= target) {
      jumpTo(alarms.peek().at);
      alarms.poll().task.run();
    }
    jumpTo(target);
  }

  public void freeze() {
    if (!frozen) {
      frozenAt = now();
      frozen = true;
    }
  }

  /** Lets time run on from where it stands. */
  public void thaw() {
    if (frozen) {
      frozen = false;
      offset = frozenAt - base.millis();
    }
  }

  /** Takes up a clock that was left at this offset, as after a restart. */
  public void resume(long savedOffset, boolean savedFrozen, long savedFrozenAt) {
    offset = savedOffset;
    frozen = savedFrozen;
    frozenAt = savedFrozenAt;
  }

  private void jumpTo(long at) {
    long step = at - now();
    if (step > 0) {
      if (frozen) {
        frozenAt += step;
      } else {
        offset += step;
      }
    }
  }
}
