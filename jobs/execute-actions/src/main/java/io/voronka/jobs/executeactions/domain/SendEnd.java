package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionOutcome;
import java.util.List;
import java.util.Optional;

/**
 * How an attempt ended whose answer is known, as the journal of sends keeps it.
 *
 * @param outcome what became of its action, null: it was not done and is tried again
 * @param statusCode HTTP status, null when there was none
 * @param vendorId id that the vendor gave, null when none
 * @param reason null when done
 * @param detail for people, may be null
 * @param scripts ids of the sales scripts that it was made from
 */
public record SendEnd(
    ActionOutcome outcome,
    Integer statusCode,
    String vendorId,
    Reason reason,
    String detail,
    List<String> scripts) {

  public SendEnd {
    scripts = List.copyOf(scripts);
  }

  /** Of the attempt that a step has concluded; empty when nothing is known of it. */
  public static Optional<SendEnd> of(Step step) {
    boolean known =
        step.finished() ? step.outcome() != ActionOutcome.MAYBE_SENT : step.action().unsent();
    ActionProgress progress = step.action().progress();
    return known
        ? Optional.of(
            new SendEnd(
                step.outcome(),
                progress.statusCode(),
                step.vendorId(),
                progress.reason(),
                progress.detail(),
                step.scripts()))
        : Optional.empty();
  }
}
