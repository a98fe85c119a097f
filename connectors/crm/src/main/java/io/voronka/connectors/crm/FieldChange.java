package io.voronka.connectors.crm;

import io.voronka.schemas.FieldValue;
import io.voronka.schemas.FieldWrite;
import java.util.List;

/**
 * New values of one field.
 *
 * @param target what {@code name} is
 * @param name name of a standard field, or id or code of a custom one
 * @param values empty clears the field; a standard field has at most one
 */
public record FieldChange(Target target, String name, List<Value> values) {
  public FieldChange {
    values = List.copyOf(values);
  }

  /** How a field is named. */
  public enum Target {
    STANDARD,
    CUSTOM_BY_ID,
    CUSTOM_BY_CODE
  }

  /**
   * One value.
   *
   * @param value a String, Boolean, Long or Double as the field's type wants it; null when an
   *     enumeration id says all
   * @param enumId choice of a select field; null for none
   * @param enumCode {@code WORK}, {@code MOB} ... of phones and mail addresses; null for none
   */
  public record Value(Object value, String enumId, String enumCode) {}

  public static FieldChange standard(String name, Object value) {
    return new FieldChange(Target.STANDARD, name, List.of(new Value(value, null, null)));
  }

  public static FieldChange custom(String fieldId, Object value) {
    return new FieldChange(Target.CUSTOM_BY_ID, fieldId, List.of(new Value(value, null, null)));
  }

  /**
   * From an action's record.
   *
   * @throws IllegalArgumentException unless exactly one of its three names is set
   */
  public static FieldChange of(FieldWrite write) {
    int named = 0;
    Target target = null;
    String name = null;
    if (write.getField() != null) {
      named++;
      target = Target.STANDARD;
      name = write.getField();
    }
    if (write.getFieldId() != null) {
      named++;
      target = Target.CUSTOM_BY_ID;
      name = write.getFieldId();
    }
    if (write.getFieldCode() != null) {
      named++;
      target = Target.CUSTOM_BY_CODE;
      name = write.getFieldCode();
    }
    if (named != 1) {
      throw new IllegalArgumentException("a field is named by exactly one of name, id and code");
    }
    return new FieldChange(
        target, name, write.getValues().stream().map(FieldChange::value).toList());
  }

  private static Value value(FieldValue value) {
    return new Value(value.getValue(), value.getEnumId(), value.getEnumCode());
  }
}
