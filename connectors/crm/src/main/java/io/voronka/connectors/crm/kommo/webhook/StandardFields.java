package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;
import java.util.HashMap;
import java.util.Map;

/**
 * An entity's texts under the vendor's names.
 *
 * @param now nested names joined by a dot; what has a home of its own (custom fields, tags, linked
 *     leads) is not here
 * @param before what the vendor sends as {@code old_<name>}, under that name
 */
record StandardFields(Map<String, String> now, Map<String, String> before) {
  static final StandardFields NONE = new StandardFields(Map.of(), Map.of());

  private static final String OLD = "old_";

  /** Numbered children of the entity itself are other entities and are left out. */
  static StandardFields of(FormNode entity) {
    StandardFields fields =
        new StandardFields(new HashMap<>(Math.max(16, entity.size() * 2)), new HashMap<>(4));
    for (int i = 0; i < entity.size(); i++) {
      FormNode child = entity.childAt(i);
      if (!child.isIndex() && !hasHome(child.name())) {
        fields.add(child);
      }
    }
    return fields;
  }

  private static boolean hasHome(String name) {
    return name.equals("custom_fields") || name.equals("tags") || name.equals("linked_leads_id");
  }

  private void add(FormNode child) {
    String name = child.name();
    if (child.text() != null) {
      if (name.startsWith(OLD)) {
        before.put(name.substring(OLD.length()), child.text());
      } else {
        now.put(name, child.text());
      }
    }
    addBelow(name, child);
  }

  private void addBelow(String prefix, FormNode node) {
    for (int i = 0; i < node.size(); i++) {
      FormNode child = node.childAt(i);
      String name = prefix + '.' + child.name();
      if (child.text() != null) {
        now.put(name, child.text());
      }
      addBelow(name, child);
    }
  }
}
