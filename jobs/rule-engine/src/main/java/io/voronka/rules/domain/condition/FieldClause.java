package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectView;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A {@link FieldCondition} of the usual kinds: whole numbers, letters that a text is or begins
 * with, and lists of them. It says and takes exactly what the condition does.
 */
final class FieldClause implements Clause {
  private final String pointer;
  private final FieldRef field;
  private final Operator operator;
  private final ValueType type;
  private final boolean negated;

  /** How many operands there are. */
  private final int operands;

  /** Any of them is meant, as with {@link #words}; both null: among the own values. */
  private final long[] numbers;

  private final Set<Object> words;

  /** Null when it is among the own values, too. */
  private final String expected;

  private FieldClause(FieldCondition condition, long[] numbers, Set<Object> words) {
    this.pointer = condition.pointer();
    this.field = condition.field();
    this.operator = condition.test().operator();
    this.type = condition.test().type();
    this.negated = operator == Operator.NOT_EQUALS || operator == Operator.NOT_IN;
    this.operands = condition.test().operands().size();
    this.numbers = numbers;
    this.words = words;
    this.expected = numbers == null && words == null ? null : condition.expected();
  }

  /** Null when the condition is of another kind. */
  static FieldClause of(FieldCondition condition) {
    FieldTest test = condition.test();
    boolean kept =
        switch (test.operator()) {
          case IN, NOT_IN, EQUALS, NOT_EQUALS -> whole(test) || letters(test);
          case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, BETWEEN -> whole(test);
          case STARTS_WITH -> letters(test);
          default -> false;
        };
    if (!kept) {
      return null;
    }
    // A list is mostly the same for many rules.
    boolean listed = test.operator() == Operator.IN || test.operator() == Operator.NOT_IN;
    boolean number = test.type() == ValueType.NUMBER;
    return new FieldClause(
        condition,
        listed && number ? numbers(test) : null,
        listed && !number ? new HashSet<>(test.operands()) : null);
  }

  /** Equal for conditions that differ in their own values only. */
  Object kind(FieldCondition condition) {
    return expected == null ? List.of(pointer, field, operator, type) : condition;
  }

  @Override
  public void write(Condition condition, OwnValues own) {
    if (expected != null) {
      return;
    }
    FieldCondition of = (FieldCondition) condition;
    if (type == ValueType.NUMBER) {
      for (long number : numbers(of.test())) {
        own.number(number);
      }
    } else {
      own.letters((String) of.test().operands().get(0));
    }
    own.text(of.expected());
  }

  @Override
  public int behind(byte[] own, int at) {
    return expected == null ? OwnValues.behindText(own, behindOperands(own, at)) : at;
  }

  @Override
  public Condition.Failing failing(SubjectView view, byte[] own, int at) {
    Truth truth = test(view, own, at);
    return truth == Truth.TRUE ? null : new Condition.Failing(new Own(own, at), truth);
  }

  private Truth test(SubjectView view, byte[] own, int at) {
    String only = view.only(field);
    if (only != null) {
      view.budget().take(1 + steps(only, own, at));
      return Truth.of(holds(only, own, at) != negated);
    }
    List<String> texts = view.texts(field);
    if (texts == null) {
      view.budget().take(1);
      return Truth.UNKNOWN;
    }
    long steps = 1;
    for (int i = 0; i < texts.size(); i++) {
      steps += steps(texts.get(i), own, at);
    }
    view.budget().take(steps);
    for (int i = 0; i < texts.size(); i++) {
      if (holds(texts.get(i), own, at)) {
        return Truth.of(!negated);
      }
    }
    return Truth.of(negated);
  }

  private long steps(String text, byte[] own, int at) {
    boolean sought = operator == Operator.STARTS_WITH;
    return FieldTest.steps(type, text.length(), operands, sought ? OwnValues.letters(own, at) : 0);
  }

  private boolean holds(String text, byte[] own, int at) {
    return type == ValueType.NUMBER ? number(text, own, at) : letters(text, own, at);
  }

  private boolean letters(String text, byte[] own, int at) {
    String folded = type.folded(text);
    if (words != null) {
      return words.contains(folded);
    }
    return OwnValues.begin(own, at, folded)
        && (operator == Operator.STARTS_WITH || folded.length() == OwnValues.letters(own, at));
  }

  private boolean number(String text, byte[] own, int at) {
    if (numbers == null) {
      return ordered(ValueType.compareNumber(text, OwnValues.number(own, at)), text, own, at);
    }
    long digits = ValueType.digits(text);
    if (digits < 0) {
      // What is not written as plain digits may still be equal.
      BigDecimal value = ValueType.decimal(text);
      if (value == null || !fits(value)) {
        return false;
      }
      digits = value.longValueExact();
    }
    for (long number : numbers) {
      if (number == digits) {
        return true;
      }
    }
    return false;
  }

  private boolean ordered(int compared, String text, byte[] own, int at) {
    return compared != ValueType.INCOMPARABLE
        && operator.accepts(compared)
        && (operator != Operator.BETWEEN
            || ValueType.compareNumber(text, OwnValues.number(own, OwnValues.behindNumber(at)))
                <= 0);
  }

  private int behindOperands(byte[] own, int at) {
    if (type != ValueType.NUMBER) {
      return OwnValues.behindLetters(own, at);
    }
    int second = OwnValues.behindNumber(at);
    return operator == Operator.BETWEEN ? OwnValues.behindNumber(second) : second;
  }

  private static boolean letters(FieldTest test) {
    return (test.type() == ValueType.TEXT || test.type() == ValueType.TEXT_IGNORE_CASE)
        && test.operands().size() == wanted(test)
        && !test.meansNone();
  }

  private static boolean whole(FieldTest test) {
    return test.type() == ValueType.NUMBER
        && test.operands().size() == wanted(test)
        && test.operands().stream().allMatch(operand -> fits((BigDecimal) operand));
  }

  private static int wanted(FieldTest test) {
    return switch (test.operator()) {
      case IN, NOT_IN -> test.operands().size();
      case BETWEEN -> 2;
      default -> 1;
    };
  }

  private static boolean fits(BigDecimal number) {
    return number.signum() == 0
        || (number.precision() - (long) number.scale() <= ValueType.LONG_DIGITS
            && number.stripTrailingZeros().scale() <= 0);
  }

  private static long[] numbers(FieldTest test) {
    return test.operands().stream().mapToLong(one -> ((BigDecimal) one).longValueExact()).toArray();
  }

  /** What a reader is told. */
  private final class Own implements Explained {
    private final byte[] own;
    private final int at;

    Own(byte[] own, int at) {
      this.own = own;
      this.at = at;
    }

    @Override
    public String pointer() {
      return pointer;
    }

    @Override
    public String expected() {
      return expected == null ? OwnValues.text(own, behindOperands(own, at)) : expected;
    }

    @Override
    public String actual(SubjectView view) {
      return FieldCondition.actual(field, view);
    }
  }
}
