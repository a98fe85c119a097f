package io.voronka.rules.trial;

import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.RuleSet;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleVerdict;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

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
      decisions.addAll(step.event().map(trial::event).orElseGet(() -> trial.until(step.at())));
      List<Played.Judged> judged = decisions.stream().flatMap(d -> judged(d).stream()).toList();
      EventKind kind = step.event().map(event -> event.getKind()).orElse(null);
      List<Played.Difference> differences =
          step.expected()
              .map(expected -> new Comparison(step.pointer(), judged).with(expected))
              .orElse(List.of());
      steps.add(new Played.Step(step.pointer(), step.at(), kind, judged, differences));
    }
    return new Played(example, steps);
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
      judged.add(
          new Played.Judged(
              verdict.getRuleId(),
              verdict.getOutcome(),
              at,
              verdict.getClause(),
              verdict.getExpected(),
              verdict.getActual(),
              actions));
    }
    return judged;
  }

  private static boolean of(RuleVerdict verdict, ActionRequested action) {
    return action.getDecisionId().equals(verdict.getDecisionId());
  }
}
