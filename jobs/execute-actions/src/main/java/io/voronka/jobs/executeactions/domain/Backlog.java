package io.voronka.jobs.executeactions.domain;

/**
 * What a target's unfinished actions will take of its budget, in requests: of those that may share
 * one, as many as they fill, to look for them and to send them; of the others each its own. By
 * urgency, since that is the order in which they leave.
 */
final class Backlog {
  private static final int RANKS = 3;

  private final int[] lookedFor = new int[RANKS];
  private final int[] shareable = new int[RANKS];
  private final int[] others = new int[RANKS];

  /** The arrival of the last one that had its turn. */
  private final long[] reached = new long[RANKS];

  private long lastArrival;

  void add(PendingAction action) {
    lastArrival = Math.max(lastArrival, action.arrival());
    count(action, 1);
  }

  void remove(PendingAction action) {
    count(action, -1);
  }

  /** It is its turn. */
  void reached(PendingAction action) {
    reached[action.rank()] = Math.max(reached[action.rank()], action.arrival());
  }

  /** Of all that were ever added. */
  long lastArrival() {
    return lastArrival;
  }

  int requests() {
    return requests(0, RANKS);
  }

  /** Requests that leave before the action does. */
  int ahead(PendingAction action) {
    int rank = action.rank();
    int others = Math.max(0, requests(rank, rank + 1) - action.cost());
    int own = (int) Math.round(place(action) * others);
    int more = requests(0, rank);
    int less = requests(rank + 1, RANKS);
    // Every so many turns is the eldest one's, whatever its urgency.
    int inOrder = more + own;
    int turns = inOrder + Math.min(less, inOrder / (TargetQueue.TURNS_PER_ELDEST - 1));
    return Math.min(turns, TargetQueue.TURNS_PER_ELDEST * (own + 1));
  }

  /** How far back it stands among those of its urgency: 0 is the next, 1 the one that came last. */
  private double place(PendingAction action) {
    long first = reached[action.rank()];
    return lastArrival <= first
        ? 1
        : Math.min(1, Math.max(0, (double) (action.arrival() - first) / (lastArrival - first)));
  }

  private int requests(int fromRank, int toRank) {
    int requests = 0;
    for (int rank = fromRank; rank < toRank; rank++) {
      requests += others[rank] + shared(lookedFor[rank]) + shared(shareable[rank]);
    }
    return requests;
  }

  private static int shared(int actions) {
    return (actions + Sharing.MOST - 1) / Sharing.MOST;
  }

  private void count(PendingAction action, int by) {
    if (!action.shareable()) {
      others[action.rank()] += by * action.cost();
      return;
    }
    // Most of what waited when the job died was not sent: it is looked for, and sent then.
    shareable[action.rank()] += by;
    Phase phase = action.progress().phase();
    if (phase == Phase.DOUBTFUL || phase == Phase.READING) {
      lookedFor[action.rank()] += by;
    }
  }
}
