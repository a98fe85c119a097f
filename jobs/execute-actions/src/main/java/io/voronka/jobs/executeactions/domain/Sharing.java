package io.voronka.jobs.executeactions.domain;

import java.util.HashSet;
import java.util.Set;

/**
 * Which actions leave in one request with others, to be sent or to be looked for, and which may not
 * any more. One of them begins the request and pays for it; the others ride along. In memory only:
 * after a restart everything is doubtful, and looked for together again.
 */
final class Sharing {
  /** As many leads as the vendor recommends in one write, and the most that are read at once. */
  static final int MOST = 50;

  /** What has failed so often may be too much for one read, so the next is its own. */
  private static final int LOOKS_TOGETHER = 3;

  private final Set<String> riding = new HashSet<>();
  private final Set<String> alone = new HashSet<>();

  /** Whether it may begin such a request, or ride along. */
  boolean mayShare(PendingAction action) {
    ActionProgress progress = action.progress();
    boolean due =
        progress.phase() == Phase.WAITING
            || progress.phase() == Phase.DOUBTFUL && progress.reads() < LOOKS_TOGETHER;
    return action.shareable() && due && !alone.contains(action.id());
  }

  /**
   * How many may leave in one request that this one begins. A write that has failed may have been
   * too much for the vendor, so it halves each time: what fails for another reason loses little by
   * it, and one that is too much for any request is by itself in the end.
   */
  int most(PendingAction first) {
    return first.unsent() ? Math.max(1, MOST >> Math.min(first.progress().failures(), 6)) : MOST;
  }

  /** Whether it may ride along in a request that the first one begins, as large as that may be. */
  boolean mayJoin(PendingAction peer, PendingAction first) {
    return peer.progress().phase() == first.progress().phase()
        && mayShare(peer)
        && most(peer) >= most(first);
  }

  void rides(PendingAction action) {
    riding.add(action.id());
  }

  /** Its answer is here; whether it rode along. */
  boolean arrived(PendingAction action) {
    return riding.remove(action.id());
  }

  /** From now on it is sent, and looked for, by itself. */
  void apart(PendingAction action) {
    alone.add(action.id());
  }

  void forget(PendingAction action) {
    alone.remove(action.id());
  }
}
