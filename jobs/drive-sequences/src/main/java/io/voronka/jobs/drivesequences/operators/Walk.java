package io.voronka.jobs.drivesequences.operators;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Goes through all subjects after versions were published, a few at a time, so that inputs are
 * taken in between. Up to when that is done goes into the checkpoint.
 */
final class Walk {
  private static final int AT_A_TIME = 500;

  private final Task task;
  private long walkedTo;
  private long walkingTo;

  /** A version that came in the middle of a walk may have come too late for those behind. */
  private long late = Long.MAX_VALUE;

  private Stream<String> stream;
  private Iterator<String> keys;

  /** What the operator does for it. */
  interface Task {
    /** All keys of this subtask that have a memory. */
    Stream<String> keys();

    /** The newest moment, not after another, at which a version came into force. */
    long newestEffective(long at);

    /** Goes by what was published. */
    void settle(String key) throws Exception;

    /** Calls {@link #step} soon, in the task's thread. */
    void soon();
  }

  /**
   * @param walkedTo up to which moment, epoch milliseconds, versions were gone by
   */
  Walk(Task task, long walkedTo) {
    this.task = task;
    this.walkedTo = walkedTo;
  }

  /** For the checkpoint. */
  long walkedTo() {
    return walkedTo;
  }

  boolean isRunning() {
    return keys != null;
  }

  /** A version has come that counts from a moment on; it may come late. */
  void published(long effectiveAt) {
    if (keys == null) {
      walkedTo = Math.min(walkedTo, effectiveAt - 1);
    } else {
      late = Math.min(late, effectiveAt - 1);
    }
  }

  /**
   * The log's time has come so far.
   *
   * @param now epoch milliseconds
   */
  void timeIs(long now) {
    if (keys != null) {
      return;
    }
    long newest = task.newestEffective(now);
    if (newest > walkedTo) {
      walkingTo = newest;
      stream = task.keys();
      keys = stream.iterator();
      task.soon();
    }
  }

  /** Goes through a few more. */
  void step() throws Exception {
    if (keys == null) {
      return;
    }
    List<String> batch = new ArrayList<>(AT_A_TIME);
    while (batch.size() < AT_A_TIME && keys.hasNext()) {
      batch.add(keys.next());
    }
    boolean last = !keys.hasNext();
    for (String key : batch) {
      task.settle(key);
    }
    if (last) {
      close();
      walkedTo = Math.min(Math.max(walkedTo, walkingTo), late);
      late = Long.MAX_VALUE;
    } else {
      task.soon();
    }
  }

  void close() {
    if (stream != null) {
      stream.close();
      stream = null;
      keys = null;
    }
  }
}
