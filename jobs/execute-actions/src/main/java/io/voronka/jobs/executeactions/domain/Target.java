package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One place that takes our requests: a CRM account, or a host that a tenant calls. Owns its queue,
 * its budget and what is on its way, and decides every next step. Times are epoch milliseconds of
 * the executor's clock. Not thread-safe.
 */
public final class Target {
  private final TargetQueue queue = new TargetQueue();
  private final Set<String> rememberedMarks = new HashSet<>();
  private final TokenBucket bucket;
  private final Allowance allowance;
  private final RetryPolicy policy;
  private final int mostInFlight;
  private int inFlight;
  private long lastArrival;

  public Target(TokenBucket bucket, RetryPolicy policy, int mostInFlight) {
    this.bucket = bucket;
    this.allowance = new Allowance(bucket, policy);
    this.policy = policy;
    this.mostInFlight = mostInFlight;
  }

  public TokenBucket bucket() {
    return bucket;
  }

  public Allowance allowance() {
    return allowance;
  }

  public boolean contains(String actionId) {
    return queue.contains(actionId);
  }

  public boolean isEmpty() {
    return queue.size() == 0;
  }

  /** Unfinished actions, those on their way included. */
  public int size() {
    return queue.size();
  }

  public int inFlight() {
    return inFlight;
  }

  public Collection<PendingAction> actions() {
    return queue.all();
  }

  /** In order of arrival. */
  public void add(PendingAction action) {
    lastArrival = Math.max(lastArrival, action.arrival());
    queue.add(action);
  }

  /** The place of the next action to be added. */
  public long nextArrival() {
    return lastArrival + 1;
  }

  /** Takes an action back; empty when it is not here, or may have left already. */
  public Optional<Step> withdraw(String actionId) {
    PendingAction action = queue.get(actionId);
    return action == null || !action.unsent()
        ? Optional.empty()
        : Optional.of(finish(action, ActionOutcome.WITHDRAWN, Reason.TAKEN_BACK));
  }

  /** A control row that the guard looks at has changed. */
  public void controlsChanged() {
    queue.releaseHeld();
  }

  /** A checkpoint that holds the action's mark is complete. */
  public void markRemembered(String actionId) {
    PendingAction action = queue.get(actionId);
    if (action != null && action.progress().phase() == Phase.ARMED) {
      rememberedMarks.add(actionId);
      queue.back(action);
    }
  }

  /** Everything that can be done now, in the order in which it has to be done. */
  public List<Step> drain(long now, Guard guard) {
    List<Step> steps = new ArrayList<>();
    for (PendingAction over : queue.expired(now)) {
      steps.add(finish(over, ActionOutcome.EXPIRED, Reason.NOT_AFTER_PASSED));
    }
    while (inFlight < mostInFlight) {
      PendingAction action = queue.next(now);
      if (action == null || needsRequest(action) && !allowance.grants(action.requests(), now)) {
        break;
      }
      Guard.Verdict verdict = guard.judge(action, now);
      switch (verdict.kind()) {
        case HOLD -> queue.hold(action, verdict.until());
        case REFUSE -> steps.add(refuse(action, ActionOutcome.REFUSED, verdict.reason()));
        case WITHDRAW -> steps.add(refuse(action, ActionOutcome.WITHDRAWN, verdict.reason()));
        case SEND -> steps.add(begin(action, now, guard));
      }
    }
    return steps;
  }

  /** When {@link #drain} has to be called again if nothing else happens; Long.MAX_VALUE: never. */
  public long wakeAt(long now) {
    if (isEmpty()) {
      return bucket.idleAt(now);
    }
    PendingAction first = queue.first();
    long budget =
        first == null || inFlight >= mostInFlight
            ? Long.MAX_VALUE
            : allowance.nextAt(first.requests(), now);
    return Math.min(queue.nextMoment(), budget);
  }

  /** The answer to a {@link Step.Kind#SEND}. */
  public Step sent(String actionId, SendResult result, long now) {
    PendingAction action = back(actionId);
    if (result.kind() == SendResult.Kind.LIMITED) {
      allowance.limited(action, result.retryAfterMillis(), now);
      return again(action.with(action.progress().failed(result, false, action.rest(), 0)));
    }
    boolean counts = answered(action, result.health(action.kind()), result.retryAfterMillis(), now);
    return switch (result.kind()) {
      case DONE -> done(action.with(action.progress().succeeded(result.statusCode())), result);
      case DENIED -> finish(failed(action, result), ActionOutcome.FAILED);
      case FORBIDDEN -> finish(failed(action, result), ActionOutcome.REFUSED);
      case NOT_DONE -> notDone(action, result, counts, now);
      case UNCLEAR -> unclear(action, result, counts, now);
      case LIMITED -> throw new IllegalStateException("handled above");
    };
  }

