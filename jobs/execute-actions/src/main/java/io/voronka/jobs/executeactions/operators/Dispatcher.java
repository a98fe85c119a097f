package io.voronka.jobs.executeactions.operators;

import io.voronka.jobs.executeactions.domain.ActionProgress;
import io.voronka.jobs.executeactions.domain.Guard;
import io.voronka.jobs.executeactions.domain.ModelUse;
import io.voronka.jobs.executeactions.domain.Outcomes;
import io.voronka.jobs.executeactions.domain.PendingAction;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.ReadWindow;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.Recheck;
import io.voronka.jobs.executeactions.domain.Redelivery;
import io.voronka.jobs.executeactions.domain.RequestCheck;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.domain.Step;
import io.voronka.jobs.executeactions.domain.Target;
import io.voronka.jobs.executeactions.domain.TargetMemory;
import io.voronka.jobs.executeactions.transport.ActionTransport;
import io.voronka.jobs.executeactions.transport.ActionTransport.Look;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionRequested;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does what the targets decide: stores it, sends it, tells the outcome. Runs in the task's thread;
 * only answers come from others, and are handed over. Nothing is done before the control rows are
 * complete.
 */
final class Dispatcher {
  private final CheckpointMarks marks = new CheckpointMarks();
  private final TaskThread task;
  private final ActionStore store;
  private final Targets targets;
  private final Guard guard;
  private final Calls calls;
  private final ExecutorMetrics metrics;

  Dispatcher(
      TaskThread task,
      ActionStore store,
      Targets targets,
      Guard guard,
      ActionTransport transport,
      ExecutorMetrics metrics) {
    this.task = task;
    this.store = store;
    this.targets = targets;
    this.guard = guard;
    this.calls = new Calls(task, transport, metrics);
    this.metrics = metrics;
  }

  /**
   * A request; the key is entered.
   *
   * @param maybeSent an earlier attempt of the job may have sent it
   */
  void take(String key, ActionRequested request, boolean maybeSent) throws Exception {
    Target known = targets.find(key);
    if (known != null && known.contains(request.getId())) {
      metrics.duplicateDropped();
      return;
    }
    ActionCompleted recorded = store.outcome(request.getId());
    if (recorded == null && Redelivery.isOfSomethingForgotten(request)) {
      // Not recorded: the next one that is put back must not find a refusal to begin from.
      task.emit(Outcomes.refused(key, request, Reason.OUTCOME_FORGOTTEN, null, task.now()));
      return;
    }
    long arrival = known == null ? 1 : known.nextArrival();
    Optional<ActionProgress> progress =
        recorded == null
            ? Optional.of(ActionProgress.first(request.getKind(), maybeSent, arrival, task.now()))
            : Redelivery.of(request, recorded, maybeSent, arrival, task.now());
    if (progress.isEmpty()) {
      metrics.duplicateDropped();
      metrics.outcomeRepeated();
      task.emit(recorded);
      return;
    }
    Optional<Reason> problem = RequestCheck.problemOf(request);
    if (problem.isPresent()) {
      finish(Outcomes.refused(key, request, problem.get(), null, task.now()));
      return;
    }
    metrics.takenUp(progress.get().phase());
    begin(key, known == null ? open(key) : known, request, progress.get());
  }

  private void begin(String key, Target target, ActionRequested request, ActionProgress progress)
      throws Exception {
    PendingAction taken = PendingAction.of(request, progress, task.now());
    // Known to state from the beginning: a restart need not doubt what waits for a salesbot.
    PendingAction action = taken.unsent() ? taken.by(guard.way(taken)) : taken;
    store.start(request, action.progress());
    target.add(action);
    drain(key, target);
  }

  /** An action of the entered key is taken back: at once, or when the guard comes to it. */
  void withdraw(String key, String actionId) throws Exception {
    Target target = targets.find(key);
    Optional<Step> step = target == null ? Optional.empty() : target.withdraw(actionId);
    if (step.isPresent()) {
      carryOut(key, step.get());
      drain(key, target);
    }
  }

  /** Takes up what a checkpoint holds of the entered key. */
  void restore(String key) throws Exception {
    List<PendingAction> actions = new ArrayList<>();
    for (Map.Entry<String, ActionProgress> entry : store.unfinished()) {
      ActionRequested request = store.request(entry.getKey());
      Recheck recheck = Recheck.of(request.getKind(), entry.getValue().way());
      ActionProgress progress = entry.getValue().restored(recheck, task.now());
      metrics.takenUp(progress.phase());
      actions.add(PendingAction.of(request, progress, task.now()));
    }
    actions.sort(Comparator.comparingLong(action -> action.progress().arrival()));
    Target target = open(key);
    actions.forEach(target::add);
  }

  /**
   * A row that the target's actions may wait for has changed, and the control rows are complete.
   */
  void controlsChanged(String key) throws Exception {
    Target target = targets.find(key);
    target.controlsChanged();
    task.enter(key);
    drain(key, target);
  }

