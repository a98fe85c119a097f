package io.voronka.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.domain.Driven;
import io.voronka.sequences.domain.Enrolments;
import io.voronka.sequences.domain.Input;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceSet;
import io.voronka.sequences.domain.step.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A world with an executor that acts once per action id and answers repeated requests by their
 * recorded outcome, and a job that is set back to earlier states: what it did and then forgot, it
 * must not do again in another way.
 */
class NothingLostOrDoubledTest {
  private static final long HOUR = 3_600_000L;
  private static final long START = SequenceTexts.millis("2026-03-25T12:00");
  private static final AccountSetting SETTING = new AccountSetting(SequenceTexts.BERLIN, null);

  private final Map<RandomSequences.Piece, Integer> coverage = RandomSequences.noCoverage();

  /** All that a restored job gets back. */
  private record Snapshot(Enrolments enrolments, SubjectState state, int read, long now) {}

  private static final class World {
    final SequenceSet set;
    final List<CrmEvent> log;
    final Random random;
    final Map<String, ActionOutcome> executed = new LinkedHashMap<>();
    final TreeMap<Long, List<Input.Outcome>> outcomes = new TreeMap<>();
    final Map<String, SequenceProgressed> history = new LinkedHashMap<>();

    /** Outcomes that were read since the last checkpoint. */
    final List<Input.Outcome> delivered = new ArrayList<>();

    Snapshot job = new Snapshot(Enrolments.NONE, SubjectState.EMPTY, 0, START);

    World(SequenceSet set, List<CrmEvent> log, Random random) {
      this.set = set;
      this.log = log;
      this.random = random;
    }

    /** Whatever comes next: an outcome, a moment, or an event. */
    boolean step() {
      long due = job.enrolments().nextDue();
      long event = job.read() < log.size() ? log.get(job.read()).getReceivedAt() : Long.MAX_VALUE;
      long outcome = outcomes.isEmpty() ? Long.MAX_VALUE : outcomes.firstKey();
      long next = Math.min(due, Math.min(event, outcome));
      if (next == Long.MAX_VALUE) {
        return false;
      }
      long now = Math.max(next, job.now());
      if (outcome <= next) {
        List<Input.Outcome> all = outcomes.firstEntry().getValue();
        Input.Outcome first = all.remove(0);
        delivered.add(first);
        if (all.isEmpty()) {
          outcomes.pollFirstEntry();
        }
        take(
            set.outcome(
                job.enrolments(), job.state(), SequenceTexts.LEAD, first, Clocks.at(now), SETTING),
            now,
            job.read());
      } else if (event < due) {
        CrmEvent one = log.get(job.read());
        Clocks clocks = Clocks.at(event);
        take(set.event(job.enrolments(), job.state(), one, clocks, SETTING), now, job.read() + 1);
      } else {
        Clocks clocks = Clocks.at(due);
        take(
            set.moment(job.enrolments(), job.state(), SequenceTexts.LEAD, clocks, SETTING),
            now,
            job.read());
      }
      return true;
    }

    void take(Driven driven, long now, int read) {
      job = new Snapshot(driven.enrolments(), driven.state(), read, now);
      driven.progress().forEach(one -> history.put(one.getId(), one));
      for (ActionRequested action : driven.actions()) {
        ActionOutcome outcome =
            executed.computeIfAbsent(
                action.getId(),
                id -> id.hashCode() % 4 == 0 ? ActionOutcome.FAILED : ActionOutcome.CONFIRMED);
        answer(new Input.Outcome(action.getStep(), outcome, null), now);
      }
    }

    /** The job goes back to where it was, and reads on from there. */
    void setBack(Snapshot checkpoint) {
      job = checkpoint;
      List<Input.Outcome> again = List.copyOf(delivered);
      delivered.clear();
      again.forEach(outcome -> answer(outcome, job.now()));
    }

    void answer(Input.Outcome outcome, long now) {
      long at = now + random.nextInt((int) HOUR);
      outcomes.computeIfAbsent(at, a -> new ArrayList<>()).add(outcome);
    }
  }

  @Test
  void aJobThatIsSetBackActsAsOneThatIsNot() {
    for (int seed = 0; seed < 300; seed++) {
      SequenceSet set = SequenceTexts.set(sequence(seed, false));
      List<CrmEvent> entry = List.of(created(START + 1000));
      World calm = new World(set, entry, new Random(seed));
      while (calm.step()) {}

      World stormy = new World(set, entry, new Random(seed + 7));
      storm(stormy);

      assertThat(stormy.executed.keySet()).as("seed %s", seed).isEqualTo(calm.executed.keySet());
      assertThat(stormy.job.enrolments().running()).isEmpty();
      assertThat(stormy.job.enrolments().early()).as("seed %s", seed).isEmpty();
    }
    assertThat(coverage.keySet())
        .contains(
            RandomSequences.Piece.ON_FAILURE,
            RandomSequences.Piece.SPLIT,
            RandomSequences.Piece.WAIT_FOR_HOURS);
  }

