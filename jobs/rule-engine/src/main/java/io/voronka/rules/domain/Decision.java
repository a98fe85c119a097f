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
 * @param capped those that fired and still need a grant under a limit over all subjects
 * @param overBudget those that took too many steps and should not be judged again
 * @param took those that took notably many steps; who judges often adds them up
 * @param state what is known of the subject from now on; its standing tells the next moment
 */
public record Decision(
    Optional<RuleDecided> decided,
    List<ActionRequested> actions,
    List<RuleVersion> capped,
    List<RuleVersion> overBudget,
    List<Took> took,
    SubjectState state) {

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
    for (RuleVersion member : capped) {
      long day = Grants.day(decided.orElseThrow().getFiredAt(), zone);
      asked.put(member.rule().id(), new Grants.Asked(member.rule().limits(), day));
    }
    return asked;
  }
}
