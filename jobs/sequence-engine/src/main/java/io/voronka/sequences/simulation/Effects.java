package io.voronka.sequences.simulation;

import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;

/** What becomes of actions in a simulated world. */
public interface Effects {

  /**
   * What becomes of one action.
   *
   * @param reason null when it was confirmed
   * @param afterMillis how long after it was asked for that is known
   */
  record Effect(ActionOutcome outcome, String reason, long afterMillis) {}

  Effect of(ActionRequested action);

  /** All goes well, within a second. */
  static Effects confirmed() {
    return action -> new Effect(ActionOutcome.CONFIRMED, null, 1000);
  }
}
