package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.kommo.actions.NoteActions;
import io.voronka.infra.sandbox.kommo.model.Note;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.Routes;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** {@code /api/v4/{leads|contacts|companies}[/{id}]/notes}. */
final class NotesApi {
  private static final int MOST = 250;

  private NotesApi() {}

  static void mount(Routes<RestEndpoint> routes) {
    for (String type : List.of("leads", "contacts", "companies")) {
      String path = "/api/v4/" + type;
      routes
          .on("GET", path + "/notes", call -> list(call, type, call.account().notes(type)))
          .on(
              "GET",
              path + "/{id}/notes",
              call -> list(call, type, call.account().notes(type, call.id(0))))
          .on(
              "POST",
              path + "/notes",
              call -> add(call, type, item -> item.path("entity_id").asLong(0)))
          .on("POST", path + "/{id}/notes", call -> add(call, type, item -> call.id(0)));
    }
  }

  private static RestReply list(RestCall call, String type, List<Note> notes) {
    Comparator<Note> order = Comparator.comparingLong(Note::id);
    boolean newestFirst =
        call.query().text("order[id]").orElse("").equals("desc")
            || call.query().text("order[updated_at]").orElse("").equals("desc");
    List<Note> found =
        notes.stream()
            .filter(Pages.among(call, "id", Note::id))
            .filter(Pages.among(call, "entity_id", Note::entityId))
            .filter(Pages.amongTexts(call, "note_type", Note::noteType))
            .filter(Pages.within(call, "updated_at", Note::updatedAt))
            .sorted(newestFirst ? order.reversed() : order)
            .toList();
    return Pages.of(
        call,
        "/api/v4/" + type + "/notes",
        "notes",
        found,
        50,
        MOST,
        n -> Views.note(call.account(), n));
  }

  private static RestReply add(RestCall call, String type, ToLongFunction<JsonNode> entity) {
    List<JsonNode> items = call.items(MOST);
    Violations violations = new Violations();
    for (int i = 0; i < items.size(); i++) {
      violations.of(items.get(i).path("request_id").asText(String.valueOf(i)));
      NoteReader.check(
          call.account(), type, entity.applyAsLong(items.get(i)), items.get(i), violations);
    }
    violations.check();
    ArrayNode written = Json.array();
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      long entityId = entity.applyAsLong(item);
      Note note =
          NoteActions.add(
              call.changes(),
              type,
              entityId,
              item.path("note_type").asText(),
              item.get("params"),
              NoteReader.author(item));
      JsonNode requestId = item.get("request_id");
      String path = "/api/v4/" + type + "/" + entityId + "/notes/" + note.id();
      written.add(
          Views.written(
                  call.account(),
                  path,
                  note.id(),
                  requestId == null ? Json.tree(String.valueOf(i)) : requestId)
              .put("entity_id", entityId));
    }
    ObjectNode body = Json.object();
    body.set("_links", Views.self(call.account(), "/api/v4/" + type + "/notes"));
    body.putObject("_embedded").set("notes", written);
    return RestReply.ok(body);
  }
}
