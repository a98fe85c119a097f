package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.kommo.model.Contact;
import io.voronka.infra.sandbox.kommo.model.CustomField;
import io.voronka.infra.sandbox.kommo.model.FieldValue;
import io.voronka.infra.sandbox.kommo.model.FilledField;
import io.voronka.infra.sandbox.kommo.model.Lead;
import io.voronka.infra.sandbox.kommo.model.Note;
import io.voronka.infra.sandbox.kommo.model.Tag;
import io.voronka.infra.sandbox.kommo.model.Task;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.web.Json;
import java.util.List;

/** Entities as REST v4 shows them. */
public final class Views {
  private Views() {}

  public static ObjectNode lead(KommoAccount account, Lead lead, boolean withContacts) {
    ObjectNode json =
        Json.object()
            .put("id", lead.id())
            .put("name", lead.name())
            .put("price", lead.price())
            .put("responsible_user_id", lead.responsibleUserId())
            .put("group_id", 0)
            .put("status_id", lead.statusId())
            .put("pipeline_id", lead.pipelineId())
            .put("loss_reason_id", lead.lossReasonId())
            .put("created_by", lead.createdBy())
            .put("updated_by", lead.updatedBy())
            .put("created_at", lead.createdAt())
            .put("updated_at", lead.updatedAt())
            .put("closed_at", lead.closedAt());
    json.putNull("closest_task_at");
    json.put("is_deleted", lead.deleted());
    json.set("custom_fields_values", fields(account, "leads", lead.fields()));
    json.putNull("score").put("account_id", account.card().id()).putNull("labor_cost");
    json.set("_links", self(account, "/api/v4/leads/" + lead.id()));
    ObjectNode embedded = json.putObject("_embedded");
    embedded.set("tags", tags(lead.tags()));
    embedded.putArray("companies");
    if (withContacts) {
      ArrayNode contacts = embedded.putArray("contacts");
      for (Long id : lead.contactIds()) {
        contacts
            .addObject()
            .put("id", id)
            .put("is_main", id.equals(lead.contactIds().get(0)))
            .set("_links", self(account, "/api/v4/contacts/" + id));
      }
    }
    return json;
  }

  static ObjectNode contact(KommoAccount account, Contact contact, boolean withLeads) {
    String[] names = contact.name().split(" ", 2);
    ObjectNode json =
        Json.object()
            .put("id", contact.id())
            .put("name", contact.name())
            .put("first_name", names[0])
            .put("last_name", names.length > 1 ? names[1] : "")
            .put("responsible_user_id", contact.responsibleUserId())
            .put("group_id", 0)
            .put("created_by", contact.createdBy())
            .put("updated_by", contact.updatedBy())
            .put("created_at", contact.createdAt())
            .put("updated_at", contact.updatedAt())
            .put("is_deleted", false);
    json.set("custom_fields_values", fields(account, contact.entityType(), contact.fields()));
    json.put("account_id", account.card().id());
    json.set("_links", self(account, "/api/v4/" + contact.entityType() + "/" + contact.id()));
    ObjectNode embedded = json.putObject("_embedded");
    embedded.set("tags", tags(contact.tags()));
    embedded.putArray("companies");
    if (withLeads) {
      ArrayNode leads = embedded.putArray("leads");
      contact.leadIds().forEach(id -> leads.addObject().put("id", id));
    }
    return json;
  }

  public static ObjectNode task(KommoAccount account, Task task) {
    ObjectNode json =
        Json.object()
            .put("id", task.id())
            .put("created_by", task.createdBy())
            .put("updated_by", task.updatedBy())
            .put("created_at", task.createdAt())
            .put("updated_at", task.updatedAt())
            .put("responsible_user_id", task.responsibleUserId())
            .put("group_id", 0)
            .put("entity_id", task.entityId() == 0 ? null : (Long) task.entityId())
            .put("entity_type", task.entityId() == 0 ? null : task.entityType())
            .put("duration", task.duration())
            .put("is_completed", task.completed())
            .put("task_type_id", task.taskTypeId())
            .put("text", task.text());
    if (task.result() == null) {
      json.putArray("result");
    } else {
      json.putObject("result").put("text", task.result());
    }
    json.put("complete_till", task.completeTill()).put("account_id", account.card().id());
    json.set("_links", self(account, "/api/v4/tasks/" + task.id()));
    return json;
  }

  public static ObjectNode note(KommoAccount account, Note note) {
    ObjectNode json =
        Json.object()
            .put("id", note.id())
            .put("entity_id", note.entityId())
            .put("created_by", note.createdBy())
            .put("updated_by", note.updatedBy())
            .put("created_at", note.createdAt())
            .put("updated_at", note.updatedAt())
            .put("responsible_user_id", note.responsibleUserId())
            .put("group_id", 0)
            .put("note_type", note.noteType());
    json.set("params", note.params());
    json.put("account_id", account.card().id());
    String path = "/api/v4/" + note.entityType() + "/" + note.entityId() + "/notes/" + note.id();
    json.set("_links", self(account, path));
    return json;
  }

  static ObjectNode self(KommoAccount account, String path) {
    ObjectNode links = Json.object();
    links.putObject("self").put("href", account.self() + path);
    return links;
  }

  /** {@code {"id", "request_id"?, "_links"}}: what a write answers for one entity. */
  static ObjectNode written(KommoAccount account, String path, long id, JsonNode requestId) {
    ObjectNode json = Json.object().put("id", id);
    if (requestId != null) {
      json.set("request_id", requestId);
    }
    json.set("_links", self(account, path));
    return json;
  }

  private static JsonNode fields(
      KommoAccount account, String entityType, List<FilledField> fields) {
    if (fields.isEmpty()) {
      return Json.tree(null);
    }
    ArrayNode list = Json.array();
    for (FilledField filled : fields) {
      CustomField field = account.field(entityType, filled.fieldId()).orElse(null);
      if (field != null) {
        ObjectNode json =
            list.addObject()
                .put("field_id", field.id())
                .put("field_name", field.name())
                .put("field_code", field.code())
                .put("field_type", field.type());
        ArrayNode values = json.putArray("values");
        filled.values().forEach(value -> values.add(value(field, value)));
      }
    }
    return list;
  }

  private static ObjectNode value(CustomField field, FieldValue value) {
    ObjectNode json = Json.object();
    if (field.type().equals("checkbox")) {
      json.put("value", Boolean.parseBoolean(value.value()));
    } else if (field.dated()) {
      json.put("value", Long.parseLong(value.value()));
    } else {
      json.put("value", value.value());
    }
    if (value.enumId() != null) {
      json.put("enum_id", value.enumId()).put("enum_code", value.enumCode());
    }
    return json;
  }

  private static ArrayNode tags(List<Tag> tags) {
    ArrayNode list = Json.array();
    tags.forEach(t -> list.addObject().put("id", t.id()).put("name", t.name()).putNull("color"));
    return list;
  }
}
