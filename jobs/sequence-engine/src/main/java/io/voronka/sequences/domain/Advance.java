package io.voronka.sequences.domain;

import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.SequenceProgressed;
import java.util.List;

/**
 * What follows from one input.
 *
 * @param after null: it has left the sequence. Its {@link Enrolment#nextDue} is the next moment
 * @param progress what happened, in its order
 */
public record Advance(
    Enrolment after,
    List<ActionRequested> actions,
    List<Withdrawal> withdrawals,
    List<SequenceProgressed> progress) {
  public Advance {
    actions = List.copyOf(actions);
    withdrawals = List.copyOf(withdrawals);
    progress = List.copyOf(progress);
  }
}
