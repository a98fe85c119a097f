package io.voronka.jobs.executeactions.operators;

import io.voronka.jobs.executeactions.domain.Allowance;
import io.voronka.jobs.executeactions.domain.Phase;
import io.voronka.jobs.executeactions.domain.Target;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionOutcome;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Figures of one subtask. Per-target gauges are kept for accounts only: hosts are without bound.
 */
final class ExecutorMetrics {
  private final MetricGroup group;
  private final Map<String, Target> targets;
  private final Map<ActionOutcome, Counter> outcomes = new EnumMap<>(ActionOutcome.class);
  private final Map<String, Counter> refusals = new HashMap<>();
  private final Set<String> gauged = new HashSet<>();
  private final Counter duplicatesDropped;
  private final Counter outcomesRepeated;
  private final Counter sent;
  private final Counter sharedRequests;
  private final Counter reads;
  private final Counter limited;
  private final Counter circuitsOpened;
  private final Counter restoredDoubtful;
  private final Counter optOutsHeard;
  private final Counter journalUnavailable;

  ExecutorMetrics(MetricGroup group, Map<String, Target> targets) {
    this.group = group;
    this.targets = targets;
    duplicatesDropped = group.counter("duplicatesDropped");
    outcomesRepeated = group.counter("outcomesRepeated");
    sent = group.counter("sent");
    sharedRequests = group.counter("sharedRequests");
    reads = group.counter("reads");
    limited = group.counter("limited");
    circuitsOpened = group.counter("circuitsOpened");
    restoredDoubtful = group.counter("restoredDoubtful");
    optOutsHeard = group.counter("optOutsHeard");
    journalUnavailable = group.counter("journalUnavailable");
    for (ActionOutcome outcome : ActionOutcome.values()) {
      String name = outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
      outcomes.put(outcome, group.addGroup("outcome", name).counter("completed"));
    }
    group.gauge("inFlight", () -> sum(targets.values(), true));
    group.gauge("queued", () -> sum(targets.values(), false));
    group.gauge("circuitsOpen", this::circuitsOpen);
  }

  void duplicateDropped() {
    duplicatesDropped.inc();
  }

  void outcomeRepeated() {
    outcomesRepeated.inc();
  }

  /**
   * @param actions in one request
   */
  void sent(int actions) {
    sent.inc(actions);
    shared(actions);
  }

  /**
   * @param actions looked for in one request
   */
  void read(int actions) {
    reads.inc(actions);
    shared(actions);
  }

  private void shared(int actions) {
    sharedRequests.inc(actions > 1 ? 1 : 0);
  }

  void limited() {
    limited.inc();
  }

  /** Something waits because the journal of sends cannot be asked. */
  void journalUnavailable() {
    journalUnavailable.inc();
  }

  void circuitOpened() {
    circuitsOpened.inc();
  }

  /** An action was taken up in this phase. */
  void takenUp(Phase phase) {
    restoredDoubtful.inc(phase == Phase.DOUBTFUL ? 1 : 0);
  }

  /** A client has said that it wants no more messages. */
  void optOutHeard() {
    optOutsHeard.inc();
  }

  void completed(ActionCompleted completed) {
    outcomes.get(completed.getOutcome()).inc();
    if (completed.getOutcome() == ActionOutcome.REFUSED && completed.getReason() != null) {
      refusals
          .computeIfAbsent(
              completed.getReason(),
              reason -> group.addGroup("refused", reason).counter("completed"))
          .inc();
    }
  }

  /**
   * Gauges cannot be taken back, so they look the target up each time and read 0 when it is idle.
   */
  void gaugeAccount(String key) {
    if (key.contains("|//") || !gauged.add(key)) {
      return;
    }
    MetricGroup account = group.addGroup("account", key);
    account.gauge("queueLength", () -> queueLength(key));
    account.gauge("timeToDrainSeconds", () -> timeToDrainSeconds(key));
    account.gauge("requestsPerSecond", () -> ofAllowance(key, Allowance::requestsPerSecond));
    account.gauge("circuit", () -> ofAllowance(key, Allowance::circuit));
  }

  private long circuitsOpen() {
    return targets.values().stream().filter(target -> target.allowance().circuit() > 0).count();
  }

  private int ofAllowance(String key, ToIntFunction<Allowance> figure) {
    Target target = targets.get(key);
    return target == null ? 0 : figure.applyAsInt(target.allowance());
  }

  private int queueLength(String key) {
    Target target = targets.get(key);
    return target == null ? 0 : target.size();
  }

  private double timeToDrainSeconds(String key) {
    Target target = targets.get(key);
    return target == null ? 0 : target.forecast().secondsToDrain();
  }

  private static int sum(Collection<Target> all, boolean inFlight) {
    int sum = 0;
    for (Target target : all) {
      sum += inFlight ? target.inFlight() : target.size();
    }
    return sum;
  }
}
