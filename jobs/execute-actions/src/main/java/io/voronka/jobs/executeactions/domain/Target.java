package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One place that takes our requests: a CRM account, or a host that a tenant calls. Owns its queue,
 * its budget and what is on its way, and decides every next step. Times are epoch milliseconds of
 * the executor's clock. Not thread-safe.
 */
public final class Target {
  private final TargetQueue queue = new TargetQueue();
  private final Sharing sharing = new Sharing();
  private final Blocks blocks = new Blocks(sharing);
  private final BotPauses bots = new BotPauses();
  private final Promises promises = new Promises();
  private final Forecast forecast;
  private final Conclusions conclusions;
  private final Company company;
  private final TokenBucket bucket;
  private final Allowance allowance;
  private final int mostInFlight;
  private int inFlight;

  public Target(TokenBucket bucket, RetryPolicy policy, int mostInFlight) {
    this.bucket = bucket;
    this.allowance = new Allowance(bucket, policy);
    this.conclusions = new Conclusions(queue, policy, sharing, blocks);
    this.company = new Company(queue, sharing, conclusions);
    this.mostInFlight = mostInFlight;
    this.forecast = new Forecast(queue, bucket, mostInFlight);
  }

  public TokenBucket bucket() {
    return bucket;
  }

  public Allowance allowance() {
    return allowance;
  }

  public Forecast forecast() {
    return forecast;
  }

  public boolean contains(String actionId) {
    return queue.contains(actionId);
  }

  public boolean isEmpty() {
    return queue.size() == 0;
  }

  /** Nothing to do and nothing to remember: a new one would be the same. */
  public boolean isIdle(long now) {
    return isEmpty() && bucket.idle(now) && bots.last() <= now;
  }

  /** What salesbots were asked to say before this moment is not known. */
  public void nothingKnownBefore(long moment) {
    bots.nothingKnownBefore(moment);
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
    queue.add(action);
    promises.added(action);
  }

  /** The place of the next action to be added. */
  public long nextArrival() {
    return queue.backlog().lastArrival() + 1;
  }

  /** Takes an action back; empty when it is not here, or may have left already. */
  public Optional<Step> withdraw(String actionId) {
    PendingAction action = queue.get(actionId);
    return action == null || !action.unsent()
        ? Optional.empty()
        : Optional.of(conclusions.finish(action, ActionOutcome.WITHDRAWN, Reason.TAKEN_BACK));
  }

  /** A control row that the guard looks at has changed. */
  public void controlsChanged() {
    queue.releaseHeld();
  }

  /** Everything that can be done now, in the order in which it has to be done. */
  public List<Step> drain(long now, Guard guard) {
    List<Step> steps = new ArrayList<>();
    for (PendingAction over : queue.expired(now)) {
      steps.add(conclusions.finish(over, ActionOutcome.EXPIRED, Reason.NOT_AFTER_PASSED));
    }
    // Asked for the next one even when none may leave: what has come due is ready then, and wakes
    // nobody again and again.
    for (PendingAction next = queue.next(now);
        next != null && inFlight < mostInFlight;
        next = queue.next(now)) {
      if (next.asksJournal()) {
        // Whether there is something to judge at all; it takes nothing of the budget.
        steps.add(ask(next));
        continue;
      }
      PendingAction action = byItsWay(next, guard);
      if (action.needsRequest() && !allowance.grants(action.cost(), now)) {
        break;
      }
      if (!conclusions.lets(guard, action, now, steps)) {
        continue;
      }
      long botReads = bots.until(action.subject());
      boolean speaks = action.unsent() && action.progress().way() == Way.SALESBOT;
      if (speaks && botReads > now) {
        queue.hold(action, botReads);
      } else {
        boolean shares = sharing.mayShare(action);
        Step step = begin(action, now, guard);
        boolean together = shares && isCrowded(now);
        steps.add(together ? step.with(company.of(action, now, guard, steps)) : step);
      }
    }
    for (PendingAction told : promises.due(now, this::waiting, forecast)) {
      queue.note(told);
      steps.add(Step.of(Step.Kind.TELL, told));
    }
    return steps;
  }

  /** What has not left yet leaves by the way that its account has now. */
  private PendingAction byItsWay(PendingAction action, Guard guard) {
    PendingAction leaving = action.unsent() ? action.by(guard.way(action)) : action;
    if (leaving != action) {
      queue.note(leaving);
    }
    return leaving;
  }

  private PendingAction waiting(String actionId) {
    PendingAction action = queue.get(actionId);
    return action == null || action.isOnItsWay() ? null : action;
  }

