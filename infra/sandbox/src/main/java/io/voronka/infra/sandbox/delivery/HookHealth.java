package io.voronka.infra.sandbox.delivery;

import java.util.ArrayDeque;
import java.util.Deque;

/** Counts bad answers of one address in a sliding window. */
final class HookHealth {
  private static final int TOO_MANY = 100;

  private final long windowMillis;
  private final Deque<Long> bad = new ArrayDeque<>();

  HookHealth(long windowMillis) {
    this.windowMillis = windowMillis;
  }

  /**
   * Takes in an answer.
   *
   * @return whether this answer is bad and more than 100 of the window were
   */
  boolean sick(boolean good, long at) {
    while (!bad.isEmpty() && bad.peekFirst() <= at - windowMillis) {
      bad.removeFirst();
    }
    if (good) {
      return false;
    }
    bad.addLast(at);
    return bad.size() > TOO_MANY;
  }

  void forget() {
    bad.clear();
  }
}
