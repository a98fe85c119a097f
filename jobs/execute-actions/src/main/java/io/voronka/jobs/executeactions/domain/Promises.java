package io.voronka.jobs.executeactions.domain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * To whom it is told when it will leave: once to those whose wait is worth telling, and once more
 * when one should have left long ago. So a flood of actions is at most two lines each, and one that
 * leaves soon none. Times are epoch milliseconds.
 */
final class Promises {
  /** Of something whose end is not known, a pause say. */
  static final long UNKNOWN = Long.MAX_VALUE;

  /** A herd comes within a moment: who is told before all are there is told too little. */
  private static final long HERD_MILLIS = 2_000;

  /** A wait that is not worth telling. */
  private static final long SHORT_MILLIS = 5_000;

  private static final long LOOK_AGAIN_MILLIS = 10_000;
  private static final long UNKNOWN_AGAIN_MILLIS = 60_000;
  private static final int MOST = 2;

  private final Deque<PendingAction> fresh = new ArrayDeque<>();
  private final PriorityQueue<Look> looks =
      new PriorityQueue<>(Comparator.comparingLong(Look::at).thenComparingLong(Look::arrival));

  /** Look whether it is still there. */
  private record Look(long at, long arrival, String id) {
    static Look of(PendingAction action, long at) {
      return new Look(at, action.arrival(), action.id());
    }
  }

  void added(PendingAction action) {
    if (action.progress().told() < MOST) {
      fresh.add(action);
    }
  }

  /** When {@link #due} has to be asked again; Long.MAX_VALUE: never. */
  long nextAt() {
    return looks.isEmpty() ? Long.MAX_VALUE : looks.peek().at();
  }

  /**
   * Those of which something has to be told now, with what.
   *
   * @param waiting null: it has left
   */
  List<PendingAction> due(long now, Function<String, PendingAction> waiting, Forecast forecast) {
    while (!fresh.isEmpty()) {
      PendingAction action = fresh.poll();
      if (waiting.apply(action.id()) != null) {
        long expected = action.progress().expectedAt();
        looks.add(
            Look.of(action, Math.max(action.seenAt() + HERD_MILLIS, patience(expected, now))));
      }
    }
    List<PendingAction> told = new ArrayList<>();
    while (!looks.isEmpty() && looks.peek().at() <= now) {
      PendingAction action = waiting.apply(looks.poll().id());
      if (action != null) {
        look(action, now, forecast, told);
      }
    }
    return told;
  }

  private void look(PendingAction action, long now, Forecast forecast, List<PendingAction> told) {
    long at = forecast.expectedAt(action, now);
    if (at == UNKNOWN) {
      looks.add(Look.of(action, now + UNKNOWN_AGAIN_MILLIS));
      return;
    }
    boolean worth = at - now >= SHORT_MILLIS && at <= action.notAfter();
    if (worth) {
      told.add(action.with(action.progress().expecting(at)));
    }
    if (action.progress().told() + (worth ? 1 : 0) < MOST) {
      looks.add(Look.of(action, patience(worth ? at : now, now)));
    }
  }

  /** When something that is expected then should have left long ago. */
  private static long patience(long expected, long now) {
    return expected == 0 ? 0 : expected + Math.max(LOOK_AGAIN_MILLIS, (expected - now) / 4);
  }
}
