package io.voronka.rules.comparison;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.condition.AllOf;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One test of a rule in terms that every engine has.
 *
 * @param operands texts, or for a number whole numbers; none for NOT_EMPTY
 */
record Clause(LeadFact.Property property, Operator operator, List<Object> operands) {

  /**
   * The clauses that must all hold, equalities first: all engines index those.
   *
   * @throws IllegalArgumentException when the rule says more than the comparison can translate
   */
  static List<Clause> of(Rule rule) {
    List<Clause> clauses = new ArrayList<>();
    add(rule.when().orElseThrow(() -> new IllegalArgumentException("no conditions")), clauses);
    clauses.sort(Comparator.comparing(clause -> clause.operator() != Operator.EQUALS));
    return clauses;
  }

  String text() {
    return (String) operands.get(0);
  }

  long number() {
    return (Long) operands.get(0);
  }

  List<String> texts() {
    return operands.stream().map(String.class::cast).toList();
  }

  private static void add(Condition condition, List<Clause> clauses) {
    if (condition instanceof AllOf all) {
      all.members().forEach(member -> add(member, clauses));
    } else if (condition instanceof FieldCondition field) {
      clauses.add(of(field));
    } else {
      throw new IllegalArgumentException("the comparison cannot translate " + condition);
    }
  }

  private static Clause of(FieldCondition condition) {
    LeadFact.Property property = LeadFact.Property.of(condition.field());
    Operator operator = condition.test().operator();
    boolean known =
        switch (operator) {
          case EQUALS, NOT_EQUALS, IN, NOT_IN, STARTS_WITH, NOT_EMPTY -> !property.number();
          case GREATER_OR_EQUAL, LESS -> property.number();
          default -> false;
        };
    if (!known) {
      throw new IllegalArgumentException("the comparison cannot translate " + condition);
    }
    List<Object> operands =
        condition.test().operands().stream().map(operand -> plain(property, operand)).toList();
    return new Clause(property, operator, operands);
  }

  /** Our parser takes a text that is written as a number for one; the bean keeps ids as texts. */
  private static Object plain(LeadFact.Property property, Object operand) {
    if (operand instanceof BigDecimal number) {
      return property.number() ? number.longValueExact() : number.toPlainString();
    }
    return operand;
  }
}
