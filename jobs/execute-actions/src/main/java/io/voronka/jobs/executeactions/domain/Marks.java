package io.voronka.jobs.executeactions.domain;

import java.util.HashSet;
import java.util.Set;

/** Which actions a complete checkpoint knows to be about to be sent. In memory only. */
final class Marks {
  private final Set<String> remembered = new HashSet<>();

  /** A checkpoint that holds its mark is complete. */
  void remember(String actionId) {
    remembered.add(actionId);
  }

  /** It is finished, or marked anew. */
  void forget(String actionId) {
    remembered.remove(actionId);
  }

  /**
   * Whether an unsent one may leave by this way as far as checkpoints are concerned: what cannot be
   * read back only with its mark in one, and a change of way only once one knows the new way.
   */
  boolean let(PendingAction action, Way way) {
    return action.progress().phase() == Phase.ARMED
        ? remembered.contains(action.id()) && action.progress().way() == way
        : action.recheck() != Recheck.GIVE_UP && Recheck.of(action.kind(), way) != Recheck.GIVE_UP;
  }
}
