package io.voronka.infra.sandbox.kommo.actions;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.kommo.hooks.NoteSignals;
import io.voronka.infra.sandbox.kommo.model.Lead;
import io.voronka.infra.sandbox.kommo.model.Note;
import io.voronka.infra.sandbox.kommo.state.ChangeKind;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.web.Json;

/** Writing notes, calls included. */
public final class NoteActions {
  private NoteActions() {}

  /**
   * Adds a note.
   *
   * @param entityType {@code leads}, {@code contacts}, {@code companies}
   * @param createdBy null for the actor
   */
  public static Note add(
      Changes changes,
      String entityType,
      long entityId,
      String noteType,
      JsonNode params,
      Long createdBy) {
    long now = changes.seconds();
    long by = createdBy == null ? changes.actor().userId() : createdBy;
    long responsible =
        entityType.equals("leads")
            ? changes.account().lead(entityId).map(Lead::responsibleUserId).orElse(by)
            : by;
    Note note =
        new Note(
            changes.account().newId(),
            entityType,
            entityId,
            noteType,
            params,
            responsible,
            by,
            by,
            now,
            now);
    changes.put(ChangeKind.NOTE, note);
    changes.effect("add_note", entityType, entityId, String.valueOf(note.id()));
    String feedType =
        switch (noteType) {
          case "call_in" -> "incoming_call";
          case "call_out" -> "outgoing_call";
          default -> noteType + "_note_added";
        };
    changes.event(
        feedType,
        entityType.equals("companies")
            ? "company"
            : entityType.substring(0, entityType.length() - 1),
        entityId,
        Json.array(),
        Json.array().add(Json.object().set("note", Json.object().put("id", note.id()))));
    changes.signal(NoteSignals.added(changes.account(), note));
    return note;
  }
}
