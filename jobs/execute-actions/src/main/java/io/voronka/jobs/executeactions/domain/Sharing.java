package io.voronka.jobs.executeactions.domain;

import java.util.HashSet;
import java.util.Set;

/**
 * Which actions leave in one request with others, and which may not any more. One of them begins
 * the request and pays for it; the others ride along. In memory only: after a restart everything is
 * doubtful, and looked for one by one.
 */
final class Sharing {
  /** As many leads as the vendor recommends in one write. */
  static final int MOST = 50;

  private final Set<String> riding = new HashSet<>();
  private final Set<String> alone = new HashSet<>();

  /** Whether it may begin such a request, or ride along. */
  boolean mayShare(PendingAction action) {
    return action.shareable()
        && action.progress().phase() == Phase.WAITING
        && !alone.contains(action.id());
  }

  void rides(PendingAction action) {
    riding.add(action.id());
  }

  /** Its answer is here; whether it rode along. */
  boolean arrived(PendingAction action) {
    return riding.remove(action.id());
  }

  /** From now on it is sent by itself. */
  void apart(PendingAction action) {
    alone.add(action.id());
  }

  void forget(PendingAction action) {
    alone.remove(action.id());
  }
}
