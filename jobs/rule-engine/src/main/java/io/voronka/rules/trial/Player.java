package io.voronka.rules.trial;

import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.SingleRule;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes through the steps of an example. */
final class Player {
  private final Example example;
  private final RuleSet rules;
  private final ZoneId zone;

  Player(Example example, RuleSet rules) {
    this.example = example;
    this.rules = rules;
    this.zone = example.setting().zone();
  }

  Played play() {
    Trial trial =
        new Trial(rules, example.subject(), example.before(), example.start(), example.setting());
    List<Played.Step> steps = new ArrayList<>();
    for (Example.Step step : example.steps()) {
      List<Decision> decisions = new ArrayList<>(trial.until(step.at() - 1));
      SubjectState before = trial.state();
      decisions.addAll(step.event().map(trial::event).orElseGet(() -> trial.until(step.at())));
      List<Played.Judged> judged = decisions.stream().flatMap(d -> judged(d).stream()).toList();
      EventKind kind = step.event().map(event -> event.getKind()).orElse(null);
      List<Played.Difference> differences =
          step.expected()
              .map(
                  expected ->
                      new Comparison(step.pointer(), judged, rule -> alone(rule, step, before))
                          .with(expected))
              .orElse(List.of());
      steps.add(new Played.Step(step.pointer(), step.at(), kind, judged, differences));
    }
    return new Played(example, steps);
  }

  /**
   * Why a rule does not match that the set had no verdict on: the index had ruled it out, or its
   * moment has not come.
   */
  private Optional<Played.Judged> alone(String ruleId, Example.Step step, SubjectState before) {
    return rules.rules().stream()
        .filter(member -> member.rule().id().equals(ruleId))
        .findFirst()
        .flatMap(member -> alone(member, step, before))
        .filter(verdict -> verdict.getOutcome() == VerdictOutcome.NOT_MATCHED)
        .map(verdict -> judged(verdict, step.at(), List.of()));
  }

  private Optional<RuleVerdict> alone(RuleVersion member, Example.Step step, SubjectState before) {
    Clocks clocks = Clocks.at(step.at());
    Optional<RuleVerdict> onEvent =
        step.event().flatMap(e -> SingleRule.onEvent(member, before, e, clocks, example.setting()));
    return onEvent.isPresent() || !member.rule().atMoments()
        ? onEvent
        : Optional.of(
            SingleRule.atMoment(member, before, example.subject(), clocks, example.setting()));
  }

  private List<Played.Judged> judged(Decision decision) {
    List<Played.Judged> judged = new ArrayList<>();
    long at = decision.decided().orElseThrow().getFiredAt();
    for (RuleVerdict verdict : decision.decided().orElseThrow().getVerdicts()) {
      List<RequestedAction> actions =
          decision.actions().stream()
              .filter(action -> of(verdict, action))
              .map(action -> RequestedAction.of(action, zone))
              .toList();
      judged.add(judged(verdict, at, actions));
    }
    return judged;
  }

  private static Played.Judged judged(RuleVerdict verdict, long at, List<RequestedAction> actions) {
    return new Played.Judged(
        verdict.getRuleId(),
        verdict.getOutcome(),
        at,
        verdict.getClause(),
        verdict.getExpected(),
        verdict.getActual(),
        actions);
  }

  private static boolean of(RuleVerdict verdict, ActionRequested action) {
    return action.getDecisionId().equals(verdict.getDecisionId());
  }
}
