package io.voronka.jobs.executeactions.operators;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingConsumer;

/**
 * At most one timer per target. They are not kept in state: a restored task looks at every
 * unfinished action anyway, and sets them again.
 */
final class WakeUps {
  private final ProcessingTimeService timers;
  private final ThrowingConsumer<String, Exception> wake;
  private final Map<String, Pending> pending = new HashMap<>();

  private record Pending(long moment, ScheduledFuture<?> timer) {}

  /** {@code wake} is called in the task's thread, with the target's key. */
  WakeUps(ProcessingTimeService timers, ThrowingConsumer<String, Exception> wake) {
    this.timers = timers;
    this.wake = wake;
  }

  /** Replaces the target's wake-up; Long.MAX_VALUE: none. */
  void set(String key, long moment) {
    Pending before = pending.get(key);
    if (before != null) {
      if (before.moment() == moment) {
        return;
      }
      before.timer().cancel(false);
      pending.remove(key);
    }
    if (moment != Long.MAX_VALUE) {
      pending.put(
          key, new Pending(moment, timers.registerTimer(moment, time -> fire(key, moment))));
    }
  }

  private void fire(String key, long moment) throws Exception {
    Pending now = pending.get(key);
    // A cancelled timer can be in the mailbox already.
    if (now != null && now.moment() == moment) {
      pending.remove(key);
      wake.accept(key);
    }
  }
}
