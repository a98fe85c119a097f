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
 * @param perhapsBegun number of the first attempt whose end only the journal of sends can tell; 0:
 *     there is none
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
   * @param maybeSent an earlier attempt of the job may have sent it
   */
  public static ActionProgress first(ActionKind kind, boolean maybeSent, long arrival, long now) {
    return maybeSent ? doubtful(kind, arrival, now) : waiting(arrival);
  }

  /** For an action that an earlier attempt of the job may have sent already. */
  static ActionProgress doubtful(ActionKind kind, long arrival, long now) {
    Draft next =
        new Draft(waiting(arrival).doubted(now, now, Reason.RESTARTED_WHILE_SENDING, null));
    next.perhapsBegun = Recheck.mayBeInJournal(kind) ? 1 : 0;
    return next.done();
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

  /** The same, with this attempt in the journal before it leaves. */
  ActionProgress noted() {
    Draft next = new Draft(this);
    next.perhapsBegun = attempts;
    return next.done();
  }

  /** It did not leave, for the journal did not take its attempt. */
  ActionProgress notBegun() {
    Draft next = new Draft(this);
    next.phase = Phase.WAITING;
    next.attempts--;
    next.sentAt = next.attempts == 0 ? 0 : sentAt;
    next.perhapsBegun = 0;
    next.reason = Reason.JOURNAL_UNAVAILABLE;
    next.detail = "the journal of sends could not be asked";
    return next.done();
  }

  /** Not to be touched before. */
  ActionProgress waitingUntil(long moment) {
    Draft next = new Draft(this);
    next.phase = phase == Phase.READING ? Phase.DOUBTFUL : phase;
    next.notBefore = moment;
    return next.done();
  }

  /** The journal tells nothing of it: it is looked for where it is seen when it has left. */
  ActionProgress notInJournal() {
    Draft next = new Draft(this);
    next.phase = Phase.DOUBTFUL;
    next.perhapsBegun = 0;
    next.notBefore = 0;
    return next.done();
  }

  /** As an earlier life has left it. */
  ActionProgress begunBefore(BegunSend earlier) {
    Draft next = new Draft(this);
    next.attempts = earlier.attempt();
    next.sentAt = earlier.at();
    SendEnd end = earlier.end();
    next.statusCode = end == null ? null : end.statusCode();
    next.reason = end == null ? Reason.RESTARTED_WHILE_SENDING : end.reason();
    next.detail = end == null ? null : end.detail();
    return next.done();
  }

  /** Not done, to be sent again. */
  ActionProgress failed(SendResult result, boolean counts, long notBefore) {
    Draft next = new Draft(this);
    next.phase = doubted() ? Phase.DOUBTFUL : Phase.WAITING;
    next.perhapsBegun = 0;
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
    next.perhapsBegun = 0;
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
   * in it, so even a waiting action is doubtful.
   */
  public ActionProgress restored(ActionKind kind, long now) {
    Draft next = new Draft(doubted(now, 0, Reason.RESTARTED_WHILE_SENDING, null));
    boolean waited = phase == Phase.WAITING || phase == Phase.ARMED;
    // On its way without a number: of a build that did not keep one, and the journal may not know.
    boolean asks = Recheck.of(kind, way) == Recheck.JOURNAL ? waited : Way.mayBeSaid(kind);
    next.perhapsBegun = perhapsBegun == 0 && asks ? attempts + 1 : perhapsBegun;
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
