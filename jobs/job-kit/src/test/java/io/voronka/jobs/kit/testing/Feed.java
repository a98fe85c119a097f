package io.voronka.jobs.kit.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;

/**
 * What a hand-fed source emits: written by the test, read (and after a failure read again) by the
 * job.
 */
public final class Feed<T> {
  private final List<Item<T>> items = new ArrayList<>();
  private CompletableFuture<Void> more = new CompletableFuture<>();

  Feed() {}

  /** An element with a timestamp, or a watermark. */
  record Item<T>(T element, long timestamp, Watermark watermark) {}

  /**
   * @param timestamp event time, epoch milliseconds
   */
  public void emit(long timestamp, T element) {
    append(new Item<>(element, timestamp, null));
  }

  /** All event time up to here has been seen. */
  public void watermark(long timestamp) {
    append(new Item<>(null, timestamp, new Watermark(timestamp)));
  }

  /** Holds back no timer from here on, as a complete control stream does. */
  public void lastWatermark() {
    watermark(Watermark.MAX_WATERMARK.getTimestamp());
  }

  private void append(Item<T> item) {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      items.add(item);
      waiting = more;
      more = new CompletableFuture<>();
    }
    waiting.complete(null);
  }

  synchronized Item<T> at(int position) {
    return position < items.size() ? items.get(position) : null;
  }

  synchronized CompletableFuture<Void> available(int position) {
    return position < items.size() ? CompletableFuture.completedFuture(null) : more;
  }
}
