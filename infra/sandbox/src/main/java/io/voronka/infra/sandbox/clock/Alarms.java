package io.voronka.infra.sandbox.clock;

import io.vertx.core.Vertx;

/** Wakes the event loop when the next alarm of the clock is due. */
public final class Alarms {
  // A timer is set anew at least this often, so a change of the base clock is noticed.
  private static final long LONGEST_MILLIS = 60_000;

  private final Vertx vertx;
  private final SandboxClock clock;
  private long timer = -1;

  public Alarms(Vertx vertx, SandboxClock clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  /** To be called after an alarm was added or time was moved by hand. */
  public void changed() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
    long wait = clock.untilNext();
    if (wait >= 0) {
      timer =
          vertx.setTimer(
              Math.max(1, Math.min(wait, LONGEST_MILLIS)),
              id -> {
                timer = -1;
                clock.runDue();
                changed();
              });
    }
  }
}
