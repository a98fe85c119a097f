package io.voronka.jobs.executeactions.domain;

import java.util.HashMap;
import java.util.Map;

/**
 * Tells one request that the vendor's guard minds from a block of our address: both are answered
 * with the same page, but a block refuses everything. In memory only: after a restart it is found
 * out anew. Times are epoch milliseconds.
 */
final class Blocks {
  /** A block that is lifted and comes back may hit the same action once more, by chance. */
  private static final int STRIKES = 2;

  private static final int FORBIDDEN = 403;

  private final Sharing sharing;
  private final Map<String, Refusal> refusals = new HashMap<>();
  private long letIn;

  /**
   * @param sentAt when the refused request left
   * @param strikes how often it was refused again though others had been let in
   */
  private record Refusal(long sentAt, int strikes) {}

  Blocks(Sharing sharing) {
    this.sharing = sharing;
  }

  /**
   * What an answer means for the action: a no to itself when only it is refused, time and again.
   */
  SendResult judged(PendingAction action, SendResult result) {
    long sentAt = action.progress().sentAt();
    if (result.kind() == SendResult.Kind.DONE) {
      letIn = Math.max(letIn, sentAt);
    }
    boolean blocked =
        result.kind() == SendResult.Kind.LIMITED
            && result.statusCode() != null
            && result.statusCode() == FORBIDDEN;
    if (!blocked) {
      return result;
    }
    Refusal before = refusals.get(action.id());
    int strikes = before == null ? 0 : before.strikes() + (letIn >= before.sentAt() ? 1 : 0);
    if (strikes >= STRIKES) {
      return SendResult.denied(
          FORBIDDEN, Reason.FORBIDDEN, "refused before the door, where others are let in");
    }
    if (before != null) {
      // It may be another one in the same request that is minded.
      sharing.apart(action);
    }
    refusals.put(action.id(), new Refusal(sentAt, strikes));
    return result;
  }

  void forget(PendingAction action) {
    refusals.remove(action.id());
  }
}
