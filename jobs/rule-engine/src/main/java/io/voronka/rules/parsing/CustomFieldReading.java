package io.voronka.rules.parsing;

import io.voronka.rules.trial.SubjectEvents;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.FieldValue;
import java.util.ArrayList;
import java.util.List;

/** Reads custom fields by id or by code. */
final class CustomFieldReading {
  private CustomFieldReading() {}

  static List<CustomField> read(Node fields) {
    List<CustomField> read = new ArrayList<>();
    fields
        .members()
        .forEach(
            (name, values) ->
                read.add(
                    SubjectEvents.customField(
                        name,
                        values.oneOrMore().stream().map(CustomFieldReading::value).toList())));
    return read;
  }

  private static FieldValue value(Node node) {
    if (node.json().isObject()) {
      return new FieldValue(
          node.at("value").scalar().orElse(null), node.text("enum_id"), node.text("enum_code"));
    }
    return new FieldValue(node.scalar().orElse(null), null, null);
  }
}
