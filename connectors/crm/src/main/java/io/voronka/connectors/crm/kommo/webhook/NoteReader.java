package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import java.util.Map;

/**
 * Notes and calls, under the action {@code note} of the entity they hang on, nested in a name of
 * their own or flat.
 */
final class NoteReader implements EntityReader {
  static final String ACTION = "note";

  /** What the top key says when the note does not. */
  private final EntityType parent;

  NoteReader(EntityType parent) {
    this.parent = parent;
  }

  @Override
  public boolean knows(String action) {
    return action.equals(ACTION);
  }

  @Override
  public void read(String action, FormNode entity, Findings findings) {
    FormNode nested = entity.child(ACTION);
    FormNode note = nested != null && nested.size() > 0 ? nested : entity;
    String id = findings.numberId(note.text("id"));
    if (id == null) {
      return;
    }
    EventKind kind = kind(note.text("note_type"));
    StandardFields fields = StandardFields.of(note);
    if (kind != EventKind.NOTE_ADDED) {
      Map<String, String> details = CallDetails.parse(note.text("text"));
      if (details == null) {
        findings.problem(NotUnderstood.Reason.BROKEN_CALL_DETAILS, note.child("text"));
      } else {
        fields.now().putAll(details);
      }
    }
    findings.event(
        new EventDraft(kind, EntityType.NOTE, id)
            .about(parentType(note, entity), note.text("element_id"))
            .occurredAt(VendorTime.first(note, "updated_at", "created_at", "last_modified"))
            .actor(first(note, "modified_by", "modified_user_id", "created_by", "created_user_id"))
            .fields(fields)
            .identity("note", id, note.text("updated_at"), note.text("note_type"), contents(note)));
  }

  /** Tells notes with one id apart where no time does: those of a file and its text come as two. */
  private static String contents(FormNode note) {
    return note.text("updated_at") == null ? CanonicalPairs.hash(note) : null;
  }

  private EntityType parentType(FormNode note, FormNode entity) {
    EntityType named = ElementTypes.of(note.text("element_type"));
    if (named != EntityType.UNKNOWN) {
      return named;
    }
    EntityType sibling = ElementTypes.of(entity.text("type"));
    return sibling != EntityType.UNKNOWN ? sibling : parent;
  }

  private static EventKind kind(String noteType) {
    if (noteType == null) {
      return EventKind.NOTE_ADDED;
    }
    return switch (noteType) {
      case "10", "call_in" -> EventKind.CALL_RECEIVED;
      case "11", "call_out" -> EventKind.CALL_MADE;
      default -> EventKind.NOTE_ADDED;
    };
  }

  private static String first(FormNode note, String... names) {
    for (String name : names) {
      if (note.text(name) != null) {
        return note.text(name);
      }
    }
    return null;
  }
}