  /** The answer to a {@link Step.Kind#READ}. */
  public Step read(String actionId, ReadResult result, long now) {
    PendingAction action = back(actionId);
    ActionProgress progress = action.progress();
    if (result.kind() == ReadResult.Kind.LIMITED) {
      allowance.limited(action, result.retryAfterMillis(), now);
      return again(action.with(progress.readAgain(false, 0)));
    }
    boolean counts = answered(action, result.health(), result.retryAfterMillis(), now);
    return switch (result.kind()) {
      case FOUND -> {
        remove(action);
        yield Step.found(action, result.vendorId());
      }
      case ABSENT ->
          progress.failures() >= policy.attempts()
              ? finish(action, ActionOutcome.FAILED)
              : again(action.with(progress.cleared()));
      case FAILED ->
          counts && progress.reads() + 1 >= policy.reads()
              ? finish(action, ActionOutcome.MAYBE_SENT, Reason.NOT_READABLE)
              : again(
                  action.with(
                      progress.readAgain(
                          counts, now + policy.delayMillis(actionId, progress.reads() + 1))));
      case UNREADABLE -> finish(action, ActionOutcome.MAYBE_SENT, Reason.NOT_READABLE);
      case LIMITED -> throw new IllegalStateException("handled above");
    };
  }

  private Step begin(PendingAction action, long now, Guard guard) {
    Recheck recheck = Recheck.of(action.kind());
    return switch (action.progress().phase()) {
      case WAITING -> recheck == Recheck.GIVE_UP ? arm(action) : send(action, now, guard);
      case ARMED -> rememberedMarks.contains(action.id()) ? send(action, now, guard) : arm(action);
      case DOUBTFUL, SENDING, READING ->
          switch (recheck) {
            case READ -> read(action);
            case RESEND ->
                now > action.notAfter()
                    ? finish(action, ActionOutcome.MAYBE_SENT, Reason.NOT_AFTER_PASSED)
                    : send(action, now, guard);
            case GIVE_UP -> finish(action, ActionOutcome.MAYBE_SENT);
          };
    };
  }

  /** False for those whose next step is only to be marked or given up. */
  private boolean needsRequest(PendingAction action) {
    return Recheck.of(action.kind()) != Recheck.GIVE_UP || rememberedMarks.contains(action.id());
  }

  private Step send(PendingAction action, long now, Guard guard) {
    // It counts at once: the next one may be for the same client.
    guard.sent(action, now);
    return onItsWay(action.with(action.progress().sending(now)), Step.Kind.SEND);
  }

  private Step read(PendingAction action) {
    return onItsWay(action.with(action.progress().in(Phase.READING)), Step.Kind.READ);
  }

  private Step onItsWay(PendingAction action, Step.Kind kind) {
    allowance.begun(action);
    inFlight++;
    queue.busy(action);
    return Step.of(kind, action);
  }

  private Step arm(PendingAction action) {
    PendingAction armed = action.with(action.progress().in(Phase.ARMED));
    queue.armed(armed);
    return Step.of(Step.Kind.ARM, armed);
  }

  private Step refuse(PendingAction action, ActionOutcome outcome, Reason reason) {
    return finish(action, action.unsent() ? outcome : ActionOutcome.MAYBE_SENT, reason);
  }

  private PendingAction back(String actionId) {
    inFlight--;
    return queue.get(actionId);
  }

  /**
   * @return whether a failure counts against the action: not while the whole target is in trouble,
   *     unless its time is over and nothing else would end it
   */
  private boolean answered(PendingAction action, Health health, long retryAfterMillis, long now) {
    boolean probed = allowance.answered(action, health, retryAfterMillis, now);
    return !probed || health != Health.TROUBLED || now > action.notAfter();
  }

  private Step notDone(PendingAction action, SendResult result, boolean counts, long now) {
    PendingAction failed = action.with(action.progress().failed(result, counts, action.rest(), 0));
    if (failed.progress().failures() >= policy.attempts()) {
      return finish(failed, ActionOutcome.FAILED);
    }
    long delay = policy.delayMillis(action.id(), failed.progress().failures());
    return again(action.with(action.progress().failed(result, counts, action.rest(), now + delay)));
  }

  private Step unclear(PendingAction action, SendResult result, boolean counts, long now) {
    ActionProgress counted = action.progress().unanswered(result.statusCode(), counts);
    PendingAction known = action.with(counted.because(result.reason(), result.detail()));
    return switch (Recheck.of(action.kind())) {
      case READ -> doubt(known, now, now + policy.settling().toMillis());
      case RESEND ->
          counted.failures() >= policy.attempts()
              ? finish(known, ActionOutcome.MAYBE_SENT)
              : doubt(known, now, now + policy.delayMillis(action.id(), counted.failures()));
      case GIVE_UP -> finish(known, ActionOutcome.MAYBE_SENT);
    };
  }

  private Step doubt(PendingAction action, long now, long notBefore) {
    ActionProgress progress = action.progress();
    return again(
        action.with(progress.doubted(now, notBefore, progress.reason(), progress.detail())));
  }

  private static PendingAction failed(PendingAction action, SendResult result) {
    return action.with(action.progress().failed(result, true, action.rest(), 0));
  }

  private Step again(PendingAction action) {
    queue.back(action);
    return Step.of(Step.Kind.KEEP, action);
  }

  private Step done(PendingAction action, SendResult result) {
    remove(action);
    return Step.done(action, result);
  }

  private Step finish(PendingAction action, ActionOutcome outcome, Reason reason) {
    String detail = action.progress().detail();
    return finish(action.with(action.progress().because(reason, detail)), outcome);
  }

  private Step finish(PendingAction action, ActionOutcome outcome) {
    remove(action);
    return Step.finish(action, outcome);
  }

  private void remove(PendingAction action) {
    queue.remove(action);
    rememberedMarks.remove(action.id());
  }
}
