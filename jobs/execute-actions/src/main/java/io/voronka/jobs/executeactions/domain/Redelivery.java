package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionRequested;
import java.util.Optional;

/**
 * A finished action that people have had put back. What has happened does not happen again, however
 * often it is asked for: only a higher number than that of the recorded outcome counts, and the
 * outcome decides.
 *
 * <ul>
 *   <li>failed, expired, refused: it was not done, and is begun anew;
 *   <li>unknown: looked for once more where the kind can be read, sent again where receivers drop
 *       repeats, else it stays unknown, as what the journal says was begun;
 *   <li>confirmed, withdrawn: that was the end.
 * </ul>
 */
public final class Redelivery {
  private Redelivery() {}

  /**
   * Where it begins again; empty when its recorded outcome is the answer.
   *
   * @param maybeSent an earlier attempt of the job may have begun already
   */
  public static Optional<ActionProgress> of(
      ActionRequested request,
      ActionCompleted recorded,
      boolean maybeSent,
      long arrival,
      long now) {
    if (request.getRedelivery() <= recorded.getRedelivery()) {
      return Optional.empty();
    }
    return switch (recorded.getOutcome()) {
      case FAILED, EXPIRED, REFUSED ->
          Optional.of(
              ActionProgress.first(request.getKind(), maybeSent, arrival, now).after(recorded));
      case MAYBE_SENT ->
          Recheck.of(request.getKind()) == Recheck.JOURNAL
              ? Optional.empty()
              : Optional.of(
                  ActionProgress.doubtful(request.getKind(), arrival, now).after(recorded));
      case CONFIRMED, WITHDRAWN, UNKNOWN -> Optional.empty();
    };
  }

  /**
   * A request that was put back although nothing is known of the action: what became of it is
   * forgotten, and may be anything.
   */
  public static boolean isOfSomethingForgotten(ActionRequested request) {
    return request.getRedelivery() > 0;
  }
}
