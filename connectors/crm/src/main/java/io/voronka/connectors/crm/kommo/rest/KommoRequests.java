package io.voronka.connectors.crm.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.connectors.crm.FieldChange;
import io.voronka.connectors.crm.LeadChange;
import io.voronka.connectors.crm.NewNote;
import io.voronka.connectors.crm.NewTask;
import io.voronka.connectors.crm.kommo.rest.KommoCall.ImpossibleItemException;
import io.voronka.connectors.crm.kommo.rest.KommoCall.InvalidRequestException;
import io.voronka.schemas.EntityType;
import java.util.List;
import java.util.Set;

/** Bodies of requests. */
final class KommoRequests {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Standard fields that Kommo takes as numbers only. */
  private static final Set<String> NUMBERS =
      Set.of(
          "price",
          "status_id",
          "pipeline_id",
          "responsible_user_id",
          "loss_reason_id",
          "created_by",
          "updated_by",
          "created_at",
          "updated_at",
          "closed_at");

  private static final Set<String> TEXTS = Set.of("name", "first_name", "last_name");

  private KommoRequests() {}

  /**
   * @throws ImpossibleItemException when one of them cannot be said
   */
  static JsonNode changeLeads(List<LeadChange> changes) throws InvalidRequestException {
    ArrayNode items = JSON.arrayNode();
    for (LeadChange change : changes) {
      try {
        ObjectNode item = JSON.objectNode();
        item.put("id", KommoPaths.asLong("lead id", change.leadId()));
        // By it the vendor says which of them it minds.
        item.put("request_id", String.valueOf(items.size()));
        if (change.statusId() != null) {
          item.setAll(changeStage(change.statusId(), change.pipelineId()));
        }
        if (!change.fields().isEmpty()) {
          item.setAll(updateFields(change.fields()));
        }
        if (!change.tags().isEmpty()) {
          item.setAll(addTags(change.tags()));
        }
        items.add(item);
      } catch (InvalidRequestException e) {
        throw new ImpossibleItemException(items.size(), e.getMessage());
      }
    }
    return items;
  }

  static ObjectNode changeStage(String statusId, String pipelineId) throws InvalidRequestException {
    ObjectNode body = JSON.objectNode();
    body.put("status_id", KommoPaths.asLong("stage id", statusId));
    if (pipelineId != null) {
      body.put("pipeline_id", KommoPaths.asLong("pipeline id", pipelineId));
    }
    return body;
  }

  static ObjectNode updateFields(List<FieldChange> changes) throws InvalidRequestException {
    if (changes.isEmpty()) {
      throw new InvalidRequestException("no field to change");
    }
    ObjectNode body = JSON.objectNode();
    ArrayNode custom = JSON.arrayNode();
    for (FieldChange change : changes) {
      switch (change.target()) {
        case STANDARD -> body.set(change.name(), standard(change));
        case CUSTOM_BY_ID ->
            custom.add(
                custom(
                    JSON.objectNode().put("field_id", KommoPaths.asLong("field id", change.name())),
                    change));
        case CUSTOM_BY_CODE ->
            custom.add(custom(JSON.objectNode().put("field_code", change.name()), change));
      }
    }
    if (!custom.isEmpty()) {
      body.set("custom_fields_values", custom);
    }
    return body;
  }

  static JsonNode createTask(NewTask task) throws InvalidRequestException {
    ObjectNode one = JSON.objectNode();
    one.put("text", notBlank("task text", task.text()));
    one.put("complete_till", task.completeTill().getEpochSecond());
    one.put("entity_id", KommoPaths.asLong("entity id", task.entityId()));
    one.put("entity_type", KommoPaths.plural(task.type()));
    if (task.taskTypeId() != null) {
      one.put("task_type_id", KommoPaths.asLong("task type id", task.taskTypeId()));
    }
    if (task.responsibleUserId() != null) {
      one.put("responsible_user_id", KommoPaths.asLong("user id", task.responsibleUserId()));
    }
    return JSON.arrayNode().add(one);
  }

  static JsonNode addNote(NewNote note) throws InvalidRequestException {
    ObjectNode one = JSON.objectNode();
    one.put("note_type", "common");
    one.set("params", JSON.objectNode().put("text", notBlank("note text", note.text())));
    return JSON.arrayNode().add(one);
  }

  static ObjectNode addTags(List<String> tags) throws InvalidRequestException {
    if (tags.isEmpty()) {
      throw new InvalidRequestException("no tag to add");
    }
    ArrayNode names = JSON.arrayNode();
    for (String tag : tags) {
      names.add(JSON.objectNode().put("name", notBlank("tag", tag)));
    }
    ObjectNode body = JSON.objectNode();
    body.set("tags_to_add", names);
    return body;
  }

  static JsonNode runBot(EntityType type, String id) throws InvalidRequestException {
    return JSON.objectNode()
        .put("entity_id", KommoPaths.asLong("entity id", id))
        .put("entity_type", KommoPaths.plural(type));
  }

  static JsonNode message(String text) throws InvalidRequestException {
    return JSON.objectNode().put("text", notBlank("message text", text));
  }

  private static JsonNode standard(FieldChange change) throws InvalidRequestException {
    if (!NUMBERS.contains(change.name()) && !TEXTS.contains(change.name())) {
      throw new InvalidRequestException("there is no standard field " + change.name());
    }
    if (change.values().isEmpty()) {
      return JSON.nullNode();
    }
    if (change.values().size() > 1) {
      throw new InvalidRequestException(change.name() + " takes one value");
    }
    Object value = change.values().get(0).value();
    return NUMBERS.contains(change.name()) && value instanceof String
        ? wholeNumber(change.name(), (String) value)
        : json(change.name(), value);
  }

  private static ObjectNode custom(ObjectNode field, FieldChange change)
      throws InvalidRequestException {
    if (change.values().isEmpty()) {
      field.set("values", JSON.nullNode());
      return field;
    }
    ArrayNode values = field.putArray("values");
    for (FieldChange.Value value : change.values()) {
      ObjectNode one = values.addObject();
      if (value.value() != null) {
        one.set("value", json(change.name(), value.value()));
      }
      if (value.enumId() != null) {
        one.put("enum_id", KommoPaths.asLong("choice of field " + change.name(), value.enumId()));
      }
      if (value.enumCode() != null) {
        one.put("enum_code", value.enumCode());
      }
      if (one.isEmpty()) {
        throw new InvalidRequestException("a value of field " + change.name() + " says nothing");
      }
    }
    return field;
  }

  private static JsonNode json(String field, Object value) throws InvalidRequestException {
    if (value instanceof String) {
      return JSON.textNode((String) value);
    }
    if (value instanceof Boolean) {
      return JSON.booleanNode((Boolean) value);
    }
    if (value instanceof Long) {
      return JSON.numberNode((Long) value);
    }
    if (value instanceof Integer) {
      return JSON.numberNode((Integer) value);
    }
    if (value instanceof Double) {
      return JSON.numberNode((Double) value);
    }
    throw new InvalidRequestException(
        "the value of field " + field + " is no text, number or flag");
  }

  private static JsonNode wholeNumber(String field, String text) throws InvalidRequestException {
    try {
      return JSON.numberNode(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      throw new InvalidRequestException(field + " takes a whole number");
    }
  }

  private static String notBlank(String what, String text) throws InvalidRequestException {
    if (text == null || text.isBlank()) {
      throw new InvalidRequestException(what + " is empty");
    }
    return text;
  }
}
