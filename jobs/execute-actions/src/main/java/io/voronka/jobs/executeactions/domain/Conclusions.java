package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionOutcome;
import java.util.List;

/** What an answer, or a refusal, means for the action that it is about. */
final class Conclusions {
  /** It is asked again as after so many, some seconds later: that hurts nobody else. */
  private static final int FAILURES_LIKE_AN_ABSENT_JOURNAL = 4;

  private final TargetQueue queue;
  private final RetryPolicy policy;
  private final Sharing sharing;
  private final Blocks blocks;

  Conclusions(TargetQueue queue, RetryPolicy policy, Sharing sharing, Blocks blocks) {
    this.queue = queue;
    this.policy = policy;
    this.sharing = sharing;
    this.blocks = blocks;
  }

  /**
   * Of an attempt.
   *
   * @param counts whether a failure counts towards giving up
   */
  Step sent(PendingAction action, SendResult result, boolean counts, long now) {
    return switch (result.kind()) {
      case DONE -> done(action.with(action.progress().succeeded(result.statusCode())), result);
      case DENIED -> finish(failed(action, result), ActionOutcome.FAILED);
      case FORBIDDEN ->
          finish(failed(action, result), unlessDoubted(action, ActionOutcome.REFUSED));
      case NOT_DONE -> notDone(action, result, counts, now);
      case UNCLEAR -> unclear(action, result, counts, now);
      case LIMITED, AGAIN -> uncounted(action, result);
      case APART -> {
        sharing.apart(action);
        yield uncounted(action, result);
      }
    };
  }

  /** Of a look whether it is there. */
  Step read(PendingAction action, ReadResult result, boolean counts, long now) {
    ActionProgress progress = action.progress();
    return switch (result.kind()) {
      case FOUND -> {
        remove(action);
        yield Step.found(action, result.vendorId());
      }
      case ABSENT ->
          progress.failures() >= policy.attempts()
              ? finish(action, ActionOutcome.FAILED)
              : again(action.with(progress.cleared(sendAgainAt(action, now))));
      case FAILED ->
          counts && progress.reads() + 1 >= policy.reads()
              ? finish(action, ActionOutcome.MAYBE_SENT, Reason.NOT_READABLE)
              : again(
                  action.with(
                      progress.readAgain(
                          counts, now + policy.delayMillis(action.id(), progress.reads() + 1))));
      case UNREADABLE -> finish(action, ActionOutcome.MAYBE_SENT, Reason.NOT_READABLE);
      case ELSEWHERE ->
          progress.attempts() > 0
              ? finish(action, ActionOutcome.MAYBE_SENT, Reason.NOT_READABLE)
              : again(action.with(progress.cleared(0)));
      case LIMITED -> again(action.with(progress.readAgain(false, 0)));
      case APART -> {
        sharing.apart(action);
        yield again(action.with(progress.readAgain(false, 0)));
      }
    };
  }

  /** Of one that did not leave: the journal did not take its attempt. */
  Step notBegun(PendingAction action, JournalAnswer answer, long now) {
    PendingAction unbegun = action.with(action.progress().notBegun());
    return switch (answer.kind()) {
      case BEGUN -> begunBefore(action, answer.earlier());
      case FREE, AWAY -> withoutJournal(unbegun, now);
      case MISSING ->
          finish(
              action.with(unbegun.progress().because(Reason.JOURNAL_MISSING, null)),
              ActionOutcome.REFUSED);
    };
  }

  /** Of one that an earlier life of the job may have begun. */
  Step told(PendingAction action, JournalAnswer answer, long now) {
    boolean looksOn = action.recheck() != Recheck.JOURNAL;
    ActionProgress progress = action.progress();
    return switch (answer.kind()) {
      case FREE ->
          again(
              action.with(
                  looksOn ? progress.notInJournal() : progress.cleared(sendAgainAt(action, now))));
      case BEGUN -> begunBefore(action, answer.earlier());
      case AWAY -> withoutJournal(action, now);
      case MISSING ->
          looksOn
              ? again(action.with(progress.notInJournal()))
              : finish(action, ActionOutcome.MAYBE_SENT, Reason.JOURNAL_MISSING);
    };
  }

