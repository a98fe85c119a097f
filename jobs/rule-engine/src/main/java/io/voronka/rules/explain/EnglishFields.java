package io.voronka.rules.explain;

import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.Operator;
import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.subject.FieldRef;
import java.util.List;
import java.util.Map;

/** Names of fields and stages. */
final class EnglishFields {
  private static final Map<String, String> STANDARD =
      Map.ofEntries(
          Map.entry("name", "the name"),
          Map.entry("price", "the price"),
          Map.entry("status_id", "the stage"),
          Map.entry("pipeline_id", "the pipeline"),
          Map.entry("responsible_user_id", "the responsible user"),
          Map.entry("created_user_id", "the user who created it"),
          Map.entry("modified_user_id", "the user who changed it last"),
          Map.entry("company_name", "the company's name"),
          Map.entry("text", "the text"));

  private EnglishFields() {}

  static String named(FieldRef field) {
    String name =
        field.naming() == FieldRef.Naming.STANDARD
            ? STANDARD.getOrDefault(field.name(), "the field " + field.name())
            : "the custom field " + field.name();
    return switch (field.part()) {
      case TEXT, CHOICE -> name;
      case ENUM_ID -> "the option id of " + name;
      case ENUM_CODE -> "the option code of " + name;
    };
  }

  /** Being in a stage or pipeline; null when the test is about something else. */
  static String place(FieldRef field, FieldTest test, boolean holds, List<String> operands) {
    boolean stage = field.equals(FieldRef.STAGE);
    boolean id = test.type() == ValueType.TEXT || test.type() == ValueType.NUMBER;
    boolean in = test.operator() == Operator.EQUALS || test.operator() == Operator.IN;
    boolean notIn = test.operator() == Operator.NOT_EQUALS || test.operator() == Operator.NOT_IN;
    if ((!stage && !field.equals(FieldRef.PIPELINE)) || !id || (!in && !notIn)) {
      return null;
    }
    List<String> ids = operands.stream().map(English.WRITTEN::unquoted).toList();
    String where = stage ? stages(ids) : "pipeline " + alternatives(ids);
    return "the lead is " + (in == holds ? "" : "not ") + "in " + where;
  }

  static String stages(List<String> ids) {
    return "stage " + alternatives(ids.stream().map(EnglishFields::stage).toList());
  }

  /** Two ids are the same in every account. */
  static String stage(String id) {
    return switch (id) {
      case "142" -> "142 (won)";
      case "143" -> "143 (lost)";
      default -> id;
    };
  }

  private static String alternatives(List<String> ids) {
    return String.join(" or ", ids);
  }
}
