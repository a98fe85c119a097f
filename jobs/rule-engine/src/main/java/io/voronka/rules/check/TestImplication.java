package io.voronka.rules.check;

import com.google.re2j.Pattern;
import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.Operator;
import io.voronka.rules.domain.condition.Truth;
import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.subject.Budget;
import io.voronka.rules.domain.subject.FieldRef;
import java.math.BigDecimal;
import java.util.List;

/** Whether whatever passes one test of a field passes another, of several values too. */
final class TestImplication {
  private TestImplication() {}

  static boolean holds(FieldTest given, FieldTest claimed, FieldRef field) {
    if (given.declared() != claimed.declared()) {
      return false; // The account's catalogue may give one of them another type.
    }
    if (same(given, claimed)) {
      return true;
    }
    if (given.operator().aboutChange() || claimed.operator().aboutChange()) {
      return given.operator().aboutChange()
          && claimed.operator() == Operator.CHANGED
          && given.type() == claimed.type();
    }
    if (given.operator() == Operator.EQUALS || given.operator() == Operator.IN) {
      boolean oneValue = field.naming() == FieldRef.Naming.STANDARD;
      return (oneValue || !negated(claimed.operator()))
          && given.operands().stream().allMatch(operand -> satisfies(operand, given, claimed));
    }
    if (given.type() != claimed.type()) {
      return false;
    }
    return switch (claimed.operator()) {
      case NOT_EQUALS, NOT_IN ->
          (given.operator() == Operator.NOT_EQUALS || given.operator() == Operator.NOT_IN)
              && given.operands().containsAll(claimed.operands());
      case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, BETWEEN ->
          ordered(given) && Range.of(claimed).contains(Range.of(given));
      default -> false;
    };
  }

  /** Whether a known text, the only value there is, passes. */
  static boolean satisfies(String text, FieldTest test) {
    return !test.operator().aboutChange() && test.test(List.of(text), new Budget()) == Truth.TRUE;
  }

  /** One way to write the value has to stand for all: so only a text, or a number among numbers. */
  private static boolean satisfies(Object operand, FieldTest given, FieldTest claimed) {
    boolean exact = given.type() == ValueType.TEXT;
    boolean number = given.type() == ValueType.NUMBER && claimed.type() == ValueType.NUMBER;
    return (exact || number)
        && satisfies(
            operand instanceof BigDecimal value ? value.toPlainString() : operand.toString(),
            claimed);
  }

  /** Operators that want no value to be so. EMPTY is one of them. */
  private static boolean negated(Operator operator) {
    return operator == Operator.NOT_EQUALS
        || operator == Operator.NOT_IN
        || operator == Operator.NOT_CONTAINS
        || operator == Operator.EMPTY;
  }

  private static boolean same(FieldTest one, FieldTest other) {
    return one.operator() == other.operator()
        && one.type() == other.type()
        && one.operands().equals(other.operands())
        && same(one.pattern(), other.pattern());
  }

  private static boolean same(Pattern one, Pattern other) {
    return one == null || other == null
        ? one == other
        : one.pattern().equals(other.pattern()) && one.flags() == other.flags();
  }

  private static boolean ordered(FieldTest test) {
    return switch (test.operator()) {
      case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, BETWEEN -> true;
      default -> false;
    };
  }

  /**
   * Numbers or moments from one to another.
   *
   * @param low null: no lower end
   * @param high null: no upper end
   */
  private record Range(Object low, boolean withLow, Object high, boolean withHigh) {

    static Range of(FieldTest test) {
      Object first = test.operands().get(0);
      return switch (test.operator()) {
        case GREATER -> new Range(first, false, null, false);
        case GREATER_OR_EQUAL -> new Range(first, true, null, false);
        case LESS -> new Range(null, false, first, false);
        case LESS_OR_EQUAL -> new Range(null, false, first, true);
        default -> new Range(first, true, test.operands().get(1), true);
      };
    }

    boolean contains(Range inner) {
      return startsBefore(inner) && endsAfter(inner);
    }

    private boolean startsBefore(Range inner) {
      if (low == null || inner.low == null) {
        return low == null;
      }
      int compared = compare(low, inner.low);
      return compared < 0 || (compared == 0 && (withLow || !inner.withLow));
    }

    private boolean endsAfter(Range inner) {
      if (high == null || inner.high == null) {
        return high == null;
      }
      int compared = compare(high, inner.high);
      return compared > 0 || (compared == 0 && (withHigh || !inner.withHigh));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(Object one, Object other) {
      return ((Comparable) one).compareTo(other);
    }
  }
}
