package io.voronka.rules.domain.subject;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the texts of a field: null is unknown, an empty list is known to be empty. */
final class FieldTexts {
  private FieldTexts() {}

  static List<String> of(KnownCustom field, FieldRef.Part part) {
    return field == null ? null : of(field.values(), part);
  }

  /** Of a field with one value; null when there is none, or more than one. */
  static String only(KnownCustom field, FieldRef.Part part) {
    return field == null || field.values().size() != 1 ? null : field.values().get(0).part(part);
  }

  /**
   * What the event itself says of its entity.
   *
   * @param known of that entity: the vendor does not always send a field's code with its id
   */
  static List<String> carried(CrmEvent event, FieldRef ref, Map<String, KnownCustom> known) {
    if (ref.naming() == FieldRef.Naming.STANDARD) {
      String text = event.getFields().get(ref.name());
      return text == null ? null : List.of(text);
    }
    for (CustomField field : event.getCustomFields()) {
      boolean byId = ref.naming() == FieldRef.Naming.CUSTOM_ID;
      String name = byId ? field.getId() : CustomFields.code(field, known);
      if (ref.name().equals(name)) {
        return of(Value.of(field.getValues()), ref.part());
      }
    }
    return null;
  }

  private static List<String> of(List<Value> values, FieldRef.Part part) {
    if (values.size() == 1) {
      String only = values.get(0).part(part);
      return only == null ? null : List.of(only);
    }
    List<String> texts = new ArrayList<>(values.size());
    for (Value value : values) {
      String text = value.part(part);
      if (text == null) {
        // Values are there, but this part of them was never sent.
        return null;
      }
      texts.add(text);
    }
    return texts;
  }
}
