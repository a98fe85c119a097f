package io.voronka.rules.domain;

import io.voronka.rules.domain.condition.AllOf;
import io.voronka.rules.domain.condition.Clause;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.Equality;
import io.voronka.rules.domain.condition.OwnValues;
import io.voronka.rules.domain.subject.SubjectView;
import java.util.List;

/**
 * A rule as the index finds it: all that is read of one that does not fire, in few places. What
 * thousands of rules take does not stay in the processor's caches, and each place is waited for.
 */
final class Candidate {
  /** Place in the order of priority. */
  final int rank;

  final RuleVersion member;
  final Shape shape;

  /** The version, what its open clauses have for themselves, and the rule's id. */
  private final byte[] own;

  private final int idAt;

  private Candidate(int rank, RuleVersion member, List<Equality> foundBy, Shape.Making shapes) {
    Condition when = member.rule().when().orElse(null);
    boolean group = when instanceof AllOf;
    List<Condition> conditions = group ? when.members() : member.rule().when().stream().toList();
    List<Condition> open =
        conditions.stream()
            .filter(one -> foundBy.isEmpty() || !foundBy.stream().allMatch(one::follows))
            .toList();
    this.rank = rank;
    this.member = member;
    this.shape = shapes.of(member.rule(), group, open);
    OwnValues values = new OwnValues().number(member.version());
    for (int i = 0; i < open.size(); i++) {
      shape.open[i].write(open.get(i), values);
    }
    this.idAt = values.size();
    this.own = values.text(member.rule().id()).toBytes();
  }

  /** A rule that nothing is known of yet. */
  static Candidate of(int rank, RuleVersion member) {
    return of(rank, member, new Shape.Making());
  }

  /**
   * A rule that nothing is known of yet.
   *
   * @param shapes of the set's other rules
   */
  static Candidate of(int rank, RuleVersion member, Shape.Making shapes) {
    return new Candidate(rank, member, List.of(), shapes);
  }

  /**
   * @param foundBy equalities of which one holds whenever the rule is asked, unless the event is
   *     late; none: nothing is known
   * @param shapes of the set's other rules
   */
  static Candidate foundBy(
      List<Equality> foundBy, int rank, RuleVersion member, Shape.Making shapes) {
    return new Candidate(rank, member, foundBy, shapes);
  }

  String ruleId() {
    return OwnValues.text(own, idAt);
  }

  long version() {
    return OwnValues.number(own, 0);
  }

  /** What {@link Condition#failing} says of the rule's condition; null when there is none. */
  Condition.Failing failing(SubjectView view) {
    if (view.late()) {
      // It may be found by what it tells of, which is not what is known.
      Condition when = member.rule().when().orElse(null);
      return when == null ? null : when.failing(view);
    }
    if (shape.group) {
      view.budget().take(1);
    }
    int at = OwnValues.behindNumber(0);
    for (Clause clause : shape.open) {
      Condition.Failing failing = clause.failing(view, own, at);
      if (failing != null) {
        return failing;
      }
      at = clause.behind(own, at);
    }
    return null;
  }
}
