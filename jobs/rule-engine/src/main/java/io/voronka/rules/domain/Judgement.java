package io.voronka.rules.domain;

import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.Truth;
import io.voronka.rules.domain.limit.ActiveHours;
import io.voronka.rules.domain.limit.Limits;
import io.voronka.rules.domain.subject.Budget;
import io.voronka.rules.domain.subject.Standing.Firing;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.rules.domain.text.UnfillableTextException;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.DecisionIds;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One rule against one event or moment. What may hold a rule back is asked in this order: its mode,
 * a rule before it that stops, its conditions, the chain it is in, its active hours, its limits.
 */
final class Judgement {
  private static final String TRIGGER = "/trigger";

  private final SubjectView view;
  private final Clocks clocks;
  private final AccountSetting setting;
  private final Round round;

  /** Id of the verdict on the rule that is being judged, unless it fires; may be empty. */
  private String unfiredId = "";

  Judgement(SubjectView view, Clocks clocks, AccountSetting setting, Round round) {
    this.view = view;
    this.clocks = clocks;
    this.setting = setting;
    this.round = round;
  }

  /**
   * Adds the verdict, and what follows from it, to the round.
   *
   * @param anchorId of what the decision anchors on, as {@link DecisionIds} takes it
   * @param anchor its fingerprint
   */
  RuleVerdict judge(Candidate candidate, String anchorId, long anchor) {
    RuleVerdict verdict;
    view.begin(candidate.shape.agentId);
    // Hashing five ids, and writing them, costs more than judging five rules. Several moments may
    // share one record, which names the anchor of one of them.
    unfiredId = view.event() == null ? decisionId(candidate, anchorId) : "";
    try {
      verdict = verdict(candidate, anchorId, anchor);
    } catch (Budget.OverBudgetException e) {
      round.overBudget.add(candidate.member);
      verdict =
          held(
              candidate, VerdictOutcome.FAILED, null, "at most " + Budget.STEPS + " steps", "more");
    } catch (RuntimeException e) {
      // A rule that cannot be judged is its own author's trouble and nobody else's.
      verdict = held(candidate, VerdictOutcome.FAILED, null, null, e.toString());
    }
    if (view.budget().taken() >= Budget.NOTABLE) {
      round.took.add(new Decision.Took(candidate.member, view.budget().taken()));
    }
    round.verdicts.add(verdict);
    return verdict;
  }

  /**
   * Judges a rule one of whose waits is over, or several at once. It fires for the first of them
   * that no rule before it has stopped; the others have come to the same and do not fire later,
   * when the rule is changed.
   *
   * @param waits as {@link Moments#over} gives them
   */
  void judge(Candidate candidate, List<Moments.Over> waits) {
    Moments.Over first = first(waits);
    long anchor = first.moment().anchor();
    round.depth = first.depth();
    RuleVerdict verdict = judge(candidate, anchorId(anchor), anchor);
    boolean fired = verdict.getOutcome() == VerdictOutcome.FIRED;
    if (fired || verdict.getOutcome() == VerdictOutcome.OBSERVED) {
      for (Moments.Over other : waits) {
        if (other == first) {
          continue;
        }
        round.fired.add(Firing.together(other.moment()));
        if (fired && candidate.member.rule().stopAfterMatch()) {
          round.stop(other.moment().anchor(), candidate.member);
        }
      }
    }
  }

  private Moments.Over first(List<Moments.Over> waits) {
    Moments.Over perhaps = null;
    for (Moments.Over wait : waits) {
      long anchor = wait.moment().anchor();
      if (round.stoppedBy(anchor) == null) {
        if (round.mayBeStoppedBy(anchor).isEmpty()) {
          return wait;
        }
        perhaps = perhaps == null ? wait : perhaps;
      }
    }
    return perhaps == null ? waits.get(0) : perhaps;
  }

  /** How a moment's anchor is written. */
  static String anchorId(long anchor) {
    return HexFormat.of().toHexDigits(anchor);
  }

  /** True when the rule listens to this event at all, its account included. */
  static boolean triggered(Rule rule, SubjectView view) {
    return rule.concerns(view.subject().accountId())
        && (rule.triggers().contains(view.event().getKind())
            || (rule.triggers().contains(EventKind.LEAD_STAGE_CHANGED) && view.move().entered()));
  }

  private RuleVerdict verdict(Candidate candidate, String anchorId, long anchor) {
    if (candidate.shape.off) {
      return held(candidate, VerdictOutcome.DISABLED, "/mode", "on or observe", "off");
    }
    if (!shown()) {
      return notShown(candidate);
    }
    String stoppedBy = round.stoppedBy(anchor);
    if (stoppedBy != null) {
      return held(candidate, Limits.stoppedBy(stoppedBy));
    }
    Condition.Failing failing = candidate.failing(view);
    if (failing != null) {
      return notMatched(candidate, failing);
    }
    RuleVerdict heldBack = heldBack(candidate);
    return heldBack == null ? fired(candidate, anchorId, anchor) : heldBack;
  }