  void checkpointWritten(long checkpointId) {
    marks.written(checkpointId);
  }

  void checkpointCompleted(long checkpointId) throws Exception {
    long now = task.now();
    for (CheckpointMarks.Mark mark : marks.completed(checkpointId)) {
      Target target = targets.find(mark.key());
      if (target != null) {
        target.markRemembered(mark.actionId(), now);
        task.enter(mark.key());
        drain(mark.key(), target);
      }
    }
  }

  void wake(String key) throws Exception {
    Target target = targets.find(key);
    if (target != null) {
      task.enter(key);
      drain(key, target);
    }
  }

  private Target open(String key) throws Exception {
    metrics.gaugeAccount(key);
    return targets.open(key, store.memory(), task.now());
  }

  /** The current key is the target's. */
  private void drain(String key, Target target) throws Exception {
    if (!targets.controlsReady()) {
      return;
    }
    long now = task.now();
    targets.resize(key, target, now);
    for (Step step : target.drain(now, guard)) {
      carryOut(key, step);
    }
    if (target.isIdle(now)) {
      targets.drop(key);
      if (target.allowance().memory().isNothing(now)) {
        store.forgetTarget();
      }
      task.wake(key, Long.MAX_VALUE);
    } else {
      task.wake(key, Math.min(target.wakeAt(now), target.tellsAt()));
    }
  }

  private void carryOut(String key, Step step) throws Exception {
    String actionId = step.action().id();
    if (step.finished()) {
      guard.finished(step.action(), step.outcome(), task.now());
      finish(Outcomes.of(key, store.request(actionId), step, task.now()));
      return;
    }
    // Written before it is sent, so that a checkpoint never knows less than the world does.
    for (PendingAction action : step.actions()) {
      store.update(action.id(), action.progress());
    }
    switch (step.kind()) {
      case SEND -> send(key, step);
      case READ -> read(key, step);
      case ARM -> marks.add(key, actionId);
      case TELL ->
          task.emit(
              Outcomes.queued(
                  key,
                  store.request(actionId),
                  step.action().progress(),
                  targets.find(key).forecast().requestsAhead(step.action()),
                  task.now()));
      case KEEP, FINISH -> {}
    }
  }

  private void send(String key, Step step) throws Exception {
    List<ActionRequested> requests = new ArrayList<>();
    for (PendingAction action : step.actions()) {
      requests.add(store.request(action.id()));
    }
    metrics.sent(requests.size());
    Means means = targets.means(key, step.action(), requests.get(0));
    calls.send(step.action(), requests, means, results -> answered(key, step.ids(), results));
  }

  private void read(String key, Step step) throws Exception {
    List<Look> looks = new ArrayList<>();
    for (PendingAction action : step.actions()) {
      ActionRequested request = store.request(action.id());
      looks.add(new Look(request, ReadWindow.since(request, action.progress(), task.now())));
    }
    metrics.read(looks.size());
    Means means = targets.means(key, step.action(), looks.get(0).request());
    calls.read(step.action(), looks, means, results -> seen(key, step.ids(), results));
  }

  private void answered(String key, List<String> ids, List<SendResult> results) throws Exception {
    task.enter(key);
    Target target = targets.find(key);
    TargetMemory before = target.allowance().memory();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      Step step = target.sent(ids.get(i), results.get(i), task.now());
      steps.add(step);
      ModelUse use = results.get(i).use();
      if (use != null) {
        int attempt = step.action().progress().attempts();
        task.emit(use.event(store.request(ids.get(i)), attempt, task.now()));
      }
    }
    learned(target, before, results.get(0).kind() == SendResult.Kind.LIMITED);
    for (Step step : steps) {
      carryOut(key, step);
    }
    drain(key, target);
  }

  private void seen(String key, List<String> ids, List<ReadResult> results) throws Exception {
    task.enter(key);
    Target target = targets.find(key);
    TargetMemory before = target.allowance().memory();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      ReadResult own = own(store.request(ids.get(i)), results.get(i));
      steps.add(target.read(ids.get(i), own, task.now()));
    }
    learned(target, before, results.get(0).kind() == ReadResult.Kind.LIMITED);
    for (Step step : steps) {
      carryOut(key, step);
    }
    drain(key, target);
  }

  private ReadResult own(ActionRequested request, ReadResult result) {
    return Recheck.claimsItsTrace(request.getKind())
        ? result.leaving(trace -> store.belongsToAnother(request, trace))
        : result;
  }

  private void learned(Target target, TargetMemory before, boolean limited) throws Exception {
    TargetMemory now = target.allowance().memory();
    if (limited) {
      metrics.limited();
    }
    if (now.openings() > before.openings()) {
      metrics.circuitOpened();
    }
    if (!now.equals(before)) {
      store.remember(now);
    }
  }

  private void finish(ActionCompleted outcome) throws Exception {
    store.finish(outcome);
    metrics.completed(outcome);
    task.emit(outcome);
  }
}
