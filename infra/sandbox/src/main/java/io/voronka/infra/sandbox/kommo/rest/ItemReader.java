package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads typed properties of one item and notes what is wrong with them. */
final class ItemReader {
  private final JsonNode item;
  private final Violations violations;

  ItemReader(JsonNode item, Violations violations) {
    this.item = item;
    this.violations = violations;
  }

  boolean isObject() {
    if (!item.isObject()) {
      violations.wrongType("", "object");
    }
    return item.isObject();
  }

  /** Null when absent or null. */
  String text(String name, int most) {
    JsonNode value = item.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      violations.wrongType(name, "string");
      return null;
    }
    if (value.textValue().length() > most) {
      violations.tooLong(name, most);
    }
    return value.textValue();
  }

  /** Null when absent or null. */
  Long number(String name, long least) {
    JsonNode value = item.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber()) {
      violations.wrongType(name, "int");
      return null;
    }
    if (value.longValue() < least) {
      violations.tooLow(name, least);
    }
    return value.longValue();
  }

  /** Null when absent or null. */
  Boolean flag(String name) {
    JsonNode value = item.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isBoolean()) {
      violations.wrongType(name, "bool");
      return null;
    }
    return value.booleanValue();
  }

  /** The ids in {@code [{"id": 1}, …]}; null when absent. */
  List<Long> ids(JsonNode list, String path) {
    if (list == null || list.isMissingNode() || list.isNull()) {
      return null;
    }
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode id = list.get(i).get("id");
      if (id == null || !id.isIntegralNumber()) {
        violations.wrongType(path + "." + i + ".id", "int");
      } else {
        ids.add(id.longValue());
      }
    }
    return ids;
  }
}
