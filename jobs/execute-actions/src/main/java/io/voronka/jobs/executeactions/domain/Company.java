package io.voronka.jobs.executeactions.domain;

import java.util.ArrayList;
import java.util.List;

/** Takes along in one request those that can be sent, or looked for, together. */
final class Company {
  private final TargetQueue queue;
  private final Sharing sharing;
  private final Conclusions conclusions;

  Company(TargetQueue queue, Sharing sharing, Conclusions conclusions) {
    this.queue = queue;
    this.sharing = sharing;
    this.conclusions = conclusions;
  }

  /**
   * Who leaves with an action whose request has just begun; they are on their way from now on.
   *
   * @param first as it was before: what waits is sent with what waits, what is doubtful is looked
   *     for with what is doubtful
   * @param steps is given what becomes of those that may not leave
   */
  List<PendingAction> of(PendingAction first, long now, Guard guard, List<Step> steps) {
    List<PendingAction> peers =
        queue.peers(first, peer -> sharing.mayJoin(peer, first), sharing.most(first) - 1);
    List<PendingAction> company = new ArrayList<>();
    for (PendingAction peer : peers) {
      if (conclusions.lets(guard, peer, now, steps)) {
        company.add(takeAlong(peer, now, guard));
      }
    }
    return company;
  }

  private PendingAction takeAlong(PendingAction peer, long now, Guard guard) {
    if (peer.unsent()) {
      guard.sent(peer, now);
    }
    PendingAction leaving =
        peer.with(peer.unsent() ? peer.progress().sending(now) : peer.progress().in(Phase.READING));
    sharing.rides(leaving);
    queue.busyToo(leaving);
    return leaving;
  }
}
