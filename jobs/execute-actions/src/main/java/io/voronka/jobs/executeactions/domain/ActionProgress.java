package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionCompleted;

/**
 * How far an unfinished action has come. Kept in state: fields may be added, with null or 0 as what
 * an older savepoint yields, and nothing here may reject a value.
 *
 * @param arrival place in its target's order of arrival
 * @param attempts requests that were sent to do it
 * @param failures attempts that count towards giving up (a 429 does not)
 * @param reads failed reads since the last doubt
 * @param notBefore not to be touched before this moment, epoch milliseconds
 * @param sentAt last send, epoch milliseconds; 0: none that we know of
 * @param doubtedAt since when it is doubtful, epoch milliseconds; 0: it is not
 * @param statusCode HTTP status of the last answer, null when there was none
 * @param reason of the last failure, null when there was none
 */
public record ActionProgress(
    long arrival,
    Phase phase,
    int attempts,
    int failures,
    int reads,
    long notBefore,
    long sentAt,
    long doubtedAt,
    Integer statusCode,
    Reason reason,
    String detail) {

  public ActionProgress {
    phase = phase == null ? Phase.DOUBTFUL : phase;
  }

  public static ActionProgress waiting(long arrival) {
    return new ActionProgress(arrival, Phase.WAITING, 0, 0, 0, 0, 0, 0, null, null, null);
  }

  /** For an action that an earlier attempt of the job may have sent already. */
  public static ActionProgress doubtful(long arrival, long now) {
    return waiting(arrival).doubted(now, now, Reason.RESTARTED_WHILE_SENDING, null);
  }

  /** Goes on counting where an earlier delivery ended. */
  ActionProgress after(ActionCompleted recorded) {
    return new ActionProgress(
        arrival,
        phase,
        recorded.getAttempts(),
        failures,
        reads,
        notBefore,
        recorded.getSentAt() == null ? 0 : recorded.getSentAt(),
        doubtedAt,
        statusCode,
        reason,
        detail);
  }

  ActionProgress in(Phase next) {
    return new ActionProgress(
        arrival,
        next,
        attempts,
        failures,
        reads,
        notBefore,
        sentAt,
        doubtedAt,
        statusCode,
        reason,
        detail);
  }

  ActionProgress sending(long now) {
    return new ActionProgress(
        arrival, Phase.SENDING, attempts + 1, failures, 0, 0, now, 0, statusCode, reason, detail);
  }

  /** Not done, to be sent again. */
  ActionProgress failed(SendResult result, boolean counts, Phase next, long notBefore) {
    return new ActionProgress(
        arrival,
        next,
        attempts,
        counts ? failures + 1 : failures,
        0,
        notBefore,
        sentAt,
        0,
        result.statusCode(),
        result.reason(),
        result.detail());
  }

  ActionProgress doubted(long now, long notBefore, Reason why, String text) {
    return new ActionProgress(
        arrival,
        Phase.DOUBTFUL,
        attempts,
        failures,
        0,
        notBefore,
        sentAt,
        doubtedAt == 0 ? now : doubtedAt,
        statusCode,
        why,
        text);
  }

  /** A send whose answer is lost. */
  ActionProgress unanswered(Integer status, boolean counts) {
    return new ActionProgress(
        arrival,
        phase,
        attempts,
        counts ? failures + 1 : failures,
        reads,
        notBefore,
        sentAt,
        doubtedAt,
        status,
        reason,
        detail);
  }

  ActionProgress readAgain(boolean counts, long notBefore) {
    return new ActionProgress(
        arrival,
        Phase.DOUBTFUL,
        attempts,
        failures,
        counts ? reads + 1 : reads,
        notBefore,
        sentAt,
        doubtedAt,
        statusCode,
        reason,
        detail);
  }

  /** The read showed that nothing was done. */
  ActionProgress cleared() {
    return new ActionProgress(
        arrival, Phase.WAITING, attempts, failures, 0, 0, 0, 0, statusCode, reason, detail);
  }

  ActionProgress because(Reason why, String text) {
    return new ActionProgress(
        arrival,
        phase,
        attempts,
        failures,
        reads,
        notBefore,
        sentAt,
        doubtedAt,
        statusCode,
        why,
        text);
  }

  /** With what the vendor answered when it was done. */
  ActionProgress succeeded(Integer status) {
    return new ActionProgress(
        arrival, phase, attempts, failures, reads, notBefore, sentAt, doubtedAt, status, null,
        null);
  }

  /**
   * As it has to be seen by the next attempt of the job. What was sent after the checkpoint is not
   * in it, so even a waiting action is doubtful, unless its kind is marked in a checkpoint first.
   */
  public ActionProgress restored(Recheck recheck, long now) {
    boolean surelyUnsent = recheck == Recheck.GIVE_UP && phase == Phase.WAITING;
    return surelyUnsent ? this : doubted(now, 0, Reason.RESTARTED_WHILE_SENDING, null);
  }
}
