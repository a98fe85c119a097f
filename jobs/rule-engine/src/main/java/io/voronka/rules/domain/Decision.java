package io.voronka.rules.domain;

import io.voronka.rules.domain.limit.Grants;
import io.voronka.rules.domain.subject.Budget;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.RuleDecided;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that follows from one event, or from one moment that rules waited for.
 *
 * @param decided verdicts on every rule that the index could not rule out, in the order of
 *     priority; empty when it ruled out all
 * @param actions of the rules that fired, in the same order
 * @param capped those that fire only if they are granted to
 * @param overBudget those that took too many steps and should not be judged again
 * @param took those that took notably many steps; who judges often adds them up
 * @param state what is known of the subject from now on; its standing tells the next moment
 */
public record Decision(
    Optional<RuleDecided> decided,
    List<ActionRequested> actions,
    List<Capped> capped,
    List<RuleVersion> overBudget,
    List<Took> took,
    SubjectState state) {

  /**
   * A rule that fires if its limits, which are judged where the whole day is seen, let it.
   *
   * @param unless ids of rules before it that stop it if they fire themselves
   */
  public record Capped(RuleVersion member, List<String> unless) {
    public Capped {
      unless = List.copyOf(unless);
    }
  }

  /**
   * How many steps a rule took.
   *
   * @param steps at least {@link Budget#NOTABLE}
   */
  public record Took(RuleVersion member, int steps) {}

  /**
   * What the capped rules ask for, by the id of the rule.
   *
   * @param zone the tenant's, whose day it is
   */
  public Map<String, Grants.Asked> grantsAsked(ZoneId zone) {
    Map<String, Grants.Asked> asked = new HashMap<>();
    for (Capped one : capped) {
      long day = Grants.day(decided.orElseThrow().getFiredAt(), zone);
      Rule rule = one.member().rule();
      asked.put(rule.id(), new Grants.Asked(rule.limits(), day, one.unless()));
    }
    return asked;
  }
}
