package io.voronka.sequences.history;

import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.Subject;
import io.voronka.sequences.domain.Sequence;
import java.util.List;
import java.util.Optional;

/**
 * Where one run stands after its records so far.
 *
 * @param entered the record of its entry; empty: it is gone
 * @param placed the newest record that tells or changes where it is
 * @param paused empty: it is not
 * @param version that it goes by
 * @param since when it came to the step or left, the log's time, epoch milliseconds
 */
public record Standing(
    Optional<SequenceProgressed> entered,
    SequenceProgressed placed,
    Optional<SequenceProgressed> paused,
    long version,
    long since) {

  /** What it does. */
  public enum State {
    /** It waits for a time or for something to happen. */
    WAITING,
    /** A step's action was asked for, and its outcome is waited for. */
    ASKED,
    /** It is between two steps: paused there, or just on its way. */
    BETWEEN,
    LEFT
  }

  /**
   * With more records of one run.
   *
   * @param before null: nothing is known of it
   * @return empty when nothing is known after them either
   */
  public static Optional<Standing> after(Standing before, List<SequenceProgressed> records) {
    Standing after = before;
    for (SequenceProgressed record : records) {
      if (!Standings.tellsOfNoRun(record)) {
        after = after == null ? of(record) : after.after(record);
      }
    }
    return Optional.ofNullable(after);
  }

  static Standing of(SequenceProgressed first) {
    return new Standing(
            Optional.empty(),
            first,
            Optional.empty(),
            first.getSequenceVersion(),
            first.getFiredAt())
        .after(first);
  }

  public Subject subject() {
    return Subject.of(placed);
  }

  public String sequenceId() {
    return placed.getSequenceId();
  }

  public String enrolmentId() {
    return placed.getEnrolmentId();
  }

  /** Null where a lead has one run at a time. */
  public String runKey() {
    return placed.getRunKey();
  }

  public State state() {
    return switch (placed.getKind()) {
      case WAITING -> State.WAITING;
      case REQUESTED -> State.ASKED;
      case EXITED -> State.LEFT;
      default -> State.BETWEEN;
    };
  }

  public boolean inside() {
    return placed.getKind() != ProgressKind.EXITED;
  }

  /**
   * When what it waits for is over if nothing else happens, epoch milliseconds; null: it waits for
   * no time.
   */
  public Long until() {
    return placed.getUntil();
  }

  /**
   * The step that it is in, or comes to next, or left from; null: the end.
   *
   * @param by the definition of {@link #version}; null: unknown
   */
  public String step(Sequence by) {
    return state() == State.BETWEEN ? Onward.after(placed, by) : placed.getStepId();
  }

  /** With one more record of the run. */
  Standing after(SequenceProgressed record) {
    return switch (record.getKind()) {
      case ENTERED -> at(record).entered(record);
      case WAITING, REQUESTED, CONCLUDED, BRANCHED, SKIPPED, RESTARTED -> at(record);
      case EXITED -> at(record).paused(null);
      case MOVED -> moved(record);
      case PAUSED -> paused(record);
      case RESUMED -> paused(null);
      case REFUSED, UNKNOWN -> this;
    };
  }

  private Standing at(SequenceProgressed record) {
    boolean stays =
        record.getKind() == placed.getKind()
            && record.getStepId() != null
            && record.getStepId().equals(placed.getStepId())
            && record.getVisit() == placed.getVisit();
    return new Standing(
        entered, record, paused, record.getSequenceVersion(), stays ? since : record.getFiredAt());
  }

  private Standing entered(SequenceProgressed record) {
    return new Standing(Optional.of(record), placed, paused, version, since);
  }

  /** What it waits for stays as it is; who is between steps is where the record says. */
  private Standing moved(SequenceProgressed record) {
    SequenceProgressed where = state() == State.BETWEEN ? record : placed;
    return new Standing(entered, where, paused, record.getSequenceVersion(), since);
  }

  private Standing paused(SequenceProgressed record) {
    return new Standing(entered, placed, Optional.ofNullable(record), version, since);
  }
}
