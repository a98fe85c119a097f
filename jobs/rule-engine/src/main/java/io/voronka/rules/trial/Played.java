package io.voronka.rules.trial;

import io.voronka.schemas.EventKind;
import io.voronka.schemas.VerdictOutcome;
import java.util.List;
import java.util.Locale;

/** What came of an example, step by step. */
public record Played(Example example, List<Step> steps) {
  public Played {
    steps = List.copyOf(steps);
  }

  /** True when all was as expected. */
  public boolean asExpected() {
    return steps.stream().allMatch(step -> step.differences().isEmpty());
  }

  /**
   * @param event null: only time passed
   * @param judged every verdict, in the order in which rules were judged
   * @param differences between what was expected and what is
   */
  public record Step(
      String pointer, long at, EventKind event, List<Judged> judged, List<Difference> differences) {
    public Step {
      judged = List.copyOf(judged);
      differences = List.copyOf(differences);
    }
  }

  /**
   * One verdict.
   *
   * @param at when, epoch milliseconds
   * @param clause JSON pointer in the rule of what held it back; null when nothing did
   * @param expected what that asks for, and
   * @param actual what was there; null when it was unknown
   */
  public record Judged(
      String ruleId,
      VerdictOutcome outcome,
      long at,
      String clause,
      String expected,
      String actual,
      List<RequestedAction> actions) {
    public Judged {
      actions = List.copyOf(actions);
    }

    /** The outcome and what led to it, for a reader. */
    public String told() {
      if (clause == null) {
        return word(outcome) + (actual == null ? "" : ": " + actual);
      }
      return "%s at %s%s: %s"
          .formatted(
              word(outcome),
              clause,
              expected == null ? "" : " (" + expected + ')',
              actual == null ? "unknown" : actual);
    }

    static String word(VerdictOutcome outcome) {
      return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * @param pointer JSON pointer in the example's definition
   */
  public record Difference(String pointer, String message) {}
}
