package io.voronka.jobs.kit;

import org.apache.flink.streaming.api.operators.InternalTimeServiceManager;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Passes event-time timers on in the order in which the state of their keys is kept, and not in
 * that of their times. Those of one key stay in the order of their times. Not many are gathered at
 * once, so that after a long outage what was due first still comes first. Between two watermarks
 * none is gathered, and so none is in a checkpoint.
 */
public final class FiredTimers {
  /** Their keys take less than a megabyte. */
  static final int MOST = 8_192;

  private final InKeyOrder<Long> gathered;

  /**
   * @param maxParallelism the job's number of key groups
   * @param keys the operator's
   * @param receiver gets the timers' times, epoch milliseconds
   */
  public FiredTimers(int maxParallelism, KeyContext keys, KeyReceiver<Long> receiver) {
    this.gathered = new InKeyOrder<>(maxParallelism, MOST, keys, receiver);
  }

  /**
   * Fires all that are due by then, those too that are registered meanwhile.
   *
   * @param services of the operator whose timers are {@link #add}ed
   */
  public void advance(Watermark mark, InternalTimeServiceManager<?> services) throws Exception {
    do {
      services.advanceWatermark(mark);
    } while (gathered.release());
  }

  /** In the order of their times. */
  public void add(InternalTimer<String, ?> timer) throws Exception {
    gathered.add(timer.getKey(), timer.getTimestamp(), 1);
  }
}
