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
  private final Marks marks = new Marks();
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
    this.conclusions = new Conclusions(queue, policy, sharing, marks, blocks);
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

  /** A checkpoint that holds the action's mark is complete. */
  public void markRemembered(String actionId, long now) {
    PendingAction action = queue.get(actionId);
    if (action != null && action.progress().phase() == Phase.ARMED) {
      marks.remember(actionId, now);
      queue.back(action);
    }
  }

  /** Everything that can be done now, in the order in which it has to be done. */
  public List<Step> drain(long now, Guard guard) {
    List<Step> steps = new ArrayList<>();
    for (PendingAction over : queue.expired(now)) {
      steps.add(conclusions.finish(over, ActionOutcome.EXPIRED, Reason.NOT_AFTER_PASSED));
    }
    // Asked for the next one even when none may leave: what has come due is ready then, and wakes
    // nobody again and again.
    for (PendingAction action = queue.next(now);
        action != null && inFlight < mostInFlight;
        action = queue.next(now)) {
      Way way = guard.way(action);
      boolean leaves = needsRequest(action, way);
      if (leaves && !allowance.grants(action.cost(), now)) {
        break;
      }
      if (!conclusions.lets(guard, action, now, steps)) {
        continue;
      }
      long botReads = bots.until(action.subject());
      boolean speaks = leaves && action.unsent() && way == Way.SALESBOT;
      if (speaks && botReads > now) {
        queue.hold(action, botReads);
      } else if (!leaves && action.unsent() && !marks.hasRoom(bucket.capacity())) {
        queue.unmarked(action);
      } else {
        boolean shares = sharing.mayShare(action);
        Step step = begin(action, way, now, guard);
        boolean together = shares && isCrowded(now);
        steps.add(together ? step.with(company.of(action, now, guard, steps)) : step);
      }
    }
    mark(now, guard, steps);
    for (PendingAction told : promises.due(now, this::waiting, forecast)) {
      queue.note(told);
      steps.add(Step.of(Step.Kind.TELL, told));
    }
    return steps;
  }

  /** Marks what can leave soon, behind what waits for the budget too: a mark takes none of it. */
  private void mark(long now, Guard guard, List<Step> steps) {
    while (marks.hasRoom(bucket.capacity())) {
      PendingAction action = queue.firstUnmarked();
      if (action == null) {
        return;
      }
      if (conclusions.lets(guard, action, now, steps)) {
        steps.add(arm(action.by(guard.way(action)), now));
      }
    }
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

  private Step begin(PendingAction action, Way way, long now, Guard guard) {
    Recheck recheck = action.recheck();
    return switch (action.progress().phase()) {
      case WAITING, ARMED ->
          marks.let(action, way) ? send(action, now, guard) : arm(action.by(way), now);
      case DOUBTFUL, SENDING, READING ->
          switch (recheck) {
            case READ -> read(action);
            case RESEND ->
                now > action.notAfter()
                    ? conclusions.finish(action, ActionOutcome.MAYBE_SENT, Reason.NOT_AFTER_PASSED)
                    : send(action, now, guard);
            case GIVE_UP -> conclusions.finish(action, ActionOutcome.MAYBE_SENT);
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

  /** False for those whose next step is only to be marked or given up. */
  private boolean needsRequest(PendingAction action, Way way) {
    return action.unsent() ? marks.let(action, way) : action.recheck() != Recheck.GIVE_UP;
  }

  private Step send(PendingAction action, long now, Guard guard) {
    // It counts at once: the next one may be for the same client.
    guard.sent(action, now);
    marks.left(action.id());
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

  private Step arm(PendingAction action, long now) {
    marks.mark(action.id(), now);
    PendingAction armed = action.with(action.progress().in(Phase.ARMED));
    queue.armed(armed);
    return Step.of(Step.Kind.ARM, armed);
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
