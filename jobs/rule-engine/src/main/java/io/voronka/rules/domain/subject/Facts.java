package io.voronka.rules.domain.subject;

import io.voronka.schemas.CustomField;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.KnownEntity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of a lead or a contact, as a record that travels: for texts that are filled
 * elsewhere.
 */
public final class Facts {
  private Facts() {}

  public static KnownEntity of(String id, SubjectState state) {
    Map<String, String> fields = new TreeMap<>();
    state.fields().forEach((name, known) -> fields.put(name, known.text()));
    List<CustomField> custom = new ArrayList<>();
    new TreeMap<>(state.customFields())
        .forEach(
            (field, known) ->
                custom.add(new CustomField(field, known.code(), null, values(known))));
    return new KnownEntity(id, fields, custom);
  }

  /**
   * Fields only: what happened, and when, does not travel.
   *
   * @param contact null when none was known
   */
  public static SubjectState state(KnownEntity subject, KnownEntity contact) {
    SubjectState alone = state(subject);
    return contact == null
        ? alone
        : alone.with(
            new Contacts(
                contact.getId(), List.of(new Contacts.Contact(contact.getId(), state(contact)))));
  }

  private static SubjectState state(KnownEntity known) {
    Map<String, Known> fields = new HashMap<>();
    known.getFields().forEach((name, text) -> fields.put(name, new Known(text, 0)));
    Map<String, KnownCustom> custom = new HashMap<>();
    for (CustomField field : known.getCustomFields()) {
      custom.put(field.getId(), new KnownCustom(field.getCode(), Value.of(field.getValues()), 0));
    }
    return SubjectState.of(0, fields, custom);
  }

  private static List<FieldValue> values(KnownCustom known) {
    List<FieldValue> values = new ArrayList<>();
    for (Value value : known.values()) {
      values.add(new FieldValue(value.text(), value.enumId(), value.enumCode()));
    }
    return values;
  }
}
