package io.voronka.gateway.deliver;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Waits for the acknowledgements of many records. */
final class WindowAcks implements Ack {
  private int missing;
  private Exception failure;

  WindowAcks(int records) {
    this.missing = records;
  }

  @Override
  public synchronized void completed(Exception outcome) {
    missing--;
    if (outcome != null && (failure == null || outcome instanceof UnpublishableException)) {
      failure = outcome;
    }
    if (missing <= 0 || failure != null) {
      notifyAll();
    }
  }

  /**
   * @param deadline on the clock given
   * @throws UnpublishableException when one of them will never be taken
   * @throws IllegalStateException when one failed, or not all came in time
   */
  synchronized void await(long deadline, LongSupplier nanos) throws InterruptedException {
    while (missing > 0 && failure == null) {
      long left = deadline - nanos.getAsLong();
      if (left <= 0) {
        throw new IllegalStateException(missing + " records without acknowledgement in time");
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
    }
    if (failure instanceof UnpublishableException unpublishable) {
      throw unpublishable;
    }
    if (failure != null) {
      throw new IllegalStateException(failure.toString(), failure);
    }
  }
}
