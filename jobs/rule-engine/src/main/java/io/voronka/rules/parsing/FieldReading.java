package io.voronka.rules.parsing;

import com.google.re2j.PatternSyntaxException;
import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.Operator;
import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.subject.FieldRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads the name of a field, and the operator with its operands. */
public final class FieldReading {
  private static final int LONGEST_PATTERN = 500;
  private static final String IN_EVERY_TEXT =
      "every text has an empty one in it: use empty or not_empty";

  private FieldReading() {}

  /** Null when it is not named in exactly one way. */
  public static FieldRef field(Node node) {
    long names = Stream.of("field", "field_id", "field_code").filter(node::has).count();
    if (names != 1) {
      node.problem("exactly one of field, field_id and field_code is expected");
      return null;
    }
    FieldRef.Part part = part(node);
    if (node.has("field")) {
      if (node.has("part") && part != FieldRef.Part.TEXT) {
        node.at("part").problem("only custom fields have enumerations");
      }
      String name = node.text("field");
      return name == null ? null : FieldRef.standard(name);
    }
    String id = node.text("field_id");
    String code = node.text("field_code");
    if (id != null) {
      return FieldRef.customId(id, part);
    }
    return code == null ? null : FieldRef.customCode(code, part);
  }

  /** Null when something is wrong with it. */
  static FieldTest test(Node node, boolean onlyThisEvent) {
    Operator operator = operator(node);
    if (operator == null) {
      return null;
    }
    if (onlyThisEvent && operator.aboutChange()) {
      node.at("operator").problem(operator.written() + " needs field_value: it looks at the lead");
      return null;
    }
    unexpected(node, operator.operand());
    ValueType type = type(node, operator);
    FieldTest test =
        switch (operator.operand()) {
          case NONE -> FieldTest.of(operator, type, List.of());
          case PATTERN -> pattern(node, type);
          case ONE, TEXT, ORDERED -> tested(node, operator, type, List.of(node.at("value")));
          case RANGE -> range(node, operator, type);
          case SEVERAL -> several(node, operator, type);
        };
    return test == null || !node.has("type") ? test : test.declaredType();
  }

