package io.voronka.jobs.kit;

import java.util.function.BooleanSupplier;
import org.apache.flink.streaming.api.TimerService;

/**
 * The one timer of the current key, at the first moment that its state waits for.
 *
 * @param held true when inputs of the current key wait for timers of their own
 */
public record SubjectTimer(TimerService timers, BooleanSupplier held) {
  private static final long NEVER = Long.MAX_VALUE;

  /**
   * Moments are epoch milliseconds; {@link Long#MAX_VALUE} is none.
   *
   * @param fired timers up to this moment have fired, and are gone
   */
  public void move(long from, long to, long fired) {
    if (from == to) {
      return;
    }
    // It may be the timer of a held input too; one too many does no harm.
    if (from > fired && from != NEVER && !held.getAsBoolean()) {
      timers.deleteEventTimeTimer(from);
    }
    if (to != NEVER) {
      timers.registerEventTimeTimer(to);
    }
  }
}
