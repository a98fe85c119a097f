package io.voronka.infra.sandbox.kommo.model;

import java.util.List;
import java.util.Optional;

/**
 * The definition of a custom field.
 *
 * @param entityType {@code leads}, {@code contacts} or {@code companies}
 * @param code {@code PHONE}, {@code EMAIL}, … or null
 * @param type Kommo's name: text numeric checkbox select multiselect date url textarea radiobutton
 *     birthday date_time multitext …
 */
public record CustomField(
    long id, String entityType, String name, String code, String type, List<FieldOption> enums) {
  public CustomField {
    enums = enums == null ? List.of() : List.copyOf(enums);
    entityType = entityType == null ? "leads" : entityType;
  }

  public Optional<FieldOption> option(Long id, String optionCode, String value) {
    return enums.stream()
        .filter(
            o ->
                id != null
                    ? o.id() == id
                    : optionCode != null ? optionCode.equals(o.code()) : o.value().equals(value))
        .findFirst();
  }

  public boolean dated() {
    return type.equals("date") || type.equals("date_time");
  }
}
