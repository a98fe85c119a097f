package io.voronka.sequences.history;

import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.step.Step;
import java.util.Locale;

/**
 * Where a run goes after a record that does not name its next step. Only who is paused stops there:
 * all others go on at once, and the next record tells where they came to.
 */
final class Onward {

  private Onward() {}

  /**
   * The next step's id; null: the end.
   *
   * @param by the definition that the record was made by; null: unknown, and what it would have
   *     told is taken as the step of the record
   */
  static String after(SequenceProgressed last, Sequence by) {
    Step step = by == null ? null : by.step(last.getStepId());
    return switch (last.getKind()) {
      case SKIPPED -> Step.END.equals(last.getDetail()) ? null : last.getDetail();
      case BRANCHED -> branched(last, step);
      case CONCLUDED -> concluded(last, step);
      default -> last.getStepId();
    };
  }

  private static String branched(SequenceProgressed last, Step step) {
    String reason = last.getReason();
    if (step instanceof Step.WaitFor wait) {
      boolean seen = reason.equals("happened") || reason.equals("holds-already");
      return seen ? wait.then() : wait.onTimeout();
    }
    if (step instanceof Step.Wait wait) {
      return wait.missed() == null ? wait.next() : wait.missed();
    }
    if (step instanceof Step.Branch branch) {
      return reason.equals("true") ? branch.then() : branch.otherwise();
    }
    if (step instanceof Step.Split split) {
      return split.parts().stream()
          .filter(part -> part.name().equals(last.getDetail()))
          .map(part -> part.first() == null ? "" : part.first())
          .findFirst()
          .filter(first -> !first.isEmpty())
          .orElse(null);
    }
    return last.getStepId();
  }

  private static String concluded(SequenceProgressed last, Step step) {
    if (!(step instanceof Step.Act act)) {
      return last.getStepId();
    }
    boolean done =
        last.getReason().equals(written(ActionOutcome.CONFIRMED))
            || last.getReason().equals(written(ActionOutcome.MAYBE_SENT));
    return done || !act.required() ? act.next() : act.onFailure();
  }

  private static String written(ActionOutcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
