package io.voronka.rules.check;

import io.voronka.rules.domain.condition.AllOf;
import io.voronka.rules.domain.condition.AnyOf;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.Not;
import io.voronka.rules.domain.condition.StageChanged;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.subject.FieldRef;
import java.util.Collection;
import java.util.List;

/**
 * Whether one condition must hold whenever another does, of one and the same event. A no means that
 * this could not be shown. Conditions are three-valued, so a negation is only followed where the
 * member is known not to hold.
 */
final class Implication {
  private final Effort effort;

  /**
   * @param effort once it is spent, nothing can be shown any more
   */
  Implication(Effort effort) {
    this.effort = effort;
  }

  boolean holds(Condition given, Condition claimed) {
    return holds(given, true, claimed, true);
  }

  /** Whether the claimed one has its truth, true or false, whenever the given one has its own. */
  private boolean holds(
      Condition given, boolean givenTrue, Condition claimed, boolean claimedTrue) {
    if (!effort.take(1)) {
      return false;
    }
    if (claimed instanceof Not not) {
      return holds(given, givenTrue, not.member(), !claimedTrue);
    }
    if (given instanceof Not not) {
      return holds(not.member(), !givenTrue, claimed, claimedTrue);
    }
    if (isGroup(claimed)
        && (everyMember(claimed, claimedTrue)
            ? all(members(claimed), member -> holds(given, givenTrue, member, claimedTrue))
            : any(members(claimed), member -> holds(given, givenTrue, member, claimedTrue)))) {
      return true;
    }
    if (isGroup(given)) {
      return everyMember(given, givenTrue)
          ? any(members(given), member -> holds(member, givenTrue, claimed, claimedTrue))
          : all(members(given), member -> holds(member, givenTrue, claimed, claimedTrue));
    }
    if (isGroup(claimed) || givenTrue != claimedTrue) {
      return false;
    }
    return givenTrue ? leaf(given, claimed) : falseLeaf(given, claimed);
  }

  private static boolean isGroup(Condition condition) {
    return condition instanceof AllOf || condition instanceof AnyOf;
  }

  /** True when the group has its truth only if each member has it. */
  private static boolean everyMember(Condition group, boolean truth) {
    return group instanceof AllOf == truth;
  }

  private static List<Condition> members(Condition group) {
    return group instanceof AllOf all ? all.members() : ((AnyOf) group).members();
  }

  private interface Holding {
    boolean of(Condition member);
  }

  private static boolean all(List<Condition> members, Holding holding) {
    return members.stream().allMatch(holding::of);
  }

  private static boolean any(List<Condition> members, Holding holding) {
    return members.stream().anyMatch(holding::of);
  }

  private static boolean leaf(Condition given, Condition claimed) {
    if (given instanceof FieldCondition a && claimed instanceof FieldCondition b) {
      return a.field().equals(b.field()) && TestImplication.holds(a.test(), b.test(), a.field());
    }
    if (given instanceof StageChanged a && claimed instanceof StageChanged b) {
      return narrower(a.from(), b.from())
          && narrower(a.to(), b.to())
          && narrower(a.pipelines(), b.pipelines());
    }
    if (given instanceof StageChanged move && claimed instanceof FieldCondition field) {
      return field.field().equals(FieldRef.STAGE)
          && !move.to().isEmpty()
          && move.to().stream().allMatch(id -> TestImplication.satisfies(id, field.test()));
    }
    if (given instanceof EventTriggered a && claimed instanceof EventTriggered b) {
      return a.often() == null ? b.often() == null && event(a, b) : often(a, b);
    }
    return given instanceof TimeElapsed a
        && claimed instanceof TimeElapsed b
        && a.since().equals(b.since())
        && a.afterMillis() >= b.afterMillis()
        && a.unless().containsAll(b.unless());
  }

  /** One known not to hold makes the other known not to hold. */
  private static boolean falseLeaf(Condition given, Condition claimed) {
    if (given instanceof FieldCondition a && claimed instanceof FieldCondition b) {
      return !a.test().operator().aboutChange()
          && !b.test().operator().aboutChange()
          && a.field().equals(b.field())
          && TestImplication.holds(b.test(), a.test(), a.field());
    }
    return false;
  }

  /** No ids stand for all. */
  private static boolean narrower(Collection<String> ids, Collection<String> than) {
    return than.isEmpty() || (!ids.isEmpty() && than.containsAll(ids));
  }

  private static boolean event(EventTriggered given, EventTriggered claimed) {
    return claimed.kinds().containsAll(given.kinds())
        && claimed.filters().stream()
            .allMatch(
                wanted ->
                    given.filters().stream()
                        .anyMatch(
                            filter ->
                                filter.field().equals(wanted.field())
                                    && TestImplication.holds(
                                        filter.test(), wanted.test(), filter.field())));
  }

  private static boolean often(EventTriggered given, EventTriggered claimed) {
    return claimed.often() != null
        && given.often().counter() == claimed.often().counter()
        && given.often().times() >= claimed.often().times()
        && given.often().withinMillis() <= claimed.often().withinMillis();
  }
}