  /** Null when nothing holds the rule back. */
  private RuleVerdict heldBack(Candidate candidate) {
    Rule rule = candidate.member.rule();
    if (round.depth >= Chains.DEEPEST) {
      return held(
          candidate,
          VerdictOutcome.HELD,
          TRIGGER,
          "less than " + Chains.DEEPEST + " rules that cause each other",
          round.depth + " before this one");
    }
    ActiveHours active = rule.active().orElse(null);
    if (active != null && !active.contain(clocks.firedAt(), setting.zone())) {
      return held(
          candidate,
          VerdictOutcome.HELD,
          "/active",
          active.written(setting.zone()),
          Instant.ofEpochMilli(clocks.firedAt()).atZone(setting.zone()).toString());
    }
    if (rule.limits().perDay() > 0) {
      return null; // All its limits are judged where the whole day is seen.
    }
    Limits.Reached reached =
        rule.limits().reached(candidate.member.mark(), round.before.firings(), clocks.firedAt());
    return reached == null ? null : held(candidate, reached);
  }

  /**
   * The vendor's own stage hook is only one of those that can show a move, and may not be the
   * first.
   */
  private boolean shown() {
    return view.event() == null
        || view.event().getKind() != EventKind.LEAD_STAGE_CHANGED
        || view.move().entered();
  }

  private RuleVerdict notShown(Candidate candidate) {
    boolean stale = view.move().stale();
    return held(
        candidate,
        stale ? VerdictOutcome.STALE : VerdictOutcome.NOT_MATCHED,
        TRIGGER,
        "the lead enters a stage",
        (stale ? "older than the move to stage " : "already in stage ") + view.after().stageId());
  }

  private RuleVerdict notMatched(Candidate candidate, Condition.Failing failing) {
    boolean stale = failing.truth() == Truth.STALE;
    return held(
        candidate,
        stale ? VerdictOutcome.STALE : VerdictOutcome.NOT_MATCHED,
        failing.node().pointer(),
        failing.node().expected(),
        failing.node().actual(view));
  }

  private RuleVerdict fired(Candidate candidate, String anchorId, long anchor) {
    Rule rule = candidate.member.rule();
    String decisionId = unfiredId.isEmpty() ? decisionId(candidate, anchorId) : unfiredId;
    ActionTemplate.Cause cause =
        new ActionTemplate.Cause(
            decisionId,
            rule.id(),
            candidate.version(),
            clocks.dueAt(),
            clocks.firedAt(),
            anchor,
            round.depth + 1,
            rule.agent().orElse(null));
    List<ActionRequested> requested = new ArrayList<>(rule.actions().size());
    List<String> ids = new ArrayList<>(rule.actions().size());
    for (ActionTemplate action : rule.actions()) {
      try {
        ActionRequested request = action.request(view, cause);
        requested.add(request);
        ids.add(request.getId());
      } catch (UnfillableTextException e) {
        return held(candidate, VerdictOutcome.FAILED, action.pointer(), e.expected(), e.actual());
      }
    }
    List<String> unless = round.mayBeStoppedBy(anchor);
    if (rule.atMoments() || (rule.limits().needsPast() && unless.isEmpty())) {
      // A wait is over, whoever stops the rule then; limits count what is known to have fired.
      long at = unless.isEmpty() ? clocks.firedAt() : Firing.UNCOUNTED;
      round.fired.add(new Firing(candidate.member.mark(), anchor, at));
    }
    if (!unless.isEmpty() || round.limitedElsewhere(candidate.member)) {
      round.capped.add(new Decision.Capped(candidate.member, unless));
    }
    if (rule.mode() == Rule.Mode.OBSERVE) {
      return recorded(candidate, decisionId, VerdictOutcome.OBSERVED, List.of());
    }
    for (ActionRequested request : requested) {
      round.echoes.addAll(Chains.echoes(request, round.depth + 1, setting));
    }
    round.actions.addAll(requested);
    if (rule.stopAfterMatch()) {
      round.stop(anchor, candidate.member);
    }
    return recorded(candidate, decisionId, VerdictOutcome.FIRED, ids);
  }

  private String decisionId(Candidate candidate, String anchorId) {
    return DecisionIds.of(view.subject().key(), candidate.ruleId(), anchorId);
  }

  private static RuleVerdict recorded(
      Candidate candidate, String decisionId, VerdictOutcome outcome, List<String> actionIds) {
    return new RuleVerdict(
        candidate.ruleId(), candidate.version(), decisionId, outcome, null, null, null, actionIds);
  }

  private RuleVerdict held(Candidate candidate, Limits.Reached by) {
    return held(candidate, VerdictOutcome.HELD, by.pointer(), by.expected(), by.actual());
  }

  private RuleVerdict held(
      Candidate candidate, VerdictOutcome outcome, String clause, String expected, String actual) {
    return new RuleVerdict(
        candidate.ruleId(),
        candidate.version(),
        unfiredId,
        outcome,
        clause,
        expected,
        actual,
        List.of());
  }
}
