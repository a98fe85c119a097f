package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;

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
 * @param way by which it was sent last, or is about to be
 * @param expectedAt when it was told to leave, epoch milliseconds; 0: nothing was told
 * @param told how often that was
 * @param perhapsBegun number of the attempt that an earlier life of the job may have begun, as the
 *     journal of sends can tell; 0: none
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
    String detail,
    Way way,
    long expectedAt,
    int told,
    int perhapsBegun) {

  public ActionProgress {
    phase = phase == null ? Phase.DOUBTFUL : phase;
    way = way == null ? Way.USUAL : way;
  }

  public static ActionProgress waiting(long arrival) {
    return new ActionProgress(
        arrival, Phase.WAITING, 0, 0, 0, 0, 0, 0, null, null, null, null, 0, 0, 0);
  }

  /**
   * Of a request that is met for the first time.
   *
   * @param maybeSent an earlier attempt of the job may have sent it; a kind that cannot be read
   *     back is only ever sent with its mark in a checkpoint
   */
  public static ActionProgress first(ActionKind kind, boolean maybeSent, long arrival, long now) {
    return maybeSent && Recheck.of(kind) != Recheck.GIVE_UP
        ? doubtful(arrival, now)
        : waiting(arrival);
  }

  /** For an action that an earlier attempt of the job may have sent already. */
  public static ActionProgress doubtful(long arrival, long now) {
    return waiting(arrival).doubted(now, now, Reason.RESTARTED_WHILE_SENDING, null);
  }

  /** Goes on counting where an earlier delivery ended. */
  ActionProgress after(ActionCompleted recorded) {
    Draft next = new Draft(this);
    next.attempts = recorded.getAttempts();
    next.sentAt = recorded.getSentAt() == null ? 0 : recorded.getSentAt();
    return next.done();
  }

  /** Whether an earlier attempt may have done it, as far as is known. */
  boolean doubted() {
    return doubtedAt > 0;
  }

  ActionProgress in(Phase phase) {
    Draft next = new Draft(this);
    next.phase = phase;
    return next.done();
  }

  ActionProgress by(Way way) {
    Draft next = new Draft(this);
    next.way = way;
    return next.done();
  }

  /** It is told that it will leave then. */
  ActionProgress expecting(long moment) {
    Draft next = new Draft(this);
    next.expectedAt = moment;
    next.told++;
    return next.done();
  }

  /** What is sent in doubt stays in doubt, whatever becomes of this attempt, unless it is done. */
  ActionProgress sending(long now) {
    Draft next = new Draft(this);
    next.phase = Phase.SENDING;
    next.attempts++;
    next.reads = 0;
    next.notBefore = 0;
    next.sentAt = now;
    return next.done();
  }

  /** Not done, to be sent again. */
  ActionProgress failed(SendResult result, boolean counts, Phase phase, long notBefore) {
    Draft next = new Draft(this);
    next.phase = doubted() ? Phase.DOUBTFUL : phase;
    next.failures += counts ? 1 : 0;
    next.reads = 0;
    next.notBefore = notBefore;
    next.statusCode = result.statusCode();
    next.reason = result.reason();
    next.detail = result.detail();
    return next.done();
  }

  ActionProgress doubted(long now, long notBefore, Reason why, String text) {
    Draft next = new Draft(this);
    next.phase = Phase.DOUBTFUL;
    next.reads = 0;
    next.notBefore = notBefore;
    next.doubtedAt = doubtedAt == 0 ? now : doubtedAt;
    next.reason = why;
    next.detail = text;
    return next.done();
  }

  /** A send whose answer is lost. */
  ActionProgress unanswered(Integer status, boolean counts) {
    Draft next = new Draft(this);
    next.failures += counts ? 1 : 0;
    next.statusCode = status;
    return next.done();
  }

  ActionProgress readAgain(boolean counts, long notBefore) {
    Draft next = new Draft(this);
    next.phase = Phase.DOUBTFUL;
    next.reads += counts ? 1 : 0;
    next.notBefore = notBefore;
    return next.done();
  }

  /** The read showed that nothing was done. */
  ActionProgress cleared(long notBefore) {
    Draft next = new Draft(this);
    next.phase = Phase.WAITING;
    next.reads = 0;
    next.notBefore = notBefore;
    next.doubtedAt = 0;
    next.perhapsBegun = 0;
    return next.done();
  }

  ActionProgress because(Reason why, String text) {
    Draft next = new Draft(this);
    next.reason = why;
    next.detail = text;
    return next.done();
  }

  /** With what the vendor answered when it was done. */
  ActionProgress succeeded(Integer status) {
    Draft next = new Draft(this);
    next.statusCode = status;
    next.reason = null;
    next.detail = null;
    return next.done();
  }

  /**
   * As it has to be seen by the next attempt of the job. What was sent after the checkpoint is not
   * in it, so even a waiting action is doubtful, unless it is marked in a checkpoint before it is
   * sent.
   */
  public ActionProgress restored(Recheck recheck, long now) {
    if (recheck == Recheck.GIVE_UP && phase == Phase.WAITING) {
      return this;
    }
    Draft next = new Draft(doubted(now, 0, Reason.RESTARTED_WHILE_SENDING, null));
    if (recheck == Recheck.GIVE_UP && phase == Phase.ARMED) {
      next.perhapsBegun = attempts + 1;
    }
    return next.done();
  }

  /** The next one, of which only what changes is said. */
  private static final class Draft {
    private final long arrival;
    private Phase phase;
    private int attempts;
    private int failures;
    private int reads;
    private long notBefore;
    private long sentAt;
    private long doubtedAt;
    private Integer statusCode;
    private Reason reason;
    private String detail;
    private Way way;
    private long expectedAt;
    private int told;
    private int perhapsBegun;

    Draft(ActionProgress from) {
      arrival = from.arrival;
      phase = from.phase;
      attempts = from.attempts;
      failures = from.failures;
      reads = from.reads;
      notBefore = from.notBefore;
      sentAt = from.sentAt;
      doubtedAt = from.doubtedAt;
      statusCode = from.statusCode;
      reason = from.reason;
      detail = from.detail;
      way = from.way;
      expectedAt = from.expectedAt;
      told = from.told;
      perhapsBegun = from.perhapsBegun;
    }

    ActionProgress done() {
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
          reason,
          detail,
          way,
          expectedAt,
          told,
          perhapsBegun);
    }
  }
}
