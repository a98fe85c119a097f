package io.voronka.rules.domain.text;

import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.subject.SubjectView;
import java.util.List;

/**
 * What {@code if}, {@code unless} and {@code case} ask. Of several values any one may match; {@code
 * !=} wants none to. Asking whether there is a value is always answered, comparing one that is not
 * there is not: unknown is not a guess.
 */
sealed interface Check {

  /**
   * @throws UnfillableTextException when a value to compare is missing or does not fit
   */
  boolean holds(SubjectView view);

  /** The last arm. */
  record Always() implements Check {
    @Override
    public boolean holds(SubjectView view) {
      return true;
    }
  }

  /** {@code if lead.name}, {@code lead.name != blank}. */
  record HasValue(Term term) implements Check {
    @Override
    public boolean holds(SubjectView view) {
      view.budget().take(1);
      List<String> values = term.values(view);
      return values != null && !(term instanceof Term.Constant constant && constant.isFalse());
    }
  }

  record Not(Check check) implements Check {
    @Override
    public boolean holds(SubjectView view) {
      return !check.holds(view);
    }
  }

  record And(Check left, Check right) implements Check {
    @Override
    public boolean holds(SubjectView view) {
      return left.holds(view) && right.holds(view);
    }
  }

  record Or(Check left, Check right) implements Check {
    @Override
    public boolean holds(SubjectView view) {
      return left.holds(view) || right.holds(view);
    }
  }

  /** Compared as the constant is written: a number, a flag or a text. */
  record Equal(Term left, Term right, ValueType type) implements Check {
    @Override
    public boolean holds(SubjectView view) {
      for (String one : Term.known(left, view)) {
        for (String other : Term.known(right, view)) {
          view.budget().take(Filter.steps(Math.min(one.length(), other.length())));
          Comparable<?> value = type.parse(one);
          if (value != null && value.equals(type.parse(other))) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /** Compares numbers. */
  record Ordered(Term left, Order order, Term right) implements Check {
    enum Order {
      LESS,
      LESS_OR_EQUAL,
      GREATER,
      GREATER_OR_EQUAL;

      boolean holds(int comparison) {
        return switch (this) {
          case LESS -> comparison < 0;
          case LESS_OR_EQUAL -> comparison <= 0;
          case GREATER -> comparison > 0;
          case GREATER_OR_EQUAL -> comparison >= 0;
        };
      }
    }

    @Override
    public boolean holds(SubjectView view) {
      for (String one : Term.known(left, view)) {
        for (String other : Term.known(right, view)) {
          view.budget().take(1);
          int comparison =
              Decimals.parse(left.name(), one).compareTo(Decimals.parse(right.name(), other));
          if (order.holds(comparison)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /** One text is part of the other. */
  record Contains(Term whole, Term part) implements Check {
    @Override
    public boolean holds(SubjectView view) {
      for (String one : Term.known(whole, view)) {
        for (String other : Term.known(part, view)) {
          // At worst each letter of the one is compared with each of the other, many at a time.
          view.budget().take(Filter.steps(one.length() + (long) one.length() * other.length() / 8));
          if (one.contains(other)) {
            return true;
          }
        }
      }
      return false;
    }
  }
}
