package io.voronka.rules.domain.subject;

import io.voronka.schemas.FieldValue;
import java.util.ArrayList;
import java.util.List;

/**
 * One value of a custom field.
 *
 * @param text as the vendor sent it; null when only an enumeration is known
 */
public record Value(String text, String enumId, String enumCode) {

  static List<Value> of(List<FieldValue> values) {
    if (values.size() == 1) {
      return List.of(of(values.get(0)));
    }
    List<Value> copied = new ArrayList<>(values.size());
    for (FieldValue value : values) {
      copied.add(of(value));
    }
    return copied;
  }

  private static Value of(FieldValue value) {
    return new Value(value.getValue(), value.getEnumId(), value.getEnumCode());
  }

  String part(FieldRef.Part part) {
    return switch (part) {
      case TEXT -> text;
      case ENUM_ID -> enumId;
      case ENUM_CODE -> enumCode;
      case CHOICE -> enumId == null ? text : enumId;
    };
  }
}
