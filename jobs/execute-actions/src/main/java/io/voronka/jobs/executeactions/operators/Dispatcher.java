package io.voronka.jobs.executeactions.operators;

import io.voronka.jobs.executeactions.domain.ActionProgress;
import io.voronka.jobs.executeactions.domain.Guard;
import io.voronka.jobs.executeactions.domain.JournalAnswer;
import io.voronka.jobs.executeactions.domain.ModelUse;
import io.voronka.jobs.executeactions.domain.Outcomes;
import io.voronka.jobs.executeactions.domain.PendingAction;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.Redelivery;
import io.voronka.jobs.executeactions.domain.RequestCheck;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.domain.Step;
import io.voronka.jobs.executeactions.domain.Target;
import io.voronka.jobs.executeactions.domain.TargetMemory;
import io.voronka.jobs.executeactions.transport.ActionTransport;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionRequested;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.util.function.BiFunctionWithException;

/**
 * Does what the targets decide: stores it, sends it, tells the outcome. Runs in the task's thread;
 * only answers come from others, and are handed over. Nothing is done before the control rows are
 * complete.
 */
final class Dispatcher implements Errands.Heard {
  private final TaskThread task;
  private final ActionStore store;
  private final Targets targets;
  private final Guard guard;
  private final Errands errands;
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
    this.errands = new Errands(task, store, targets, transport, metrics, this);
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
    // Known to state from the beginning: a restart need not look in the talk for what a salesbot
    // says.
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
      ActionProgress progress = entry.getValue().restored(request.getKind(), task.now());
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
      case SEND -> errands.send(key, step);
      case READ -> errands.read(key, step);
      case ASK -> errands.ask(key, step);
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

  @Override
  public void told(String key, String id, JournalAnswer answer) throws Exception {
    conclude(key, List.of(id), false, (target, i) -> target.told(id, answer, task.now()));
  }

  @Override
  public void notBegun(String key, String id, JournalAnswer answer) throws Exception {
    conclude(key, List.of(id), false, (target, i) -> target.notBegun(id, answer, task.now()));
  }

  @Override
  public void answered(String key, List<String> ids, List<SendResult> results) throws Exception {
    conclude(
        key,
        ids,
        results.get(0).kind() == SendResult.Kind.LIMITED,
        (target, i) -> sent(target, store.request(ids.get(i)), results.get(i)));
  }

  private Step sent(Target target, ActionRequested request, SendResult result) {
    Step step = target.sent(request.getId(), result, task.now());
    errands.answered(step, request);
    ModelUse use = result.use();
    if (use != null) {
      task.emit(use.event(request, step.action().progress().attempts(), task.now()));
    }
    return step;
  }

  @Override
  public void seen(String key, List<String> ids, List<ReadResult> results) throws Exception {
    conclude(
        key,
        ids,
        results.get(0).kind() == ReadResult.Kind.LIMITED,
        (target, i) -> {
          ReadResult own = store.own(store.request(ids.get(i)), results.get(i));
          return target.read(ids.get(i), own, task.now());
        });
  }

  /**
   * Something was heard, and the task is its own again.
   *
   * @param meaning what the target makes of it, for each of the ids by its place
   */
  private void conclude(
      String key,
      List<String> ids,
      boolean limited,
      BiFunctionWithException<Target, Integer, Step, Exception> meaning)
      throws Exception {
    task.enter(key);
    Target target = targets.find(key);
    TargetMemory before = target.allowance().memory();
    List<Step> steps = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      steps.add(meaning.apply(target, i));
    }
    learned(target, before, limited);
    for (Step step : steps) {
      carryOut(key, step);
    }
    drain(key, target);
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
