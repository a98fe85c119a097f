package io.voronka.sequences.domain;

import io.voronka.schemas.StableId;
import io.voronka.schemas.StepRef;
import io.voronka.schemas.Subject;
import java.util.HashMap;
import java.util.Map;

/**
 * One subject's run through a sequence. The constructor fills in defaults and never rejects, so
 * that state written by an older version can always be read.
 *
 * @param id hash(subject, sequence, run key, what it entered by)
 * @param version that it goes by
 * @param settledWith the newest version about which it is settled what it means for this run
 * @param runKey tells parallel runs apart; null where there is one at a time
 * @param depth how many rules in a row caused each other before it
 * @param enteredAt the log's time, epoch milliseconds
 * @param pausedAt the log's time, epoch milliseconds; 0: it is not paused
 * @param visits how often it came to each step
 */
public record Enrolment(
    String id,
    String sequenceId,
    long version,
    long settledWith,
    String runKey,
    int depth,
    long enteredAt,
    Position position,
    long pausedAt,
    Map<String, Integer> visits) {

  public Enrolment {
    visits = visits == null ? Map.of() : visits;
  }

  /** A subject that has just entered. */
  public static Enrolment entered(
      Subject subject, SequenceVersion by, String runKey, String causeId, int depth, long now) {
    Sequence sequence = by.sequence();
    return new Enrolment(
        StableId.of(subject.key(), sequence.id(), runKey == null ? "" : runKey, causeId),
        sequence.id(),
        by.version(),
        by.version(),
        runKey,
        depth,
        now,
        Position.ready(sequence.first(), now),
        0,
        Map.of());
  }

  /** One that does not run, to tell so. */
  static Enrolment none(String id, String sequenceId, long version) {
    Position nowhere = Position.ready(null, 0);
    return new Enrolment(id, sequenceId, version, version, null, 0, 0, nowhere, 0, Map.of());
  }

  /**
   * When something is due if nothing else happens, epoch milliseconds; {@link Position#NEVER} while
   * it is paused.
   */
  public long nextDue() {
    return paused() ? Position.NEVER : position.due();
  }

  public boolean paused() {
    return pausedAt > 0;
  }

  /** Which visit of a step the present or last one is; 0 when it was never there. */
  public int visit(String stepId) {
    return stepId == null ? 0 : visits.getOrDefault(stepId, 0);
  }

  /** What the present step's action is known by. */
  StepRef stepRef() {
    String stepId = position.stepId();
    return new StepRef(sequenceId, version, id, stepId, visit(stepId));
  }

  /** The decision that a visit of a step stands for: actions' ids are made from it. */
  String decisionId() {
    return StableId.of(id, Integer.toString(visit(position.stepId())));
  }

  /** hash(enrolment, visit), and with it the step. */
  String actionId() {
    return StableId.of(decisionId(), position.stepId());
  }

  Enrolment at(Position where) {
    return new Enrolment(
        id, sequenceId, version, settledWith, runKey, depth, enteredAt, where, pausedAt, visits);
  }

  Enrolment visiting(String stepId) {
    Map<String, Integer> after = new HashMap<>(visits);
    after.merge(stepId, 1, Integer::sum);
    return new Enrolment(
        id, sequenceId, version, settledWith, runKey, depth, enteredAt, position, pausedAt, after);
  }

  Enrolment pausedAt(long moment) {
    return new Enrolment(
        id, sequenceId, version, settledWith, runKey, depth, enteredAt, position, moment, visits);
  }

  Enrolment by(long otherVersion) {
    return new Enrolment(
        id,
        sequenceId,
        otherVersion,
        settledWith,
        runKey,
        depth,
        enteredAt,
        position,
        pausedAt,
        visits);
  }

  Enrolment settledWith(long newest) {
    return new Enrolment(
        id, sequenceId, version, newest, runKey, depth, enteredAt, position, pausedAt, visits);
  }
}
