package io.voronka.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.Operator;
import io.voronka.rules.domain.condition.Truth;
import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.subject.Budget;
import io.voronka.rules.domain.subject.FieldRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every test against every other, over every small list of values. */
class TestImplicationTest {
  private static final List<String> TEXTS = List.of("ann", "Ann", "5", "10", "10.0", "1", "");
  private static final FieldRef STANDARD = FieldRef.standard("name");
  private static final FieldRef CUSTOM = FieldRef.customId("1", FieldRef.Part.TEXT);

  @Test
  void whatPassesOneTestPassesAllThatItImplies() {
    List<FieldTest> tests = tests();
    int claims = 0;
    for (FieldTest given : tests) {
      for (FieldTest claimed : tests) {
        for (FieldRef field : List.of(STANDARD, CUSTOM)) {
          if (TestImplication.holds(given, claimed, field)) {
            claims += given == claimed ? 0 : 1;
            assertNoCounterexample(given, claimed, values(field));
          }
        }
      }
    }
    assertThat(claims).isGreaterThan(400);
  }

  private static void assertNoCounterexample(
      FieldTest given, FieldTest claimed, List<List<String>> values) {
    for (List<String> now : values) {
      if (!given.operator().aboutChange()) {
        boolean wrong =
            given.test(now, new Budget()) == Truth.TRUE
                && claimed.test(now, new Budget()) != Truth.TRUE;
        assertThat(wrong).as("%s => %s: %s", given, claimed, now).isFalse();
        continue;
      }
      List<List<String>> befores = new ArrayList<>(values);
      befores.add(null);
      for (List<String> before : befores) {
        boolean wrong =
            given.testChange(before, now, new Budget()) == Truth.TRUE
                && claimed.testChange(before, now, new Budget()) != Truth.TRUE;
        assertThat(wrong).as("%s => %s: %s, %s", given, claimed, before, now).isFalse();
      }
    }
  }

  /** A standard field has one value, a custom field any number. */
  private static List<List<String>> values(FieldRef field) {
    List<List<String>> values = new ArrayList<>();
    TEXTS.forEach(text -> values.add(List.of(text)));
    if (field.naming() != FieldRef.Naming.STANDARD) {
      values.add(List.of());
      TEXTS.forEach(one -> TEXTS.forEach(other -> values.add(List.of(one, other))));
    }
    return values;
  }

  private static List<FieldTest> tests() {
    List<FieldTest> tests = new ArrayList<>();
    for (ValueType type : ValueType.values()) {
      List<Object> operands = new ArrayList<>();
      TEXTS.stream().<Object>map(type::parse).distinct().forEach(operands::add);
      operands.removeIf(java.util.Objects::isNull);
      for (Operator operator : Operator.values()) {
        add(operator, type, operands, tests);
      }
    }
    return tests;
  }

  private static void add(
      Operator operator, ValueType type, List<Object> operands, List<FieldTest> tests) {
    boolean ordered = type == ValueType.NUMBER || type == ValueType.DATE;
    boolean text = type == ValueType.TEXT || type == ValueType.TEXT_IGNORE_CASE;
    switch (operator.operand()) {
      case NONE -> tests.add(FieldTest.of(operator, type, List.of()));
      case ONE -> operands.forEach(o -> tests.add(FieldTest.of(operator, type, List.of(o))));
      case TEXT -> {
        if (text) {
          operands.forEach(o -> tests.add(FieldTest.of(operator, type, List.of(o))));
        }
      }
      case ORDERED -> {
        if (ordered) {
          operands.forEach(o -> tests.add(FieldTest.of(operator, type, List.of(o))));
        }
      }
      case RANGE -> {
        if (ordered) {
          pairs(operands).stream()
              .filter(pair -> atMost(pair.get(0), pair.get(1)))
              .forEach(pair -> tests.add(FieldTest.of(operator, type, pair)));
        }
      }
      case SEVERAL ->
          pairs(operands).forEach(pair -> tests.add(FieldTest.of(operator, type, pair)));
      case PATTERN -> {}
    }
  }

  private static List<List<Object>> pairs(List<Object> operands) {
    List<List<Object>> pairs = new ArrayList<>();
    operands.forEach(one -> operands.forEach(other -> pairs.add(List.of(one, other))));
    return pairs;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static boolean atMost(Object least, Object greatest) {
    return ((Comparable) least).compareTo(greatest) <= 0;
  }
}
