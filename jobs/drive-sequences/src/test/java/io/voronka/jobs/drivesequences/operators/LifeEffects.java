package io.voronka.jobs.drivesequences.operators;

import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.sequences.simulation.Effects;
import java.time.Duration;

/** What becomes of an action follows from its id: the same in every world. */
final class LifeEffects implements Effects {
  private static final Duration NEVER = Duration.ofDays(400);

  @Override
  public Effect of(ActionRequested action) {
    int hash = Math.floorMod(action.getId().hashCode(), 1000);
    long soon = 1000L * (1 + hash % 300);
    return switch (hash % 10) {
      case 0, 1 -> new Effect(ActionOutcome.FAILED, "refused", soon);
      case 2 -> new Effect(ActionOutcome.MAYBE_SENT, "no-answer", soon);
      case 3 -> new Effect(ActionOutcome.CONFIRMED, null, NEVER.toMillis());
      default -> new Effect(ActionOutcome.CONFIRMED, null, soon);
    };
  }
}
