package io.voronka.rules.domain.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.CrmEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an index keeps of conditions says, and takes, exactly what they do. */
class FieldClauseTest {
  private static final FieldRef STANDARD = FieldRef.standard("price");
  private static final FieldRef UNCODED = FieldRef.standard("anything");
  private static final FieldRef CUSTOM = FieldRef.customId("100", FieldRef.Part.TEXT);

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "0.00",
          "0E+70",
          "5",
          "5.0",
          "+5",
          " 5 ",
          "005",
          "5.000001",
          "4.999999",
          "-5",
          "10",
          "1E+1",
          "1e1",
          "999999999999999999",
          "9999999999999999999",
          "1E+17",
          "1E+400",
          "1E-400",
          "",
          " ",
          "x",
          "5x",
          "٥",
          "0x5");
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "A",
          "ab",
          "AB",
          "Заявка #7",
          "заявка",
          "ЗАЯВКА",
          "İ",
          "😀a",
          "😀",
          "a".repeat(200));

  @Test
  void numbersAreComparedAsTheConditionDoes() {
    List<Object> operands = new ArrayList<>();
    for (String number : NUMBERS) {
      Object operand = ValueType.NUMBER.parse(number);
      if (operand != null) {
        operands.add(operand);
      }
    }
    int own = 0;
    for (Operator operator : Operator.values()) {
      for (Object operand : operands) {
        for (Object other : operands) {
          List<Object> asked =
              switch (operator.operand()) {
                case ONE, ORDERED -> List.of(operand);
                case RANGE, SEVERAL -> List.of(operand, other);
                default -> List.of();
              };
          if (!asked.isEmpty()) {
            own += same(FieldTest.of(operator, ValueType.NUMBER, asked), NUMBERS);
          }
        }
      }
    }
    assertThat(own).as("kept in an index' own way").isGreaterThan(2_000);
  }

  @Test
  void lettersAreComparedAsTheConditionDoes() {
    int own = 0;
    for (ValueType type : List.of(ValueType.TEXT, ValueType.TEXT_IGNORE_CASE)) {
      for (Operator operator : Operator.values()) {
        for (String text : TEXTS) {
          List<Object> asked =
              switch (operator.operand()) {
                case ONE, TEXT -> List.of(type.parse(text));
                case SEVERAL -> List.of(type.parse(text), "ab");
                default -> List.of();
              };
          if (!asked.isEmpty()) {
            own += same(FieldTest.of(operator, type, asked), TEXTS);
          }
        }
      }
    }
    assertThat(own).as("kept in an index' own way").isGreaterThan(60);
  }

  @Test
  void conditionsThatDifferInTheirOwnValuesShareAClause() {
    Clauses clauses = new Clauses();
    Clause five = clauses.of(price(5));

    assertThat(clauses.of(price(6))).isSameAs(five);
    assertThat(clauses.of(FieldCondition.of("/when/all/1", STANDARD, greater(5))))
        .isNotSameAs(five);
    assertThat(clauses.of(FieldCondition.of("/when", UNCODED, greater(5)))).isNotSameAs(five);
  }

  /** How many of the conditions have values of their own in an index. */
  private static int same(FieldTest test, List<String> texts) {
    int own = 0;
    for (FieldRef field : List.of(STANDARD, UNCODED, CUSTOM)) {
      FieldCondition condition = FieldCondition.of("/when/all/3", field, test);
      Clause clause = new Clauses().of(condition);
      OwnValues values = new OwnValues().number(7).text("rule");
      int at = values.toBytes().length;
      clause.write(condition, values);
      byte[] bytes = values.number(8).toBytes();
      assertThat(OwnValues.number(bytes, clause.behind(bytes, at))).isEqualTo(8);
      own += clause.behind(bytes, at) > at ? 1 : 0;
      for (String text : texts) {
        same(condition, clause, bytes, at, view(field, text));
      }
      same(condition, clause, bytes, at, view(field));
      if (field == CUSTOM) {
        same(condition, clause, bytes, at, view(field, "a", "5", texts.get(0)));
      }
    }
    return own;
  }

  private static void same(
      FieldCondition condition, Clause clause, byte[] bytes, int at, SubjectView view) {
    view.budget().refill();
    Condition.Failing wanted = condition.failing(view);
    int steps = view.budget().taken();
    view.budget().refill();
    Condition.Failing found = clause.failing(view, bytes, at);

    String about = condition + " of " + view.texts(condition.field());
    assertThat(told(found, view)).as(about).isEqualTo(told(wanted, view));
    view.budget().refill();
    clause.failing(view, bytes, at);
    assertThat(view.budget().taken()).as(about).isEqualTo(steps);
  }

  private static List<Object> told(Condition.Failing failing, SubjectView view) {
    return failing == null
        ? List.of()
        : Arrays.asList(
            failing.truth(),
            failing.node().pointer(),
            failing.node().expected(),
            failing.node().actual(view));
  }

  private static SubjectView view(FieldRef field, String... texts) {
    LeadEvents event = LeadEvents.updated("e1");
    if (field.equals(CUSTOM)) {
      event = texts.length == 0 ? event : event.texts("100", texts);
    } else if (texts.length > 0) {
      event = event.field(field.name(), texts[0]);
    }
    CrmEvent built = event.build();
    return SubjectView.of(SubjectState.EMPTY, built, built.getReceivedAt());
  }

  private static FieldCondition price(long than) {
    return FieldCondition.of("/when", STANDARD, greater(than));
  }

  private static FieldTest greater(long than) {
    return FieldTest.of(Operator.GREATER, ValueType.NUMBER, List.of(BigDecimal.valueOf(than)));
  }
}
