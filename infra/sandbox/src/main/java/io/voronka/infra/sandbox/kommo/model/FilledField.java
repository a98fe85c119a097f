package io.voronka.infra.sandbox.kommo.model;

import java.util.List;

/** A custom field that has a value; empty fields are not kept, as Kommo does not send them. */
public record FilledField(long fieldId, List<FieldValue> values) {
  public FilledField {
    values = values == null ? List.of() : List.copyOf(values);
  }
}
