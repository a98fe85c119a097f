package io.voronka.sequences.domain;

import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.StepRef;

/** What can happen to an enrolment. */
public sealed interface Input {

  /** The event in the scene. */
  record Event() implements Input {}

  /** The moment that it waits for. */
  record Moment() implements Input {}

  /**
   * What became of an action.
   *
   * @param reason null when it was confirmed at once
   */
  record Outcome(StepRef step, ActionOutcome outcome, String reason) implements Input {}

  /** Somebody asks something of it. */
  record Asked(Command command) implements Input {}

  /** A newer version of its sequence is published. */
  record Published(SequenceVersion newer) implements Input {}
}
