package io.voronka.sequences.domain;

import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.StableId;
import io.voronka.schemas.StepRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where one subject stands with all sequences. The constructor fills in defaults and never rejects.
 *
 * @param running in the order in which they were entered
 * @param entries the last one into each sequence, by run key
 * @param early outcomes of actions that are not asked for yet: a job that was restored to an
 *     earlier state meets what it already caused
 */
public record Enrolments(List<Enrolment> running, List<Entered> entries, List<Early> early) {
  public static final Enrolments NONE = new Enrolments(List.of(), List.of(), List.of());

  private static final int MOST_ENTRIES = 200;
  private static final int MOST_EARLY = 32;

  public Enrolments {
    running = running == null ? List.of() : running;
    entries = entries == null ? List.of() : entries;
    early = early == null ? List.of() : early;
  }

  /**
   * A subject entered a sequence.
   *
   * @param run fingerprint of the enrolment
   * @param at the log's time, epoch milliseconds
   */
  public record Entered(String sequenceId, String runKey, long run, long at) {}

  /**
   * An outcome that is kept.
   *
   * @param action fingerprint of enrolment, step and visit
   * @param at when it came about, epoch milliseconds; 0: an older build has kept it without
   */
  public record Early(long action, ActionOutcome outcome, String reason, long at) {
    static long action(StepRef step) {
      return StableId.fingerprint(
          step.getEnrolmentId(), "|", step.getStepId(), "|", Integer.toString(step.getVisit()));
    }
  }

  /** The first moment that something is due, epoch milliseconds; {@link Position#NEVER}. */
  public long nextDue() {
    long next = Position.NEVER;
    for (Enrolment enrolment : running) {
      next = Math.min(next, enrolment.nextDue());
    }
    return next;
  }

  public boolean isEmpty() {
    return running.isEmpty() && entries.isEmpty() && early.isEmpty();
  }

  /** Null when it does not run. */
  Enrolment running(String enrolmentId) {
    for (Enrolment enrolment : running) {
      if (enrolment.id().equals(enrolmentId)) {
        return enrolment;
      }
    }
    return null;
  }

  /** Null when there is none of that key. */
  Enrolment running(String sequenceId, String runKey) {
    for (Enrolment enrolment : running) {
      if (enrolment.sequenceId().equals(sequenceId) && Objects.equals(enrolment.runKey(), runKey)) {
        return enrolment;
      }
    }
    return null;
  }

  /** Null when it never entered. */
  Entered entry(String sequenceId, String runKey) {
    for (Entered entered : entries) {
      if (entered.sequenceId().equals(sequenceId) && Objects.equals(entered.runKey(), runKey)) {
        return entered;
      }
    }
    return null;
  }

  /** True when the enrolment has run here, and runs no more. */
  boolean ended(String enrolmentId) {
    long run = StableId.fingerprint(enrolmentId);
    return running(enrolmentId) == null
        && entries.stream().anyMatch(entered -> entered.run() == run);
  }

  Enrolments entering(Enrolment enrolment) {
    List<Enrolment> inside = new ArrayList<>(running);
    inside.add(enrolment);
    List<Entered> after = new ArrayList<>(entries);
    after.remove(entry(enrolment.sequenceId(), enrolment.runKey()));
    after.add(
        new Entered(
            enrolment.sequenceId(),
            enrolment.runKey(),
            StableId.fingerprint(enrolment.id()),
            enrolment.enteredAt()));
    int surplus = Math.max(0, after.size() - MOST_ENTRIES);
    return new Enrolments(inside, List.copyOf(after.subList(surplus, after.size())), early);
  }

  /**
   * @param after null: it has ended
   */
  Enrolments with(Enrolment before, Enrolment after) {
    if (before == after) {
      return this;
    }
    List<Enrolment> inside = new ArrayList<>(running.size());
    for (Enrolment enrolment : running) {
      if (!enrolment.id().equals(before.id())) {
        inside.add(enrolment);
      } else if (after != null) {
        inside.add(after);
      }
    }
    return new Enrolments(inside, entries, early);
  }

  Enrolments keeping(Early outcome) {
    List<Early> kept = new ArrayList<>(early);
    kept.removeIf(one -> one.action() == outcome.action());
    kept.add(outcome);
    int surplus = Math.max(0, kept.size() - MOST_EARLY);
    return new Enrolments(running, entries, List.copyOf(kept.subList(surplus, kept.size())));
  }

  Enrolments without(Early outcome) {
    List<Early> kept = new ArrayList<>(early);
    kept.remove(outcome);
    return new Enrolments(running, entries, kept);
  }
}
