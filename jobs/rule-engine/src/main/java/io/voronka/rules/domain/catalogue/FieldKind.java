package io.voronka.rules.domain.catalogue;

import io.voronka.rules.domain.condition.Operator;
import io.voronka.rules.domain.condition.ValueType;

/** What the values of a custom field are. */
public enum FieldKind {
  TEXT("a text"),
  /** Numbers and money. */
  NUMBER("a number"),
  FLAG("a checkbox"),
  DATE("a date"),
  /** One or several of a list. */
  CHOICE("a choice from a list"),
  /**
   * Compared as it is written: addresses, files, linked entities, and what this build does not
   * know.
   */
  OTHER("no plain value");

  private final String words;

  FieldKind(String words) {
    this.words = words;
  }

  /**
   * @param type the vendor's name of a field's type
   */
  static FieldKind of(String type) {
    return switch (type) {
      case "text", "textarea", "url", "multitext", "streetaddress", "tracking_data" -> TEXT;
      case "numeric", "monetary", "price" -> NUMBER;
      case "checkbox" -> FLAG;
      case "date", "date_time", "birthday" -> DATE;
      case "select", "multiselect", "radiobutton", "category" -> CHOICE;
      default -> OTHER;
    };
  }

  /** True when the operator makes sense of such values. */
  public boolean fits(Operator operator) {
    return switch (operator.operand()) {
      case NONE, ONE, SEVERAL -> true;
      case TEXT, PATTERN -> this == TEXT || this == CHOICE || this == OTHER;
      case ORDERED, RANGE -> this == NUMBER || this == DATE || this == OTHER;
    };
  }

  /** How such values are compared; null: as the operand is written. */
  ValueType compared() {
    return switch (this) {
      case TEXT, CHOICE -> ValueType.TEXT;
      case NUMBER -> ValueType.NUMBER;
      case FLAG -> ValueType.BOOLEAN;
      case DATE -> ValueType.DATE;
      case OTHER -> null;
    };
  }

  /** For a reader. */
  String words() {
    return words;
  }
}
