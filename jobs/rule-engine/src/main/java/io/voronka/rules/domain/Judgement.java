package io.voronka.rules.domain;

import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.action.MissingValueException;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.Truth;
import io.voronka.rules.domain.subject.StageMove;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;

/** One rule against one event. */
final class Judgement {
  private static final String TRIGGER = "/trigger";

  private Judgement() {}

  /**
   * @param actions takes what the rule asks for when it fires
   */
  static RuleVerdict of(
      RuleVersion member,
      SubjectView view,
      Clocks clocks,
      String decisionId,
      List<ActionRequested> actions) {
    Rule rule = member.rule();
    if (!rule.enabled()) {
      return held(member, decisionId, VerdictOutcome.DISABLED, "/enabled", "true", "false");
    }
    try {
      if (!shown(view)) {
        return notShown(member, view, decisionId);
      }
      if (rule.when().isPresent() && rule.when().get().test(view) != Truth.TRUE) {
        return notMatched(member, rule.when().get(), view, decisionId);
      }
      return fired(member, view, clocks, decisionId, actions);
    } catch (RuntimeException e) {
      // A rule that cannot be judged is its own author's trouble and nobody else's.
      return held(member, decisionId, VerdictOutcome.FAILED, null, null, e.toString());
    }
  }

  /** True when the rule listens to this event at all, its account included. */
  static boolean triggered(Rule rule, SubjectView view) {
    boolean account = rule.account().map(view.event().getAccountId()::equals).orElse(true);
    return account
        && (rule.triggers().contains(view.event().getKind())
            || (rule.triggers().contains(EventKind.LEAD_STAGE_CHANGED) && view.move().entered()));
  }

  /**
   * The vendor's own stage hook is only one of those that can show a move, and may not be the
   * first.
   */
  private static boolean shown(SubjectView view) {
    return view.event().getKind() != EventKind.LEAD_STAGE_CHANGED || view.move().entered();
  }

  private static RuleVerdict notShown(RuleVersion member, SubjectView view, String decisionId) {
    boolean stale = view.move().status() == StageMove.Status.STALE;
    return held(
        member,
        decisionId,
        stale ? VerdictOutcome.STALE : VerdictOutcome.NOT_MATCHED,
        TRIGGER,
        "the lead enters a stage",
        (stale ? "older than the move to stage " : "already in stage ") + view.after().stageId());
  }

  private static RuleVerdict notMatched(
      RuleVersion member, Condition when, SubjectView view, String decisionId) {
    Condition failing = when.firstFailing(view);
    boolean stale = failing.test(view) == Truth.STALE;
    return held(
        member,
        decisionId,
        stale ? VerdictOutcome.STALE : VerdictOutcome.NOT_MATCHED,
        failing.pointer(),
        failing.expected(),
        failing.actual(view));
  }

  private static RuleVerdict fired(
      RuleVersion member,
      SubjectView view,
      Clocks clocks,
      String decisionId,
      List<ActionRequested> actions) {
    Rule rule = member.rule();
    ActionTemplate.Cause cause =
        new ActionTemplate.Cause(
            decisionId, rule.id(), member.version(), clocks.dueAt(), clocks.firedAt());
    List<ActionRequested> requested = new ArrayList<>(rule.actions().size());
    List<String> ids = new ArrayList<>(rule.actions().size());
    for (ActionTemplate action : rule.actions()) {
      try {
        ActionRequested request = action.request(view, cause);
        requested.add(request);
        ids.add(request.getId());
      } catch (MissingValueException e) {
        return held(
            member,
            decisionId,
            VerdictOutcome.FAILED,
            action.pointer(),
            "a value for " + e.variable(),
            null);
      }
    }
    actions.addAll(requested);
    return new RuleVerdict(
        rule.id(), member.version(), decisionId, VerdictOutcome.FIRED, null, null, null, ids);
  }

  private static RuleVerdict held(
      RuleVersion member,
      String decisionId,
      VerdictOutcome outcome,
      String clause,
      String expected,
      String actual) {
    return new RuleVerdict(
        member.rule().id(),
        member.version(),
        decisionId,
        outcome,
        clause,
        expected,
        actual,
        List.of());
  }
}
