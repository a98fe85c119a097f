package io.voronka.jobs.drivesequences.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.drivesequences.Records;
import io.voronka.jobs.drivesequences.operators.SubjectInput.Kind;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.Subject;
import io.voronka.sequences.simulation.Effects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;

/**
 * The operator that takes many lives at once, late, and is lost and restored now and then: it reads
 * again what it had read since its snapshot, and has to tell the same again. What it told stands in
 * the topics meanwhile.
 */
final class StormyJob {
  private static final long LATEST = 50 * 60_000L;
  private static final long HALF_A_DAY = 12 * 3_600_000L;
  private static final int STEPS_BETWEEN_SNAPSHOTS = 250;
  private static final int STEPS_BETWEEN_LOSSES = 1500;

  private final List<RandomLife> lives;
  private final StateBackend backend;
  private final Random random;
  private final Effects effects = new LifeEffects();
  private final NavigableSet<Long> stops = new TreeSet<>();
  private final long end;

  private final PriorityQueue<Input> inputs =
      new PriorityQueue<>(Comparator.comparingLong(Input::at).thenComparingLong(Input::number));
  private final PriorityQueue<Publication> publications =
      new PriorityQueue<>(Comparator.comparingLong(Publication::at));
  private final List<RandomLife> published = new ArrayList<>();
  private final List<Act> acts = new ArrayList<>();
  private final Set<String> requests = new HashSet<>();
  private final Set<String> withdrawals = new HashSet<>();
  private final Map<String, SequenceProgressed> told = new LinkedHashMap<>();

  private DriveHarness job;
  private OperatorSubtaskState snapshot;
  private long snapshotAt;
  private int snapshotActs;
  private long watermark;
  private long numbers;
  private boolean fed;
  private int losses;

  /**
   * @param action whose outcome it is; null
   */
  private record Input(long at, long number, SubjectInput input, String action) {}

  private record Publication(long at, RandomLife life) {}

  /** What was done with the job, to be done again. */
  @FunctionalInterface
  private interface Act {
    void with(DriveHarness job) throws Exception;
  }

  /**
   * @param moments when something is due; empty: the job is up to 50 minutes late, which leads can
   *     take that are inside once at a time
   */
  StormyJob(List<RandomLife> lives, Set<Long> moments, StateBackend backend, Random random) {
    this.lives = lives;
    this.backend = backend;
    this.random = random;
    this.end = lives.get(0).end();
    this.watermark = lives.get(0).happenings.get(0).at() - 1;
    moments.forEach(moment -> stops.add(moment + random.nextInt(900)));
    for (RandomLife life : lives) {
      life.happenings.forEach(one -> add(one.at(), one.input(life.lead.key()), null));
      if (life.versions.size() > 1) {
        // What was answered before it is read before it; then the job may be late.
        stops.add(life.editedAt - 100);
        long at = life.editedAt - 200 - random.nextInt((int) HALF_A_DAY);
        publications.add(new Publication(at, life));
      }
    }
    stops.add(end);
  }

  /** How often it was lost. */
  int losses() {
    return losses;
  }

  /** All that was told, each once, in the order in which it was told first. */
  List<SequenceProgressed> run() throws Exception {
    publish();
    job = DriveHarness.on(backend);
    begin();
    keep();
    while (watermark < end) {
      step();
      if (random.nextInt(STEPS_BETWEEN_SNAPSHOTS) == 0) {
        keep();
      }
      if (random.nextInt(STEPS_BETWEEN_LOSSES) == 0) {
        restore();
      }
    }
    job.close();
    return List.copyOf(told.values());
  }

  private void step() throws Exception {
    watermark = next();
    long moment = watermark;
    act(job -> job.time(moment));
    publish();
    fed = false;
    while (!inputs.isEmpty() && inputs.peek().at() <= watermark) {
      SubjectInput input = inputs.remove().input();
      act(job -> job.input(input));
      fed = true;
    }
  }

  /** What follows from an input may be due already: time has to move for it. */
  private long next() {
    long latest = watermark + (fed ? 1 : 1 + random.nextInt((int) LATEST));
    Long stop = stops.higher(watermark);
    long next = Math.min(latest, stop == null ? end : stop);
    next = publications.isEmpty() ? next : Math.min(next, publications.peek().at());
    return inputs.isEmpty() ? next : Math.max(watermark + 1, Math.min(next, inputs.peek().at()));
  }

  /** A new version comes while the job runs, or while it is away. */
  private void publish() throws Exception {
    while (!publications.isEmpty() && publications.peek().at() <= watermark) {
      RandomLife life = publications.remove().life();
      published.add(life);
      if (job == null) {
        continue;
      }
      if (random.nextInt(20) == 0) {
        restore();
      } else {
        act(job -> job.control(List.of(life.row(1))));
      }
    }
  }

  private void act(Act act) throws Exception {
    acts.add(act);
    act.with(job);
    collect();
  }

  private void keep() throws Exception {
    snapshot = job.snapshot(acts.size() + 1L);
    snapshotAt = watermark;
    snapshotActs = acts.size();
  }

  private void restore() throws Exception {
    losses++;
    job.close();
    job = DriveHarness.restored(backend, snapshot);
    long present = watermark;
    watermark = snapshotAt;
    begin();
    watermark = present;
    for (Act act : acts.subList(snapshotActs, acts.size())) {
      act.with(job);
      collect();
    }
  }

  private void begin() throws Exception {
    List<ControlUpdate> rows = new ArrayList<>();
    for (RandomLife life : lives) {
      rows.add(life.tenant());
      rows.add(life.row(0));
      if (published.contains(life)) {
        rows.add(life.row(1));
      }
    }
    job.control(Records.whole(rows.toArray(ControlUpdate[]::new))).time(watermark);
    collect();
  }

  /** Puts what came out into its topics, and lets the executor answer. */
  private void collect() {
    DriveHarness.Taken taken = job.take();
    for (SequenceProgressed one : taken.progress()) {
      SequenceProgressed before = told.putIfAbsent(one.getId(), one);
      assertThat(before == null ? one : before).as("told again").isEqualTo(one);
    }
    for (ActionRequested action : taken.actions()) {
      if (requests.add(action.getId() + "@" + action.getFiredAt())) {
        Effects.Effect effect = effects.of(action);
        answer(action, effect.outcome(), action.getFiredAt() + effect.afterMillis());
      }
    }
    for (CommandRequested withdrawal : taken.withdrawals()) {
      if (withdrawals.add(withdrawal.getCommandId())) {
        // Nothing follows from a withdrawn action's outcome: whoever took it back has gone on.
        inputs.removeIf(input -> withdrawal.getActionId().equals(input.action()));
      }
    }
  }

  private void answer(ActionRequested action, ActionOutcome outcome, long at) {
    ActionCompleted completed = Records.completed(action, outcome, at);
    completed.setReason(effects.of(action).reason());
    String subject = Subject.of(completed).key();
    SubjectInput input =
        new SubjectInput(Kind.OUTCOME, subject, Records.bytes(completed), at, 0, 0);
    add(at, input, action.getId());
  }

  private void add(long at, SubjectInput input, String action) {
    inputs.add(new Input(at, numbers++, input, action));
  }
}
