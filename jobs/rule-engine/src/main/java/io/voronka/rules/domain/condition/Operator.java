package io.voronka.rules.domain.condition;

import java.util.Locale;

/** What a field is asked for. */
public enum Operator {
  EQUALS(Operand.ONE),
  NOT_EQUALS(Operand.ONE),
  CONTAINS(Operand.TEXT),
  NOT_CONTAINS(Operand.TEXT),
  STARTS_WITH(Operand.TEXT),
  ENDS_WITH(Operand.TEXT),
  GREATER(Operand.ORDERED),
  GREATER_OR_EQUAL(Operand.ORDERED),
  LESS(Operand.ORDERED),
  LESS_OR_EQUAL(Operand.ORDERED),
  BETWEEN(Operand.RANGE),
  IN(Operand.SEVERAL),
  NOT_IN(Operand.SEVERAL),
  EMPTY(Operand.NONE),
  NOT_EMPTY(Operand.NONE),
  CHANGED(Operand.NONE),
  CHANGED_TO(Operand.ONE),
  CHANGED_FROM(Operand.ONE),
  /** A regular expression that is found somewhere in the text, in time linear to its length. */
  MATCHES(Operand.PATTERN);

  /** What an operator compares with. */
  public enum Operand {
    NONE,
    /** One value of any type. */
    ONE,
    /** One text. */
    TEXT,
    /** One number or moment. */
    ORDERED,
    /** Two numbers or moments, both included. */
    RANGE,
    /** A list of values of one type. */
    SEVERAL,
    /** A regular expression. */
    PATTERN
  }

  private final Operand operand;

  Operator(Operand operand) {
    this.operand = operand;
  }

  public Operand operand() {
    return operand;
  }

  /**
   * Whether an order satisfies it: that of a value beside the operand, of a range beside the lower
   * one.
   *
   * @param compared below zero when the value is less
   */
  boolean accepts(int compared) {
    return switch (this) {
      case GREATER -> compared > 0;
      case GREATER_OR_EQUAL, BETWEEN -> compared >= 0;
      case LESS -> compared < 0;
      case LESS_OR_EQUAL -> compared <= 0;
      default -> compared == 0;
    };
  }

  /** True when it looks at what the event changed, not at what is. */
  public boolean aboutChange() {
    return this == CHANGED || this == CHANGED_TO || this == CHANGED_FROM;
  }

  /** As written in a definition. */
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }
}
