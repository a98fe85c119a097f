package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;
import io.voronka.connectors.crm.kommo.form.NestedText;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Custom fields in the four shapes that hooks have, and tags. */
final class CustomFields {
  /** Tells which choice or which line of an address a value is; the lines' codes are subtypes. */
  private static final Set<String> OF_A_CHOICE = Set.of("enum", "enum_id", "enum_code", "subtype");

  private CustomFields() {}

  static List<CustomField> of(FormNode entity) {
    FormNode all = entity.child("custom_fields");
    if (all == null || all.size() == 0) {
      return List.of();
    }
    if (either(all, "id", "field_id") != null) {
      // custom_fields[id], without a number: there is one field
      return List.of(field(all));
    }
    all.orderByNumber();
    List<CustomField> fields = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      FormNode field = all.childAt(i);
      if (field.size() > 0) {
        fields.add(field(field));
      }
    }
    return fields;
  }

  private static CustomField field(FormNode field) {
    String id = either(field, "id", "field_id");
    return new CustomField(
        id == null ? "" : id,
        either(field, "code", "field_code"),
        either(field, "name", "field_name"),
        values(field.child("values")));
  }

  /** Null when the entity does not mention tags. */
  static List<Tag> tags(FormNode entity) {
    FormNode all = entity.child("tags");
    if (all == null) {
      return null;
    }
    all.orderByNumber();
    List<Tag> tags = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      FormNode tag = all.childAt(i);
      String name = tag.text() != null ? tag.text() : tag.text("name");
      if (name != null) {
        tags.add(new Tag(tag.text("id"), name));
      }
    }
    return tags;
  }

  private static List<FieldValue> values(FormNode values) {
    if (values == null) {
      return List.of();
    }
    values.orderByNumber();
    List<FieldValue> read = new ArrayList<>(Math.max(1, values.size()));
    if (values.text() != null) {
      // values=x, which no vendor document has but test tools send
      read.add(new FieldValue(values.text(), null, null));
    }
    boolean unnumbered = false;
    for (int i = 0; i < values.size(); i++) {
      FormNode value = values.childAt(i);
      if (!value.isIndex()) {
        // values[value], values[enum]: a radio button
        unnumbered = true;
        continue;
      }
      if (value.text() != null) {
        // values[0]=1412380800: a date or an old checkbox
        read.add(new FieldValue(value.text(), null, null));
      }
      if (value.size() > 0) {
        read.add(value(value));
      }
    }
    if (unnumbered) {
      read.add(value(values));
    }
    return read;
  }

  /** One whose value has parts of its own is all of them in one text. */
  private static FieldValue value(FormNode node) {
    FormNode value = node.child("value");
    String text = value == null ? null : value.text();
    if (text == null) {
      text =
          value == null
              ? NestedText.of(node, part -> !part.isIndex() && !OF_A_CHOICE.contains(part.name()))
              : NestedText.of(value, any -> true);
    }
    String code = node.text("enum_code");
    return new FieldValue(
        text, either(node, "enum", "enum_id"), code != null ? code : node.text("subtype"));
  }

  private static String either(FormNode node, String name, String otherName) {
    String text = node.text(name);
    return text != null ? text : node.text(otherName);
  }
}
