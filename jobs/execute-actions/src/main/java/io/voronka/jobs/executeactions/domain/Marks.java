package io.voronka.jobs.executeactions.domain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which actions a complete checkpoint knows to be about to be sent. No more are marked than can
 * leave soon: after a crash it is unknown of each marked one whether it was sent. In memory only.
 */
final class Marks {
  /** How long a checkpoint takes to hold a mark, until that is known. */
  private static final long USUAL_MILLIS = 2_000;

  /** What is marked is to last for that much longer, so that the target never waits for marks. */
  private static final long SPARE_MILLIS = 1_000;

  private final Set<String> remembered = new HashSet<>();

  /** When each was marked that has not left since, epoch milliseconds. */
  private final Map<String, Long> unsent = new HashMap<>();

  private long takesMillis = USUAL_MILLIS;
  private long rememberedAt;

  /**
   * Whether one more may be marked.
   *
   * @param perSecond how many can leave
   */
  boolean hasRoom(int perSecond) {
    long most = perSecond * (takesMillis + SPARE_MILLIS) / 1_000;
    return unsent.size() < Math.max(1, most);
  }

  /** It is marked, anew if it was before. */
  void mark(String actionId, long now) {
    remembered.remove(actionId);
    unsent.put(actionId, now);
  }

  /** A checkpoint that holds its mark is complete. */
  void remember(String actionId, long now) {
    Long since = unsent.get(actionId);
    if (remembered.add(actionId) && since != null) {
      // The one that waited longest of those that came with a checkpoint tells how long that takes.
      takesMillis = Math.max(now - since, now == rememberedAt ? takesMillis : 0);
      rememberedAt = now;
    }
  }

  /** It leaves; what became of it, and whether it has to leave again, is seen later. */
  void left(String actionId) {
    unsent.remove(actionId);
  }

  /** It is finished. */
  void forget(String actionId) {
    remembered.remove(actionId);
    unsent.remove(actionId);
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
