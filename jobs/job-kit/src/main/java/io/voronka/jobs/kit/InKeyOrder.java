package io.voronka.jobs.kit;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * Gathers what belongs to keys and hands it over in the order in which RocksDB keeps the state of
 * those keys: neighbours are found by the same blocks, which are in the processor's cache by then.
 * What belongs to one key stays in its order. Belongs to an operator's own thread.
 *
 * @param <T> what is gathered
 */
final class InKeyOrder<T> {
  private final int maxParallelism;
  private final long most;
  private final KeyContext keys;
  private final KeyReceiver<T> receiver;
  private final List<Gathered<T>> gathered = new ArrayList<>();
  private long weight;

  /**
   * @param maxParallelism the job's number of key groups
   * @param most when what is gathered weighs as much, it is handed over
   * @param keys the operator's
   */
  InKeyOrder(int maxParallelism, long most, KeyContext keys, KeyReceiver<T> receiver) {
    this.maxParallelism = maxParallelism;
    this.most = most;
    this.keys = keys;
    this.receiver = receiver;
  }

  private record Gathered<T>(int group, String key, T what) {}

  /** Hands over all when it is much. */
  void add(String key, T what, int itsWeight) throws Exception {
    int group = KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism);
    gathered.add(new Gathered<>(group, key, what));
    weight += itsWeight;
    if (weight >= most) {
      release();
    }
  }

  /**
   * Hands over all, after which the last one's key is the operator's current one.
   *
   * @return false when there is nothing; the current key stays as it is
   */
  boolean release() throws Exception {
    if (gathered.isEmpty()) {
      return false;
    }
    gathered.sort(InKeyOrder::asStored);
    for (Gathered<T> one : gathered) {
      keys.setCurrentKey(one.key());
      receiver.take(one.key(), one.what());
    }
    gathered.clear();
    weight = 0;
    return true;
  }

  /** As Flink writes a key: its group, its length, its letters. */
  private static int asStored(Gathered<?> a, Gathered<?> b) {
    if (a.group() != b.group()) {
      return Integer.compare(a.group(), b.group());
    }
    if (a.key().length() != b.key().length()) {
      return Integer.compare(a.key().length(), b.key().length());
    }
    return a.key().compareTo(b.key());
  }
}
