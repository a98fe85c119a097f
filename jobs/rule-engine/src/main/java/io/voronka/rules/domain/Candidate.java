package io.voronka.rules.domain;

import io.voronka.rules.domain.condition.AllOf;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.Equality;
import io.voronka.rules.domain.subject.StageMove;
import io.voronka.rules.domain.subject.SubjectView;
import java.util.Arrays;
import java.util.List;

/**
 * A rule as the index finds it: all that is read of one that does not fire, in few places. What
 * thousands of rules take does not stay in the processor's caches, and each place is waited for.
 */
final class Candidate {
  /** Place in the order of priority. */
  final int rank;

  final String ruleId;
  final long version;
  final boolean off;

  /** Null: nobody's in particular. */
  final String agentId;

  final RuleVersion member;

  /** True when the conditions are the members of one group that wants all of them. */
  private final boolean group;

  private final Condition[] conditions;

  /** Those that the index has not answered already when it finds the rule. */
  private final Condition[] open;

  private Candidate(int rank, RuleVersion member, List<Equality> foundBy) {
    Rule rule = member.rule();
    Condition when = rule.when().orElse(null);
    this.rank = rank;
    this.ruleId = rule.id();
    this.version = member.version();
    this.off = rule.mode() == Rule.Mode.OFF;
    this.agentId = rule.agent().orElse(null);
    this.member = member;
    this.group = when instanceof AllOf;
    if (when == null) {
      this.conditions = new Condition[0];
    } else {
      this.conditions = group ? when.members().toArray(Condition[]::new) : new Condition[] {when};
    }
    this.open =
        Arrays.stream(conditions)
            .filter(one -> foundBy.isEmpty() || !foundBy.stream().allMatch(one::follows))
            .toArray(Condition[]::new);
  }

  /** A rule that nothing is known of yet. */
  static Candidate of(int rank, RuleVersion member) {
    return new Candidate(rank, member, List.of());
  }

  /**
   * @param foundBy equalities of which one holds whenever the rule is asked, unless the event is
   *     stale; none: nothing is known
   */
  static Candidate foundBy(List<Equality> foundBy, int rank, RuleVersion member) {
    return new Candidate(rank, member, foundBy);
  }

  /** What {@link Condition#failing} says of the rule's condition; null when there is none. */
  Condition.Failing failing(SubjectView view) {
    if (group) {
      view.budget().take(1);
    }
    // A stale event is found by the stage that it tells of, which is not the one that is known.
    boolean stale = view.move().status() == StageMove.Status.STALE;
    for (Condition condition : stale ? conditions : open) {
      Condition.Failing failing = condition.failing(view);
      if (failing != null) {
        return failing;
      }
    }
    return null;
  }
}
