package io.voronka.connectors.crm.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/** The events in which the vendor tells what was written into a standard field of a lead. */
enum StandardFieldEvent {
  PRICE("price", "sale_field_changed", "sale_field_value", "sale"),
  NAME("name", "name_field_changed", "name_field_value", "name"),
  RESPONSIBLE("responsible_user_id", "entity_responsible_changed", "responsible_user", "id");

  private final String field;
  private final String type;
  private final String holder;
  private final String key;

  StandardFieldEvent(String field, String type, String holder, String key) {
    this.field = field;
    this.type = type;
    this.holder = holder;
    this.key = key;
  }

  /** Null when the field has none. */
  static StandardFieldEvent ofField(String field) {
    return Arrays.stream(values()).filter(one -> one.field.equals(field)).findAny().orElse(null);
  }

  /** Null when an event of the type tells of another kind of field. */
  static StandardFieldEvent ofType(String type) {
    return Arrays.stream(values()).filter(one -> one.type.equals(type)).findAny().orElse(null);
  }

  String field() {
    return field;
  }

  String type() {
    return type;
  }

  /**
   * @param after an element of the event's {@code value_after}
   */
  JsonNode value(JsonNode after) {
    return after.path(holder).path(key);
  }
}
