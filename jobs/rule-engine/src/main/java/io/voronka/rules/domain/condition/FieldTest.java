package io.voronka.rules.domain.condition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.voronka.rules.domain.subject.Budget;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An operator with what it compares with. Of several values any one may satisfy it; the negated
 * operators want none to, and a change is to a value, or from it, when it came or went.
 *
 * @param operands parsed by the type; for BETWEEN the least and the greatest value, else any one of
 *     them is meant; empty where the operator needs none or has a pattern
 * @param pattern only with MATCHES
 * @param letterSteps what the pattern takes for each letter; 0 without one
 * @param expected what would satisfy it, for a reader
 * @param declared true: the author named the type; false: it follows from how the operands are
 *     written, until the field's own type is known
 * @param localDates the operands as they stand in the definition, when they are dates of which one
 *     has no offset, so that its moment depends on whose clocks are meant; else null
 * @param zone of whose clocks dates without an offset are, those of fields too
 */
public record FieldTest(
    Operator operator,
    ValueType type,
    List<Object> operands,
    Pattern pattern,
    int letterSteps,
    String expected,
    boolean declared,
    List<String> localDates,
    ZoneId zone) {

  private static final MadeOnce<Expression, Pattern> PATTERNS = new MadeOnce<>();

  private record Expression(String source, int flags) {}

  public FieldTest {
    Objects.requireNonNull(operator, "operator");
    Objects.requireNonNull(type, "type");
    operands = List.copyOf(operands);
  }

  /**
   * @param operands none for an operator that needs none
   */
  public static FieldTest of(Operator operator, ValueType type, List<Object> operands) {
    String with = operands.stream().map(type::written).collect(Collectors.joining(", "));
    return new FieldTest(
        operator, type, operands, null, 0, expected(operator, with), false, null, ZoneOffset.UTC);
  }

  /** Of dates in any form; one without an offset is of UTC's clocks until a zone is named. */
  public static FieldTest ofDates(Operator operator, List<Object> moments, List<String> written) {
    FieldTest test = of(operator, ValueType.DATE, moments);
    if (written.stream().noneMatch(ValueType::isLocalDate)) {
      return test;
    }
    String expected = expected(operator, String.join(", ", written));
    return new FieldTest(
        operator,
        ValueType.DATE,
        moments,
        null,
        0,
        expected,
        false,
        List.copyOf(written),
        ZoneOffset.UTC);
  }

  /** True for an expression that must not be compiled: see {@link #matching}. */
  public static boolean tooLarge(String expression) {
    return ExpressionPrice.tooLarge(expression);
  }

  /**
   * @param expression not {@link #tooLarge}
   * @throws PatternSyntaxException when it is no expression that runs in linear time
   */
  public static FieldTest matching(ValueType type, String expression) {
    int flags = type == ValueType.TEXT_IGNORE_CASE ? Pattern.CASE_INSENSITIVE : 0;
    Pattern pattern =
        PATTERNS.of(
            new Expression(expression, flags),
            key -> Pattern.compile(key.source(), key.flags()),
            made -> true);
    String expected = expected(Operator.MATCHES, pattern.pattern());
    int price = ExpressionPrice.stepsPerLetter(pattern);
    return new FieldTest(
        Operator.MATCHES, type, List.of(), pattern, price, expected, false, null, ZoneOffset.UTC);
  }

  /** The same with a type that the author named. */
  public FieldTest declaredType() {
    return new FieldTest(
        operator, type, operands, pattern, letterSteps, expected, true, localDates, zone);
  }

  /**
   * The same by another type.
   *
   * @param parsed by that type; of several where one is asked for, any one is meant
   * @param by of whose clocks dates are
   */
  public FieldTest as(ValueType other, List<Object> parsed, ZoneId by) {
    return new FieldTest(
        operator, other, parsed, pattern, letterSteps, expected, declared, localDates, by);
  }

  /** The same with dates of a zone's clocks, where they have no offset of their own. */
  public FieldTest in(ZoneId by) {
    if (type != ValueType.DATE || by.equals(zone)) {
      return this;
    }
    if (localDates == null) {
      return as(type, operands, by);
    }
    List<Object> moments = new ArrayList<>(localDates.size());
    for (String date : localDates) {
      moments.add(ValueType.DATE.parse(date, by));
    }
    return as(type, moments, by);
  }

  /**
   * An operand that is a date of the tenant's clocks, as those of UTC would show it.
   *
   * @return null when it is none, or a moment that is the same everywhere
   */
  public Long localDate(int place) {
    String date = localDates == null ? null : localDates.get(place);
    return date == null || !ValueType.isLocalDate(date) ? null : (Long) ValueType.DATE.parse(date);
  }

  /** An operand as it stands in the definition; flags as the CRM writes them. */
  public String written(Object operand) {
    return operand instanceof Boolean flag ? (flag ? "1" : "0") : type.written(operand);
  }

  /**
   * Tests what is.
   *
   * @param texts null when unknown, empty when known to be empty
   */
  public Truth test(List<String> texts, Budget budget) {
    budget.take(cost(texts));
    if (texts == null) {
      return Truth.UNKNOWN;
    }
    return Truth.of(
        switch (operator) {
          case EMPTY -> blank(texts);
          case NOT_EMPTY -> !blank(texts);
          case NOT_EQUALS, NOT_IN, NOT_CONTAINS -> !any(texts);
          default -> any(texts);
        });
  }

  /**
   * Tests what became of a field that the event carries.
   *
   * @param before null when unknown
   */
  public Truth testChange(List<String> before, List<String> after, Budget budget) {
    budget.take((long) cost(before) + cost(after));
    if (before == null) {
      return operator == Operator.CHANGED_TO && !any(after) ? Truth.FALSE : Truth.UNKNOWN;
    }
    if (same(before, after)) {
      return Truth.FALSE;
    }
    return switch (operator) {
      case CHANGED_TO -> Truth.of(any(after) && !any(before));
      case CHANGED_FROM -> Truth.of(any(before) && !any(after));
      default -> Truth.TRUE;
    };
  }

  /** Steps that testing takes at most. */
  private long cost(List<String> texts) {
    long steps = 1;
    for (int i = texts == null ? -1 : texts.size() - 1; i >= 0; i--) {
      int length = texts.get(i).length();
      steps +=
          pattern == null
              ? steps(type, length, operands.size(), sought())
              : 1 + operands.size() / 4 + (long) length * letterSteps;
    }
    return steps;
  }

  private int sought() {
    return operator.operand() == Operator.Operand.TEXT && operands.get(0) instanceof String text
        ? text.length()
        : 0;
  }

  /**
   * Steps that reading a text as a value takes, and comparing it with operands.
   *
   * @param length of the text
   * @param sought letters of the operand that is looked for in it; 0 when none is
   */
  static long steps(ValueType type, int length, int operands, int sought) {
    return 1 + operands / 4 + type.steps(length) + (long) length * sought / 64;
  }

  /** True when being satisfied means that one value equals one operand. */
  boolean equality() {
    return operator == Operator.EQUALS
        || operator == Operator.IN
        || operator == Operator.CHANGED_TO;
  }

  private static String expected(Operator operator, String with) {
    String words = operator.written().replace('_', ' ');
    return with.isEmpty() ? words : words + ' ' + Wording.shortened(with);
  }

  private boolean any(List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      if (holds(texts.get(i))) {
        return true;
      }
    }
    return texts.isEmpty() && meansNone();
  }

  /** A flag that was never set is off, and the empty text is what a field without a value has. */
  boolean meansNone() {
    return switch (type) {
      case BOOLEAN, TEXT, TEXT_IGNORE_CASE -> isOperand(type.parse(""));
      case NUMBER, DATE -> false;
    };
  }

  private boolean holds(String text) {
    return switch (operator) {
      case EQUALS, NOT_EQUALS, CHANGED_TO, CHANGED_FROM, IN, NOT_IN ->
          isOperand(type.parse(text, zone));
      case CONTAINS, NOT_CONTAINS -> type.folded(text).contains((String) operands.get(0));
      case STARTS_WITH -> type.folded(text).startsWith((String) operands.get(0));
      case ENDS_WITH -> type.folded(text).endsWith((String) operands.get(0));
      case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, BETWEEN -> ordered(text);
      case MATCHES -> pattern.matcher(text).find();
      case EMPTY, NOT_EMPTY, CHANGED -> false;
    };
  }

  private boolean isOperand(Object value) {
    return value != null && operands.contains(value);
  }

  private boolean ordered(String text) {
    Integer compared = type.compare(text, operands.get(0), zone);
    return compared != null
        && operator.accepts(compared)
        && (operator != Operator.BETWEEN || type.compare(text, operands.get(1), zone) <= 0);
  }

  private static boolean blank(List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      if (!texts.get(i).isBlank()) {
        return false;
      }
    }
    return true;
  }

  private boolean same(List<String> before, List<String> after) {
    if (before.equals(after) || (blank(before) && blank(after))) {
      return true;
    }
    // The vendor lists several values in any order, and leaves out a flag that is off.
    return (before.size() == after.size() || type == ValueType.BOOLEAN)
        && values(before).equals(values(after));
  }

  /** What is not of the type stands for itself. */
  private Set<Object> values(List<String> texts) {
    Set<Object> values = new HashSet<>();
    if (texts.isEmpty() && type == ValueType.BOOLEAN) {
      values.add(Boolean.FALSE);
    }
    for (String text : texts) {
      Object value = type.parse(text, zone);
      values.add(value == null ? text : value);
    }
    return values;
  }
}
