package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.kommo.actions.FieldChange;
import io.voronka.infra.sandbox.kommo.actions.TagChange;
import io.voronka.infra.sandbox.kommo.model.CustomField;
import io.voronka.infra.sandbox.kommo.model.FieldOption;
import io.voronka.infra.sandbox.kommo.model.FieldValue;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code custom_fields_values} and tags, which leads and contacts share. */
final class FieldReader {
  private static final int TEXT_MOST = 256;
  private static final int TEXTAREA_MOST = 65_535;
  private static final int TRACKING_MOST = 2000;

  private final KommoAccount account;
  private final String entityType;
  private final Violations violations;

  FieldReader(KommoAccount account, String entityType, Violations violations) {
    this.account = account;
    this.entityType = entityType;
    this.violations = violations;
  }

  List<FieldChange> fields(JsonNode item) {
    JsonNode list = item.get("custom_fields_values");
    if (list == null || list.isNull()) {
      return List.of();
    }
    if (!list.isArray()) {
      violations.wrongType("custom_fields_values", "array");
      return List.of();
    }
    List<FieldChange> changes = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      field(list.get(i), "custom_fields_values." + i).ifPresent(changes::add);
    }
    return changes;
  }

  private Optional<FieldChange> field(JsonNode filled, String path) {
    JsonNode id = filled.get("field_id");
    JsonNode code = filled.get("field_code");
    Optional<CustomField> field;
    if (id != null && id.isIntegralNumber()) {
      field = account.field(entityType, id.longValue());
    } else if (code != null && code.isTextual()) {
      field = account.field(entityType, code.textValue());
    } else {
      violations.missing(path + ".field_id");
      return Optional.empty();
    }
    if (field.isEmpty()) {
      violations.notAChoice(path + (id != null ? ".field_id" : ".field_code"));
      return Optional.empty();
    }
    JsonNode list = filled.get("values");
    List<FieldValue> values = new ArrayList<>();
    if (list != null && list.isArray()) {
      for (int j = 0; j < list.size(); j++) {
        FieldValue value = value(field.get(), list.get(j), path + ".values." + j);
        if (value != null) {
          values.add(value);
        }
      }
    } else if (list == null) {
      violations.missing(path + ".values");
    } else if (!list.isNull()) {
      violations.wrongType(path + ".values", "array");
    }
    return Optional.of(new FieldChange(field.get().id(), values));
  }

  private FieldValue value(CustomField field, JsonNode given, String path) {
    JsonNode value = given.get("value");
    Long enumId =
        given.path("enum_id").isIntegralNumber() ? (Long) given.get("enum_id").longValue() : null;
    String enumCode = given.path("enum_code").isTextual() ? given.get("enum_code").asText() : null;
    return switch (field.type()) {
      case "select", "multiselect", "radiobutton" -> {
        Optional<FieldOption> option =
            field.option(enumId, enumCode, value == null ? null : value.asText());
        if (option.isEmpty()) {
          violations.notAChoice(path + (enumId == null ? ".value" : ".enum_id"));
          yield null;
        }
        yield new FieldValue(option.get().value(), option.get().id(), option.get().code());
      }
      case "multitext" -> {
        String text = text(value, path, TEXT_MOST);
        Optional<FieldOption> option =
            field.option(enumId, enumCode == null && enumId == null ? "WORK" : enumCode, null);
        if (option.isEmpty() && !field.enums().isEmpty()) {
          violations.notAChoice(path + (enumId == null ? ".enum_code" : ".enum_id"));
        }
        yield text == null
            ? null
            : new FieldValue(
                text,
                option.map(FieldOption::id).orElse(null),
                option.map(FieldOption::code).orElse(null));
      }
      case "checkbox" -> {
        if (value == null || !value.isBoolean()) {
          violations.wrongType(path + ".value", "bool");
          yield null;
        }
        yield new FieldValue(value.asText(), null, null);
      }
      case "date", "date_time", "birthday" -> date(value, path);
      case "numeric", "monetary" -> {
        String text = text(value, path, TEXT_MOST);
        if (text != null && !text.matches("-?[0-9]+([.,][0-9]+)?")) {
          violations.wrongType(path + ".value", "numeric");
        }
        yield text == null ? null : new FieldValue(text, null, null);
      }
      case "textarea" -> plain(value, path, TEXTAREA_MOST);
      case "tracking_data" -> plain(value, path, TRACKING_MOST);
      default -> plain(value, path, TEXT_MOST);
    };
  }

  private FieldValue plain(JsonNode value, String path, int most) {
    String text = text(value, path, most);
    return text == null ? null : new FieldValue(text, null, null);
  }

  /** Numbers are taken as text, as Kommo does; objects are not. */
  private String text(JsonNode value, String path, int most) {
    if (value == null || !(value.isTextual() || value.isNumber())) {
      violations.wrongType(path + ".value", "string");
      return null;
    }
    if (value.asText().length() > most) {
      violations.tooLong(path + ".value", most);
    }
    return value.asText();
  }

  private FieldValue date(JsonNode value, String path) {
    if (value != null && value.isIntegralNumber()) {
      return new FieldValue(value.asText(), null, null);
    }
    if (value != null && value.isTextual()) {
      try {
        long seconds = OffsetDateTime.parse(value.textValue()).toEpochSecond();
        return new FieldValue(String.valueOf(seconds), null, null);
      } catch (DateTimeException e) {
        violations.wrongType(path + ".value", "int or RFC 3339 date");
        return null;
      }
    }
    violations.wrongType(path + ".value", "int or RFC 3339 date");
    return null;
  }

  TagChange tags(JsonNode item) {
    JsonNode all = item.path("_embedded").get("tags");
    return new TagChange(
        all == null ? null : refs(all, "_embedded.tags"),
        refs(item.get("tags_to_add"), "tags_to_add"),
        refs(item.get("tags_to_delete"), "tags_to_delete"));
  }

  private List<TagChange.Ref> refs(JsonNode list, String path) {
    List<TagChange.Ref> refs = new ArrayList<>();
    if (list == null || list.isNull()) {
      return refs;
    }
    for (int i = 0; i < list.size(); i++) {
      JsonNode id = list.get(i).get("id");
      JsonNode name = list.get(i).get("name");
      if (id != null && id.isIntegralNumber()) {
        refs.add(new TagChange.Ref(id.longValue(), null));
      } else if (name != null && name.isTextual() && !name.textValue().isEmpty()) {
        refs.add(new TagChange.Ref(null, name.textValue()));
      } else {
        violations.missing(path + "." + i + ".name");
      }
    }
    return refs;
  }
}
