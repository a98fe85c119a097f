package io.voronka.rules.domain.subject;

import io.voronka.schemas.CustomField;
import java.util.List;

/**
 * The last known values of a custom field.
 *
 * @param code the field's symbolic name in the CRM; null when it has none
 * @param at as in {@link Known}
 */
public record KnownCustom(String code, List<Value> values, long at) {
  public KnownCustom {
    values = values == null ? List.of() : values;
  }

  /** Of which nobody knows when it was written. */
  public static KnownCustom of(CustomField field) {
    return new KnownCustom(field.getCode(), Value.of(field.getValues()), 0);
  }
}
