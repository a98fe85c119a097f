package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.Lead;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.FieldWrite;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/** Whether a lead's fields are as writes want them. A doubt is a no: writing again does no harm. */
final class FieldComparison {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

  private FieldComparison() {}

  /**
   * @param zone the tenant's, in which writes say days and times
   */
  static boolean holds(Lead lead, List<FieldWrite> writes, ZoneId zone) {
    return writes.stream().allMatch(write -> holds(lead, write, zone));
  }

  private static boolean holds(Lead lead, FieldWrite write, ZoneId zone) {
    List<FieldValue> wanted = write.getValues();
    if (write.getField() != null) {
      String present = lead.fields().get(write.getField());
      return wanted.isEmpty()
          ? present == null
          : wanted.size() == 1 && means(wanted.get(0).getValue(), present, zone);
    }
    List<FieldValue> present =
        lead.customFields().stream()
            .filter(field -> isMeant(field, write))
            .findFirst()
            .map(CustomField::getValues)
            .orElse(List.of());
    return present.size() == wanted.size()
        && wanted.stream()
            .allMatch(value -> present.stream().anyMatch(has -> same(value, has, zone)));
  }

  private static boolean isMeant(CustomField field, FieldWrite write) {
    return write.getFieldId() != null
        ? write.getFieldId().equals(field.getId())
        : write.getFieldCode() != null && write.getFieldCode().equals(field.getCode());
  }

  /** Only what is wanted is compared: the vendor adds the text of a choice to its id. */
  private static boolean same(FieldValue wanted, FieldValue has, ZoneId zone) {
    return (wanted.getValue() == null || means(wanted.getValue(), has.getValue(), zone))
        && (wanted.getEnumId() == null || wanted.getEnumId().equals(has.getEnumId()))
        && (wanted.getEnumCode() == null || wanted.getEnumCode().equals(has.getEnumCode()));
  }

  /**
   * The same text, or one that became a flag or a moment when it was written. The vendor says those
   * as {@code true} and {@code false}, and in unix seconds.
   */
  static boolean means(String wanted, String has, ZoneId zone) {
    if (wanted == null || has == null) {
      return wanted == null && has == null;
    }
    if (wanted.equals(has)) {
      return true;
    }
    if (has.equals("true") || has.equals("false")) {
      return FieldText.flag(wanted).filter(flag -> flag == has.equals("true")).isPresent();
    }
    return NUMBER.matcher(has).matches()
        && FieldText.seconds(wanted, zone).filter(at -> String.valueOf(at).equals(has)).isPresent();
  }
}
