package io.voronka.infra.sandbox.kommo.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.kommo.model.Note;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.kommo.state.Signal;
import io.voronka.infra.sandbox.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** What subscribers hear about notes; a call is a note whose text is itself JSON. */
public final class NoteSignals {
  private static final Map<String, Integer> TYPES =
      Map.of(
          "common",
          4,
          "attachment",
          5,
          "call_in",
          10,
          "call_out",
          11,
          "service_message",
          25,
          "extended_service_message",
          25,
          "sms_in",
          102,
          "sms_out",
          103);

  private NoteSignals() {}

  public static Signal added(KommoAccount account, Note note) {
    int elementType = TaskSignals.elementType(note.entityType());
    FieldList fields =
        new FieldList("[note]")
            .add("id", note.id())
            .add("text", text(note))
            .add("attachement", "")
            .add("date_create", TaskSignals.dateText(note.createdAt()))
            .add("note_type", TYPES.getOrDefault(note.noteType(), 4))
            .add("element_type", elementType)
            .add("element_id", note.entityId())
            .add("catalog_id", 0)
            .add("group_id", 0)
            .add("timestamp_x", TaskSignals.dateText(note.updatedAt()))
            .add("account_id", account.card().id())
            .add("metadata", metadata(note))
            .add("created_by", note.createdBy())
            .add("modified_by", note.updatedBy())
            .add("main_user_id", note.responsibleUserId())
            .add("created_at", note.createdAt())
            .add("updated_at", note.updatedAt());
    boolean lead = note.entityType().equals("leads");
    String code =
        switch (note.entityType()) {
          case "leads" -> "note_lead";
          case "companies" -> "note_company";
          default -> "note_contact";
        };
    if (!lead) {
      fields.pairs().add(new Signal.Pair("[type]", code.substring("note_".length())));
    }
    return new Signal(
        code,
        lead ? "leads" : "contacts",
        "note",
        note.entityType() + "/" + note.entityId(),
        fields.pairs());
  }

  private static String text(Note note) {
    if (!note.noteType().startsWith("call_")) {
      return note.params().path("text").asText("");
    }
    ObjectNode call = Json.object();
    note.params()
        .properties()
        .forEach(
            e -> {
              // The first four kept the capitals of the old API; the result keys never had them.
              String key =
                  switch (e.getKey()) {
                    case "uniq", "phone", "duration", "link" -> e.getKey().toUpperCase(Locale.ROOT);
                    case "source" -> "SRC";
                    default -> e.getKey();
                  };
              JsonNode value = e.getValue();
              boolean number = key.equals("DURATION");
              if (number) {
                call.set(key, value);
              } else {
                call.put(key, value.asText());
              }
            });
    return new String(Json.bytes(call), StandardCharsets.UTF_8);
  }

  private static String metadata(Note note) {
    ObjectNode source = Json.object().put("id", note.createdBy()).put("type", 1);
    return new String(
        Json.bytes(Json.object().set("event_source", source)), StandardCharsets.UTF_8);
  }
}
