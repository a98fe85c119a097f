package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.Tag;
import java.util.ArrayList;
import java.util.List;

/** Custom fields in the four shapes that hooks have, and tags. */
final class CustomFields {
  private CustomFields() {}

  static List<CustomField> of(FormNode entity, Findings findings) {
    FormNode all = entity.child("custom_fields");
    if (all == null || all.size() == 0) {
      return List.of();
    }
    if (either(all, "id", "field_id") != null) {
      // custom_fields[id], without a number: there is one field
      return List.of(field(all, findings));
    }
    all.orderByNumber();
    List<CustomField> fields = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      FormNode field = all.childAt(i);
      if (field.size() > 0) {
        fields.add(field(field, findings));
      }
    }
    return fields;
  }

  private static CustomField field(FormNode field, Findings findings) {
    String id = either(field, "id", "field_id");
    return new CustomField(
        id == null ? "" : id,
        either(field, "code", "field_code"),
        either(field, "name", "field_name"),
        values(field.child("values"), findings));
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

  private static List<FieldValue> values(FormNode values, Findings findings) {
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
        read.add(value(value, findings));
      }
    }
    if (unnumbered) {
      read.add(value(values, findings));
    }
    return read;
  }

  private static FieldValue value(FormNode node, Findings findings) {
    FormNode value = node.child("value");
    if (value != null && value.size() > 0) {
      findings.problem(NotUnderstood.Reason.NESTED_VALUE);
    }
    return new FieldValue(
        node.text("value"), either(node, "enum", "enum_id"), node.text("enum_code"));
  }

  private static String either(FormNode node, String name, String otherName) {
    String text = node.text(name);
    return text != null ? text : node.text(otherName);
  }
}
