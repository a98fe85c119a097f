package io.voronka.jobs.kit;

import java.time.Duration;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Lets inputs that are late anyway wait for each other a little, and passes them on in the order in
 * which the state of their keys is kept. So a job that has to catch up, or gets more than it can
 * do, does more; one that is up to date passes everything on at once. What belongs to one key stays
 * in its order.
 */
public final class LateInputs<T> {
  /** So much is passed on at once. */
  static final int MOST_BYTES = 4 << 20;

  /** What each is counted for at least: more than nearly all have, so that some 2,000 wait. */
  static final int LEAST_BYTES = 2 << 10;

  /** From when on an input is late. */
  static final Duration LATE = Duration.ofSeconds(1);

  /** What makes no difference to one that is late. */
  static final Duration WAIT = LATE.dividedBy(10);

  private final ProcessingTimeService clock;
  private final KeyContext keys;
  private final KeyReceiver<T> receiver;
  private final InKeyOrder<T> gathered;
  private boolean timed;

  /**
   * @param maxParallelism the job's number of key groups
   * @param clock the operator's
   * @param keys the operator's
   */
  public LateInputs(
      int maxParallelism, ProcessingTimeService clock, KeyContext keys, KeyReceiver<T> receiver) {
    this.clock = clock;
    this.keys = keys;
    this.receiver = receiver;
    this.gathered = new InKeyOrder<>(maxParallelism, MOST_BYTES, keys, receiver);
  }

  /**
   * Passes the input on, at once or in a while.
   *
   * @param key the operator's current one
   * @param at the input's time, epoch milliseconds
   * @param bytes about what it takes of the memory
   */
  public void take(String key, T input, long at, int bytes) throws Exception {
    long now = clock.getCurrentProcessingTime();
    if (now - at < LATE.toMillis()) {
      if (gathered.release()) {
        keys.setCurrentKey(key);
      }
      receiver.take(key, input);
      return;
    }
    if (!timed) {
      timed = true;
      var unused = clock.registerTimer(now + WAIT.toMillis(), time -> timeIsUp());
    }
    gathered.add(key, input, Math.max(bytes, LEAST_BYTES));
  }

  /** Passes on all that waits. */
  public void release() throws Exception {
    gathered.release();
  }

  private void timeIsUp() throws Exception {
    timed = false;
    gathered.release();
  }
}
