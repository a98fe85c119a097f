package io.voronka.rules.explain;

import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.Operator;
import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.subject.FieldRef;
import java.util.List;
import java.util.Map;

/** Names of fields and stages. */
final class RussianFields {
  private static final Map<String, Noun> STANDARD =
      Map.ofEntries(
          Map.entry("name", new Noun("название", "название", Gender.NEUTER)),
          Map.entry("price", new Noun("бюджет", "бюджет", Gender.MASCULINE)),
          Map.entry("status_id", new Noun("этап", "этап", Gender.MASCULINE)),
          Map.entry("pipeline_id", new Noun("воронка", "воронку", Gender.FEMININE)),
          Map.entry(
              "responsible_user_id", new Noun("ответственный", "ответственного", Gender.MASCULINE)),
          Map.entry("created_user_id", new Noun("автор", "автора", Gender.MASCULINE)),
          Map.entry(
              "modified_user_id",
              new Noun(
                  "автор последнего изменения", "автора последнего изменения", Gender.MASCULINE)),
          Map.entry(
              "company_name", new Noun("название компании", "название компании", Gender.NEUTER)),
          Map.entry("text", new Noun("текст", "текст", Gender.MASCULINE)));

  private RussianFields() {}

  enum Gender {
    MASCULINE,
    FEMININE,
    NEUTER
  }

  record Noun(String nominative, String accusative, Gender gender) {
    String form(String masculine, String feminine, String neuter) {
      return switch (gender) {
        case MASCULINE -> masculine;
        case FEMININE -> feminine;
        case NEUTER -> neuter;
      };
    }
  }

  static Noun named(FieldRef field) {
    Noun noun =
        field.naming() == FieldRef.Naming.STANDARD
            ? STANDARD.getOrDefault(field.name(), plain("поле " + field.name(), Gender.NEUTER))
            : plain("доп. поле " + field.name(), Gender.NEUTER);
    String custom = "доп. поля " + field.name();
    return switch (field.part()) {
      case TEXT, CHOICE -> noun;
      case ENUM_ID -> plain("номер варианта " + custom, Gender.MASCULINE);
      case ENUM_CODE -> plain("код варианта " + custom, Gender.MASCULINE);
    };
  }

  private static Noun plain(String name, Gender gender) {
    return new Noun(name, name, gender);
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
    List<String> ids = operands.stream().map(Russian.WRITTEN::unquoted).toList();
    String where = stage ? "на этапе " + stages(ids) : "в воронке " + String.join(" или ", ids);
    return "сделка " + (in == holds ? "" : "не ") + where;
  }

  static String stages(List<String> ids) {
    return String.join(" или ", ids.stream().map(RussianFields::stage).toList());
  }

  /** Two ids are the same in every account. */
  static String stage(String id) {
    return switch (id) {
      case "142" -> "142 (успешно реализовано)";
      case "143" -> "143 (закрыто и не реализовано)";
      default -> id;
    };
  }
}