  /** When {@link #drain} has to be called again if nothing else happens; Long.MAX_VALUE: never. */
  public long wakeAt(long now) {
    if (isEmpty()) {
      return Math.max(bucket.idleAt(now), bots.last());
    }
    PendingAction first = queue.first();
    long budget =
        first == null || inFlight >= mostInFlight
            ? Long.MAX_VALUE
            : allowance.nextAt(first.cost(), now);
    return Math.min(queue.nextMoment(), budget);
  }

  /** How many requests of the budget one that is on its way has for itself. */
  public int granted(PendingAction action) {
    return Math.max(1, Math.min(action.cost(), bucket.capacity()));
  }

  /** When {@link #drain} may have something to tell; Long.MAX_VALUE: never. */
  public long tellsAt() {
    return promises.nextAt();
  }

  /** The answer to a {@link Step.Kind#SEND}, for each that left in it. */
  public Step sent(String actionId, SendResult answer, long now) {
    PendingAction action = queue.get(actionId);
    SendResult result = blocks.judged(action, answer);
    if (sharing.arrived(action)) {
      // Who began the request has told what it says about the target.
      return conclusions.sent(action, result, true, now);
    }
    inFlight--;
    forecast.answered(now - action.progress().sentAt());
    if (action.progress().way() == Way.SALESBOT && result.mayHaveHappened()) {
      bots.ran(action.subject(), now);
    }
    if (result.kind() == SendResult.Kind.LIMITED) {
      allowance.limited(action, result.health(action.kind()), result.retryAfterMillis(), now);
      return conclusions.sent(action, result, false, now);
    }
    boolean counts = answered(action, result.health(action.kind()), result.retryAfterMillis(), now);
    return conclusions.sent(action, result, counts, now);
  }

  /** The answer to a {@link Step.Kind#READ}, for each that was looked for in it. */
  public Step read(String actionId, ReadResult result, long now) {
    PendingAction action = queue.get(actionId);
    if (sharing.arrived(action)) {
      return conclusions.read(action, result, true, now);
    }
    inFlight--;
    if (result.kind() == ReadResult.Kind.LIMITED) {
      allowance.limited(action, result.health(), result.retryAfterMillis(), now);
      return conclusions.read(action, result, false, now);
    }
    boolean counts = answered(action, result.health(), result.retryAfterMillis(), now);
    return conclusions.read(action, result, counts, now);
  }

  /** The answer to a {@link Step.Kind#ASK}. */
  public Step told(String actionId, JournalAnswer answer, long now) {
    return conclusions.told(queue.get(actionId), answer, now);
  }

  /** The answer to a {@link Step.Kind#SEND} of which the journal did not take the attempt. */
  public Step notBegun(String actionId, JournalAnswer answer, long now) {
    PendingAction action = queue.get(actionId);
    inFlight--;
    allowance.answered(action, Health.UNTOLD, 0, now);
    return conclusions.notBegun(action, answer, now);
  }

  private Step begin(PendingAction action, long now, Guard guard) {
    return switch (action.progress().phase()) {
      case WAITING, ARMED -> send(action, now, guard);
      case DOUBTFUL, SENDING, READING ->
          switch (action.recheck()) {
            case READ -> read(action);
            case RESEND ->
                now > action.notAfter()
                    ? conclusions.finish(action, ActionOutcome.MAYBE_SENT, Reason.NOT_AFTER_PASSED)
                    : send(action, now, guard);
            // Of a build that asked no journal.
            case JOURNAL -> conclusions.finish(action, ActionOutcome.MAYBE_SENT);
          };
    };
  }

  /**
   * More wait than could leave one by one. While the target is in doubt one action alone asks how
   * it is.
   */
  private boolean isCrowded(long now) {
    int free = Math.min(bucket.free(now), mostInFlight - inFlight);
    return queue.ready() > free && allowance.circuit() == 0;
  }

  private Step send(PendingAction action, long now, Guard guard) {
    // It counts at once: the next one may be for the same client.
    guard.sent(action, now);
    ActionProgress sending = action.progress().sending(now);
    return onItsWay(action.with(action.journaled() ? sending.noted() : sending), Step.Kind.SEND);
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

  private Step ask(PendingAction action) {
    PendingAction asked = action.with(action.progress().in(Phase.READING));
    queue.busyToo(asked);
    return Step.of(Step.Kind.ASK, asked);
  }

  /**
   * @return whether a failure counts against the action: not while the whole target is in trouble,
   *     unless its time is over and nothing else would end it
   */
  private boolean answered(PendingAction action, Health health, long retryAfterMillis, long now) {
    boolean probed = allowance.answered(action, health, retryAfterMillis, now);
    return !probed || health != Health.TROUBLED || now > action.notAfter();
  }
}
