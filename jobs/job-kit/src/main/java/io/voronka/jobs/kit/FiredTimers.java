package io.voronka.jobs.kit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.InternalTimeServiceManager;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Passes event-time timers on in the order in which RocksDB keeps what is known of their keys, and
 * not in that of their times: neighbours are read from the same blocks, which are in the
 * processor's cache by then. Those of one key stay in the order of their times. Not many are
 * gathered at once, so that after a long outage what was due first still comes first. Between two
 * watermarks none is gathered, and so none is in a checkpoint.
 *
 * <pre>{@code
 * open:             fired = new FiredTimers(maxParallelism, (key, at) -> ...);
 * processWatermark: fired.advance(mark, getTimeServiceManager().orElseThrow());
 *                   super.processWatermark(mark);
 * onEventTime:      fired.add(timer);
 * }</pre>
 */
public final class FiredTimers {
  /** Their keys take less than a megabyte. */
  static final int MOST = 8_192;

  /** As Flink writes a key: its group, its length, its letters. */
  private static final Comparator<Fired> AS_STORED =
      Comparator.comparingInt(Fired::group)
          .thenComparingInt(one -> one.key().length())
          .thenComparing(Fired::key);

  private final int maxParallelism;
  private final Receiver receiver;
  private final List<Fired> gathered = new ArrayList<>();

  /**
   * @param maxParallelism the job's number of key groups
   */
  public FiredTimers(int maxParallelism, Receiver receiver) {
    this.maxParallelism = maxParallelism;
    this.receiver = receiver;
  }

  /** What is done when a timer has fired. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * @param key not yet the operator's current one
     * @param at the timer's, epoch milliseconds
     */
    void fired(String key, long at) throws Exception;
  }

  private record Fired(int group, String key, long at) {}

  /**
   * Fires all that are due by then, those too that are registered meanwhile.
   *
   * @param services of the operator whose timers are {@link #add}ed
   */
  public void advance(Watermark mark, InternalTimeServiceManager<?> services) throws Exception {
    do {
      services.advanceWatermark(mark);
    } while (release());
  }

  /** In the order of their times. */
  public void add(InternalTimer<String, ?> timer) throws Exception {
    add(timer.getKey(), timer.getTimestamp());
  }

  void add(String key, long at) throws Exception {
    gathered.add(new Fired(KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism), key, at));
    if (gathered.size() == MOST) {
      release();
    }
  }

  /** False when there are none. */
  boolean release() throws Exception {
    if (gathered.isEmpty()) {
      return false;
    }
    gathered.sort(AS_STORED);
    for (Fired one : gathered) {
      receiver.fired(one.key(), one.at());
    }
    gathered.clear();
    return true;
  }
}
