package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.Lead;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.FieldWrite;
import java.util.List;
import java.util.Objects;

/** Whether a lead's fields are as writes want them. A doubt is a no: writing again does no harm. */
final class FieldComparison {
  private FieldComparison() {}

  static boolean holds(Lead lead, List<FieldWrite> writes) {
    return writes.stream().allMatch(write -> holds(lead, write));
  }

  private static boolean holds(Lead lead, FieldWrite write) {
    List<FieldValue> wanted = write.getValues();
    if (write.getField() != null) {
      String present = lead.fields().get(write.getField());
      return wanted.isEmpty()
          ? present == null
          : wanted.size() == 1 && Objects.equals(present, wanted.get(0).getValue());
    }
    List<FieldValue> present =
        lead.customFields().stream()
            .filter(field -> isMeant(field, write))
            .findFirst()
            .map(CustomField::getValues)
            .orElse(List.of());
    return present.size() == wanted.size()
        && wanted.stream().allMatch(value -> present.stream().anyMatch(has -> same(value, has)));
  }

  private static boolean isMeant(CustomField field, FieldWrite write) {
    return write.getFieldId() != null
        ? write.getFieldId().equals(field.getId())
        : write.getFieldCode() != null && write.getFieldCode().equals(field.getCode());
  }

  /** Only what is wanted is compared: the vendor adds the text of a choice to its id. */
  private static boolean same(FieldValue wanted, FieldValue has) {
    return (wanted.getValue() == null || wanted.getValue().equals(has.getValue()))
        && (wanted.getEnumId() == null || wanted.getEnumId().equals(has.getEnumId()))
        && (wanted.getEnumCode() == null || wanted.getEnumCode().equals(has.getEnumCode()));
  }
}
