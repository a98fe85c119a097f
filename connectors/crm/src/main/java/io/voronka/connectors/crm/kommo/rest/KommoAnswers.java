package io.voronka.connectors.crm.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.connectors.crm.Lead;
import io.voronka.connectors.crm.Message;
import io.voronka.connectors.crm.Note;
import io.voronka.connectors.crm.PastWrite;
import io.voronka.connectors.crm.StageMove;
import io.voronka.connectors.crm.Talk;
import io.voronka.connectors.crm.Task;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Bodies of answers. Forgiving: what is missing is null or empty, numbers and texts pass for each
 * other.
 */
final class KommoAnswers {
  private static final String EMBEDDED = "_embedded";

  /** Fits into a long. */
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  /** The year 5138: a larger number is no time in seconds. */
  private static final long LATEST = 100_000_000_000L;

  private KommoAnswers() {}

  static Lead lead(JsonNode json) {
    List<Tag> tags = new ArrayList<>();
    for (JsonNode tag : json.path(EMBEDDED).path("tags")) {
      if (tag.hasNonNull("name")) {
        tags.add(new Tag(text(tag, "id"), text(tag, "name")));
      }
    }
    return new Lead(
        text(json, "id"),
        text(json, "status_id"),
        text(json, "pipeline_id"),
        standardFields(json),
        customFields(json.path("custom_fields_values")),
        tags,
        contactIds(json.path(EMBEDDED).path("contacts")),
        time(json, "updated_at"));
  }

  static List<Lead> leads(JsonNode json) {
    return list(json, "leads", KommoAnswers::lead);
  }

  static List<Task> tasks(JsonNode json) {
    return newestFirst(
        Task::id,
        list(
            json,
            "tasks",
            task ->
                new Task(
                    text(task, "id"),
                    text(task, "text"),
                    time(task, "complete_till"),
                    task.path("is_completed").asBoolean(),
                    text(task, "task_type_id"),
                    text(task, "responsible_user_id"),
                    text(task, "created_by"),
                    time(task, "created_at"))));
  }

  static List<Note> notes(JsonNode json) {
    return newestFirst(
        Note::id,
        list(
            json,
            "notes",
            note ->
                new Note(
                    text(note, "id"),
                    text(note, "note_type"),
                    text(note.path("params"), "text"),
                    text(note, "created_by"),
                    time(note, "created_at"))));
  }

  static List<Message> messages(JsonNode json) {
    return list(
        json,
        "messages",
        message ->
            new Message(
                text(message, "id"),
                text(message, "text"),
                "outgoing".equals(text(message, "type")),
                time(message, "created_at")));
  }

  static List<StageMove> moves(JsonNode json) {
    return list(
        json,
        "events",
        event -> {
          JsonNode stage = event.path("value_after").path(0).path("lead_status");
          return new StageMove(
              text(event, "entity_id"),
              text(stage, "pipeline_id"),
              text(stage, "id"),
              text(event, "created_by"),
              time(event, "created_at"));
        });
  }

  static List<PastWrite> writes(JsonNode json) {
    return list(
        json,
        "events",
        event -> {
          JsonNode after = event.path("value_after").path(0);
          JsonNode custom = after.path("custom_field_value");
          StandardFieldEvent standard = StandardFieldEvent.ofType(text(event, "type"));
          JsonNode value = standard == null ? custom.path("text") : standard.value(after);
          return new PastWrite(
              text(event, "entity_id"),
              standard == null ? text(custom, "field_id") : standard.field(),
              value.isValueNode() && !value.isNull() ? value.asText() : null,
              text(event, "created_by"),
              time(event, "created_at"));
        });
  }

  static List<Talk> talks(JsonNode json) {
    return list(json, "talks", KommoAnswers::talk);
  }

  static Talk talk(JsonNode json) {
    boolean ofLead = String.valueOf(text(json, "entity_type")).startsWith("lead");
    return new Talk(
        text(json, json.hasNonNull("talk_id") ? "talk_id" : "id"),
        text(json, "contact_id"),
        ofLead ? text(json, "entity_id") : null,
        json.path("is_in_work").asBoolean(),
        text(json, "chat_id"),
        time(json, "updated_at"));
  }

  /** Id of the first thing that a write made, null when the answer does not say. */
  static String firstId(JsonNode json, String list) {
    return text(json.path(EMBEDDED).path(list).path(0), "id");
  }

  /** Ids of all things that a write changed, as far as the answer says. */
  static Set<String> ids(JsonNode json, String list) {
    Set<String> ids = new HashSet<>();
    for (JsonNode item : json.path(EMBEDDED).path(list)) {
      if (item.hasNonNull("id")) {
        ids.add(text(item, "id"));
      }
    }
    return ids;
  }

  /** Null for what is missing, null, or no plain value. */
  static String text(JsonNode json, String name) {
    JsonNode value = json.get(name);
    return value == null || value.isNull() || !value.isValueNode() ? null : value.asText();
  }

  /** The entity's id; null when it is no positive number: ids end up in keys and in paths. */
  static String id(JsonNode json) {
    String id = text(json, "id");
    return id != null && NUMBER.matcher(id).matches() ? id : null;
  }

  private static Map<String, String> standardFields(JsonNode json) {
    Map<String, String> fields = new HashMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> it = json.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> field = it.next();
      if (field.getValue().isValueNode() && !field.getValue().isNull()) {
        fields.put(field.getKey(), field.getValue().asText());
      }
    }
    return fields;
  }

  private static List<CustomField> customFields(JsonNode json) {
    List<CustomField> fields = new ArrayList<>();
    for (JsonNode field : json) {
      List<FieldValue> values = new ArrayList<>();
      for (JsonNode value : field.path("values")) {
        values.add(
            new FieldValue(text(value, "value"), text(value, "enum_id"), text(value, "enum_code")));
      }
      String id = text(field, "field_id");
      fields.add(
          new CustomField(
              id == null ? "" : id, text(field, "field_code"), text(field, "field_name"), values));
    }
    return fields;
  }

  private static List<String> contactIds(JsonNode json) {
    List<String> ids = new ArrayList<>();
    for (JsonNode contact : json) {
      String id = text(contact, "id");
      if (id != null) {
        ids.add(contact.path("is_main").asBoolean() ? 0 : ids.size(), id);
      }
    }
    return ids;
  }

  private static Instant time(JsonNode json, String name) {
    long seconds = json.path(name).asLong();
    return seconds > 0 && seconds < LATEST ? Instant.ofEpochSecond(seconds) : null;
  }

  /** By growing ids: accounts that do not know the order asked for answer in their own. */
  private static <T> List<T> newestFirst(Function<T, String> id, List<T> items) {
    Comparator<String> byNumber =
        Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());
    items.sort(Comparator.comparing(id, Comparator.nullsFirst(byNumber)).reversed());
    return items;
  }

  private static <T> List<T> list(JsonNode json, String name, Function<JsonNode, T> reader) {
    List<T> items = new ArrayList<>();
    for (JsonNode item : json.path(EMBEDDED).path(name)) {
      items.add(reader.apply(item));
    }
    return items;
  }
}