  private static FieldTest several(Node node, Operator operator, ValueType type) {
    if (!node.has("values")) {
      node.problem(operator.written() + " needs values");
      return null;
    }
    return tested(node, operator, type, node.at("values").items());
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static FieldTest range(Node node, Operator operator, ValueType type) {
    FieldTest test = tested(node, operator, type, List.of(node.at("min"), node.at("max")));
    boolean comparable = test != null && (test.localDate(0) == null) == (test.localDate(1) == null);
    if (comparable) {
      Comparable least = (Comparable) test.operands().get(0);
      if (least.compareTo(test.operands().get(1)) > 0) {
        node.at("max").problem("max is less than min");
      }
    }
    return test;
  }

  private static FieldTest tested(
      Node node, Operator operator, ValueType type, List<Node> operandNodes) {
    if (isOrdered(operator) && type != ValueType.NUMBER && type != ValueType.DATE) {
      node.problem(operator.written() + " compares numbers or, with type: date, moments");
      return null;
    }
    boolean text = type == ValueType.TEXT || type == ValueType.TEXT_IGNORE_CASE;
    if (operator.operand() == Operator.Operand.TEXT && !text) {
      node.problem(operator.written() + " compares texts");
      return null;
    }
    List<Object> operands = new ArrayList<>();
    for (Node operand : operandNodes) {
      Object parsed = operand(operand, operator, type);
      if (parsed != null) {
        operands.add(parsed);
      }
    }
    if (operands.size() < operandNodes.size() || operands.isEmpty()) {
      return null;
    }
    return type == ValueType.DATE
        ? FieldTest.ofDates(operator, operands, texts(operandNodes))
        : FieldTest.of(operator, type, operands);
  }

  private static List<String> texts(List<Node> scalars) {
    return scalars.stream().flatMap(node -> node.scalar().stream()).toList();
  }

  private static Object operand(Node node, Operator operator, ValueType type) {
    if (node.json().isMissingNode()) {
      node.problem(operator.written() + " needs it");
      return null;
    }
    String text = node.scalar().orElse(null);
    if (text == null) {
      return null;
    }
    if (text.isEmpty() && operator.operand() == Operator.Operand.TEXT) {
      node.problem(IN_EVERY_TEXT);
      return null;
    }
    Object parsed = type.parse(text);
    if (parsed == null) {
      node.problem("not a " + type.name().toLowerCase(Locale.ROOT) + ": " + text);
    }
    return parsed;
  }

  private static FieldTest pattern(Node node, ValueType type) {
    Node value = node.at("value");
    if (!value.json().isTextual()) {
      value.problem("matches needs a regular expression");
      return null;
    }
    String text = value.json().textValue();
    if (text.length() > LONGEST_PATTERN) {
      value.problem("a regular expression of at most " + LONGEST_PATTERN + " characters");
      return null;
    }
    if (text.isEmpty()) {
      value.problem(IN_EVERY_TEXT);
      return null;
    }
    if (FieldTest.tooLarge(text)) {
      value.problem("too large a regular expression when its repetitions are written out");
      return null;
    }
    try {
      return FieldTest.matching(type, text);
    } catch (PatternSyntaxException e) {
      value.problem("not a regular expression that runs in linear time: " + e.getMessage());
      return null;
    }
  }

  private static ValueType type(Node node, Operator operator) {
    boolean ignoreCase = node.at("ignore_case").json().asBoolean(false);
    ValueType text = ignoreCase ? ValueType.TEXT_IGNORE_CASE : ValueType.TEXT;
    String named = node.text("type");
    if (named != null) {
      ValueType type =
          switch (named) {
            case "number" -> ValueType.NUMBER;
            case "boolean" -> ValueType.BOOLEAN;
            case "date" -> ValueType.DATE;
            default -> text;
          };
      if (ignoreCase && type != text) {
        node.at("ignore_case").problem("only texts have upper and lower case");
      }
      return type;
    }
    if (operator.operand() == Operator.Operand.TEXT
        || operator.operand() == Operator.Operand.PATTERN) {
      return text;
    }
    ValueType written = written(node, text);
    return isOrdered(operator) && written == ValueType.TEXT ? ordered(node) : written;
  }

  private static boolean isOrdered(Operator operator) {
    return operator.operand() == Operator.Operand.ORDERED
        || operator.operand() == Operator.Operand.RANGE;
  }

  /** In quotes: a number where it can be one, else a date where it can be one. */
  private static ValueType ordered(Node node) {
    List<String> operands =
        Stream.of("value", "min", "max")
            .filter(node::has)
            .flatMap(name -> node.at(name).scalar().stream())
            .toList();
    for (ValueType type : List.of(ValueType.NUMBER, ValueType.DATE)) {
      if (!operands.isEmpty() && operands.stream().allMatch(o -> type.parse(o) != null)) {
        return type;
      }
    }
    return ValueType.TEXT;
  }

  /** As the operand is written; of several, all have to be written alike to be numbers. */
  private static ValueType written(Node node, ValueType text) {
    List<Node> operands = new ArrayList<>(node.at("values").items());
    Stream.of("value", "min", "max").filter(node::has).map(node::at).forEach(operands::add);
    if (!operands.isEmpty() && operands.stream().allMatch(o -> o.json().isNumber())) {
      return ValueType.NUMBER;
    }
    if (!operands.isEmpty() && operands.stream().allMatch(o -> o.json().isBoolean())) {
      return ValueType.BOOLEAN;
    }
    return text;
  }

  private static FieldRef.Part part(Node node) {
    String part = node.text("part");
    if (part == null) {
      return FieldRef.Part.TEXT;
    }
    return switch (part) {
      case "enum_id" -> FieldRef.Part.ENUM_ID;
      case "enum_code" -> FieldRef.Part.ENUM_CODE;
      default -> FieldRef.Part.TEXT;
    };
  }

  private static Operator operator(Node node) {
    String written = node.text("operator");
    for (Operator operator : Operator.values()) {
      if (operator.written().equals(written)) {
        return operator;
      }
    }
    return null;
  }

  private static void unexpected(Node node, Operator.Operand operand) {
    List<String> wanted =
        switch (operand) {
          case NONE -> List.of();
          case ONE, TEXT, ORDERED, PATTERN -> List.of("value");
          case RANGE -> List.of("min", "max");
          case SEVERAL -> List.of("values");
        };
    for (String name : List.of("value", "values", "min", "max")) {
      if (node.has(name) && !wanted.contains(name)) {
        node.at(name).problem("not used by the operator " + node.text("operator"));
      }
    }
  }
}