  private Step begunBefore(PendingAction action, BegunSend earlier) {
    PendingAction known = action.with(action.progress().begunBefore(earlier));
    if (earlier.end() == null) {
      return finish(known, ActionOutcome.MAYBE_SENT);
    }
    remove(known);
    return Step.ended(known, earlier.end());
  }

  /** What is to be done has not failed, however long that takes. */
  private Step withoutJournal(PendingAction action, long now) {
    long again = now + policy.delayMillis(action.id(), FAILURES_LIKE_AN_ABSENT_JOURNAL);
    return again(action.with(action.progress().waitingUntil(again)));
  }

  /**
   * That it is not there tells that its attempt failed, not that the next one will do better; 0: at
   * once, because no attempt has failed.
   */
  private long sendAgainAt(PendingAction action, long now) {
    int failures = action.progress().failures();
    return failures == 0 ? 0 : now + policy.delayMillis(action.id(), failures);
  }

  /**
   * Whether the guard lets one leave; what becomes of one that it does not is settled here.
   *
   * @param steps is given the end of one that is refused or withdrawn; of what may have left
   *     already that is all that is known
   */
  boolean lets(Guard guard, PendingAction action, long now, List<Step> steps) {
    Guard.Verdict verdict = guard.judge(action, now);
    switch (verdict.kind()) {
      case HOLD -> queue.hold(action, verdict.until());
      case REFUSE -> steps.add(refuse(action, ActionOutcome.REFUSED, verdict.reason()));
      case WITHDRAW -> steps.add(refuse(action, ActionOutcome.WITHDRAWN, verdict.reason()));
      case SEND -> {
        return true;
      }
    }
    return false;
  }

  private Step refuse(PendingAction action, ActionOutcome outcome, Reason reason) {
    return finish(action, action.unsent() ? outcome : ActionOutcome.MAYBE_SENT, reason);
  }

  private Step uncounted(PendingAction action, SendResult result) {
    return again(action.with(action.progress().failed(result, false, 0)));
  }

  private Step notDone(PendingAction action, SendResult result, boolean counts, long now) {
    PendingAction failed = action.with(action.progress().failed(result, counts, 0));
    if (failed.progress().failures() >= policy.attempts()) {
      return finish(failed, unlessDoubted(action, ActionOutcome.FAILED));
    }
    long delay = policy.delayMillis(action.id(), failed.progress().failures());
    return again(action.with(action.progress().failed(result, counts, now + delay)));
  }

  /** That this attempt has not done it says nothing of an earlier one whose answer was lost. */
  private static ActionOutcome unlessDoubted(PendingAction action, ActionOutcome outcome) {
    return action.progress().doubted() ? ActionOutcome.MAYBE_SENT : outcome;
  }

  private Step unclear(PendingAction action, SendResult result, boolean counts, long now) {
    ActionProgress counted = action.progress().unanswered(result.statusCode(), counts);
    PendingAction known = action.with(counted.because(result.reason(), result.detail()));
    return switch (action.recheck()) {
      case READ -> doubt(known, now, now + policy.settling().toMillis());
      case RESEND ->
          counted.failures() >= policy.attempts()
              ? finish(known, ActionOutcome.MAYBE_SENT)
              : doubt(known, now, now + policy.delayMillis(action.id(), counted.failures()));
      case JOURNAL -> finish(known, ActionOutcome.MAYBE_SENT);
    };
  }

  private Step doubt(PendingAction action, long now, long notBefore) {
    ActionProgress progress = action.progress();
    return again(
        action.with(progress.doubted(now, notBefore, progress.reason(), progress.detail())));
  }

  private static PendingAction failed(PendingAction action, SendResult result) {
    return action.with(action.progress().failed(result, true, 0));
  }

  private Step again(PendingAction action) {
    queue.back(action);
    return Step.of(Step.Kind.KEEP, action);
  }

  private Step done(PendingAction action, SendResult result) {
    remove(action);
    return Step.done(action, result);
  }

  Step finish(PendingAction action, ActionOutcome outcome, Reason reason) {
    String detail = action.progress().detail();
    return finish(action.with(action.progress().because(reason, detail)), outcome);
  }

  Step finish(PendingAction action, ActionOutcome outcome) {
    remove(action);
    return Step.finish(action, outcome);
  }

  private void remove(PendingAction action) {
    queue.remove(action);
    sharing.forget(action);
    blocks.forget(action);
  }
}