  @Test
  void underAnyInterleavingEachRunGoesFromStepToStepAndEndsOnce() {
    int runs = 0;
    for (int seed = 0; seed < 400; seed++) {
      Sequence sequence = sequence(seed, true);
      World world = new World(SequenceTexts.set(sequence), history(seed), new Random(seed));
      while (world.step()) {}
      Map<String, List<SequenceProgressed>> byRun = new LinkedHashMap<>();
      world
          .history
          .values()
          .forEach(
              one -> byRun.computeIfAbsent(one.getEnrolmentId(), id -> new ArrayList<>()).add(one));
      for (List<SequenceProgressed> run : byRun.values()) {
        if (run.get(0).getKind() == ProgressKind.ENTERED) {
          check(sequence, run, seed);
          runs++;
        }
      }
    }
    System.out.printf("random sequences: %d runs, %s%n", runs, coverage);
    assertThat(runs).isGreaterThan(400);
    assertThat(coverage.keySet()).containsExactlyInAnyOrder(RandomSequences.Piece.values());
  }

  /** Sets the job back now and then; what it caused is in the topics already. */
  private static void storm(World world) {
    Random random = new Random(world.random.nextInt());
    Snapshot checkpoint = world.job;
    int crashes = 0;
    boolean more = true;
    while (more) {
      more = world.step();
      int dice = random.nextInt(10);
      if (dice == 0) {
        checkpoint = world.job;
        world.delivered.clear();
      } else if (dice < 4 && crashes < 20) {
        crashes++;
        world.setBack(checkpoint);
        more = true;
      }
    }
  }

  private static void check(Sequence sequence, List<SequenceProgressed> run, int seed) {
    SequenceProgressed last = run.get(run.size() - 1);
    assertThat(last.getKind()).as("seed %s", seed).isEqualTo(ProgressKind.EXITED);
    assertThat(run.stream().filter(one -> one.getKind() == ProgressKind.EXITED)).hasSize(1);
    Map<String, Integer> requested = new HashMap<>();
    String present = null;
    for (SequenceProgressed one : run) {
      String step = one.getStepId();
      if (one.getKind() == ProgressKind.REQUESTED) {
        requested.merge(one.getActionId(), 1, Integer::sum);
      }
      if (one.getKind() == ProgressKind.ENTERED || step == null || step.equals(present)) {
        present = present == null ? sequence.first() : present;
        continue;
      }
      assertThat(following(sequence, present)).as("seed %s after %s", seed, present).contains(step);
      present = step;
    }
    assertThat(requested.values()).as("seed %s", seed).allMatch(times -> times == 1);
    if (last.getReason().equals("completed")) {
      assertThat(present == null || ends(sequence, present)).as("seed %s", seed).isTrue();
    }
  }

  /** Steps that may come next; those that may pass without a word are passed over. */
  private static Set<String> following(Sequence sequence, String stepId) {
    Set<String> following = new LinkedHashSet<>();
    Set<String> open = new HashSet<>(sequence.step(stepId).ways().toList());
    if (silent(sequence.step(stepId))) {
      following.add(stepId);
    }
    while (!open.isEmpty()) {
      String id = open.iterator().next();
      open.remove(id);
      if (following.add(id) && silent(sequence.step(id))) {
        open.addAll(sequence.step(id).ways().toList());
      }
    }
    return following;
  }

  private static boolean silent(Step step) {
    return step instanceof Step.GoTo || step instanceof Step.Wait;
  }

  private static boolean ends(Sequence sequence, String stepId) {
    return sequence.steps().values().stream()
        .filter(step -> step.id().equals(stepId) || following(sequence, stepId).contains(step.id()))
        .anyMatch(
            step ->
                step.next() == null || (step instanceof Step.GoTo goTo && goTo.target() == null));
  }

  private Sequence sequence(int seed, boolean eventsMatter) {
    Random random = new Random(seed * 31L);
    return SequenceTexts.sequence(
        new RandomSequences(random, eventsMatter, coverage).definition("s"));
  }

  private static CrmEvent created(long at) {
    String meeting = Long.toString((START + 70 * HOUR) / 1000);
    return SequenceTexts.event(
        EventKind.LEAD_CREATED, at, Map.of("price", "50", "meeting", meeting, "name", "Anna"));
  }

  private static List<CrmEvent> history(int seed) {
    Random random = new Random(seed);
    List<CrmEvent> history = new ArrayList<>();
    history.add(created(START + 1000));
    long at = START + 1000;
    EventKind[] kinds = {
      EventKind.LEAD_CREATED,
      EventKind.LEAD_UPDATED,
      EventKind.MESSAGE_RECEIVED,
      EventKind.NOTE_ADDED
    };
    for (int i = 0; i < 25; i++) {
      at += 1 + random.nextInt((int) (20 * HOUR));
      EventKind kind = kinds[random.nextInt(kinds.length)];
      Map<String, String> fields = new HashMap<>();
      if (kind == EventKind.LEAD_UPDATED) {
        fields.put("price", Integer.toString(random.nextInt(100)));
        fields.put("meeting", Long.toString((at + random.nextInt((int) (100 * HOUR))) / 1000));
      }
      history.add(SequenceTexts.event(kind, at, fields));
    }
    return history;
  }
}
