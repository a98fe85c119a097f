package io.voronka.infra.sandbox.kommo.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.kommo.actions.ContactActions;
import io.voronka.infra.sandbox.kommo.actions.LeadActions;
import io.voronka.infra.sandbox.kommo.actions.LeadPatch;
import io.voronka.infra.sandbox.kommo.actions.NoteActions;
import io.voronka.infra.sandbox.kommo.actions.TalkActions;
import io.voronka.infra.sandbox.kommo.actions.TaskActions;
import io.voronka.infra.sandbox.kommo.model.Lead;
import io.voronka.infra.sandbox.kommo.model.Talk;
import io.voronka.infra.sandbox.kommo.model.Task;
import io.voronka.infra.sandbox.kommo.rest.ContactReader;
import io.voronka.infra.sandbox.kommo.rest.LeadReader;
import io.voronka.infra.sandbox.kommo.rest.NoteReader;
import io.voronka.infra.sandbox.kommo.rest.TaskReader;
import io.voronka.infra.sandbox.kommo.rest.Violations;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.web.Json;
import java.util.Optional;

/**
 * The table of what a person can do: {@code {"do": "move_lead", …}}, with the same properties as
 * REST v4 where there are any. Each answers the id of what it made or touched.
 */
public final class HumanActions {
  private HumanActions() {}

  /**
   * Does one action.
   *
   * @throws IllegalArgumentException for an unknown action or a missing entity
   * @throws io.voronka.infra.sandbox.kommo.rest.RestProblem for values the account does not know
   */
  public static ObjectNode perform(Changes changes, JsonNode action) {
    String what = action.path("do").asText("");
    return switch (what) {
      case "create_lead" -> createLead(changes, action);
      case "update_lead", "move_lead" -> updateLead(changes, action);
      case "delete_lead" -> deleteLead(changes, action);
      case "restore_lead" -> restoreLead(changes, action);
      case "create_contact" -> createContact(changes, action);
      case "update_contact" -> updateContact(changes, action);
      case "create_task" -> createTask(changes, action);
      case "update_task" -> updateTask(changes, action);
      case "delete_task" -> deleteTask(changes, action);
      case "add_note" -> addNote(changes, action);
      case "open_talk" -> openTalk(changes, action);
      case "close_talk" -> closeTalk(changes, action);
      case "receive_message" -> receive(changes, action);
      case "send_message" -> send(changes, action);
      default -> throw new IllegalArgumentException("unknown action: do=" + what);
    };
  }

  private static ObjectNode createLead(Changes changes, JsonNode action) {
    Violations violations = new Violations();
    LeadPatch patch = LeadReader.read(changes.account(), null, action, violations);
    violations.check();
    Long id = action.has("id") ? (Long) action.get("id").asLong() : null;
    if (id != null && changes.account().lead(id).isPresent()) {
      throw new IllegalArgumentException("there is a lead " + id + " already");
    }
    return id(LeadActions.create(changes, id, patch).id());
  }

  private static ObjectNode updateLead(Changes changes, JsonNode action) {
    Lead old = lead(changes.account(), action);
    Violations violations = new Violations();
    LeadPatch patch = LeadReader.read(changes.account(), old, action, violations);
    violations.check();
    return id(LeadActions.update(changes, old, patch).id());
  }

  private static ObjectNode deleteLead(Changes changes, JsonNode action) {
    Lead lead = lead(changes.account(), action);
    LeadActions.delete(changes, lead);
    return id(lead.id());
  }

  private static ObjectNode restoreLead(Changes changes, JsonNode action) {
    Lead lead = lead(changes.account(), action);
    LeadActions.restore(changes, lead);
    return id(lead.id());
  }

  private static ObjectNode createContact(Changes changes, JsonNode action) {
    Violations violations = new Violations();
    ContactActions.ContactPatch patch =
        ContactReader.read(
            changes.account(), action.path("company").asBoolean(), action, violations);
    violations.check();
    Long id = action.has("id") ? (Long) action.get("id").asLong() : null;
    return id(ContactActions.create(changes, id, patch).id());
  }

  private static ObjectNode updateContact(Changes changes, JsonNode action) {
    var old = need(changes.account().contact(action.path("id").asLong()), "contact", action);
    Violations violations = new Violations();
    ContactActions.ContactPatch patch =
        ContactReader.read(changes.account(), old.company(), action, violations);
    violations.check();
    return id(ContactActions.update(changes, old, patch).id());
  }

  private static ObjectNode createTask(Changes changes, JsonNode action) {
    Violations violations = new Violations();
    TaskActions.TaskPatch patch = TaskReader.read(changes.account(), true, action, violations);
    violations.check();
    return id(TaskActions.create(changes, patch).id());
  }

  private static ObjectNode updateTask(Changes changes, JsonNode action) {
    Task old = need(changes.account().task(action.path("id").asLong()), "task", action);
    Violations violations = new Violations();
    TaskActions.TaskPatch patch = TaskReader.read(changes.account(), false, action, violations);
    violations.check();
    return id(TaskActions.update(changes, old, patch).id());
  }

  private static ObjectNode deleteTask(Changes changes, JsonNode action) {
    Task old = need(changes.account().task(action.path("id").asLong()), "task", action);
    TaskActions.delete(changes, old);
    return id(old.id());
  }

  private static ObjectNode addNote(Changes changes, JsonNode action) {
    ObjectNode note = action.deepCopy();
    if (!note.has("note_type")) {
      note.put("note_type", "common");
    }
    if (note.has("text")) {
      note.putObject("params").put("text", note.get("text").asText());
    }
    String type = note.path("entity_type").asText("leads");
    long entityId = note.path("entity_id").asLong();
    Violations violations = new Violations();
    NoteReader.check(changes.account(), type, entityId, note, violations);
    violations.check();
    return id(
        NoteActions.add(
                changes,
                type,
                entityId,
                note.get("note_type").asText(),
                note.get("params"),
                NoteReader.author(note))
            .id());
  }

  private static ObjectNode openTalk(Changes changes, JsonNode action) {
    long leadId = action.path("lead_id").asLong(0);
    long contactId = action.path("contact_id").asLong(0);
    if (contactId == 0) {
      contactId =
          changes
              .account()
              .lead(leadId)
              .flatMap(l -> l.contactIds().stream().findFirst())
              .orElse(0L);
    }
    Long id = action.has("id") ? (Long) action.get("id").asLong() : null;
    String origin = action.path("origin").asText("telegram");
    return id(TalkActions.open(changes, id, contactId, leadId, origin).id());
  }

  private static ObjectNode closeTalk(Changes changes, JsonNode action) {
    Talk talk = talk(changes.account(), action);
    TalkActions.close(changes, talk);
    return id(talk.id());
  }

  private static ObjectNode receive(Changes changes, JsonNode action) {
    JsonNode file = action.path("attachment");
    TalkActions.Attachment attachment =
        file.isObject()
            ? new TalkActions.Attachment(
                file.path("type").asText("picture"),
                file.path("link").asText("https://example.test/a.jpg"),
                file.path("file_name").asText("a.jpg"))
            : TalkActions.Attachment.NONE;
    String message =
        TalkActions.receive(
                changes,
                talk(changes.account(), action),
                action.path("text").asText(""),
                action.path("author").asText("Client"),
                attachment,
                action.path("unwrapped").asBoolean())
            .id();
    return Json.object().put("id", message);
  }

  private static ObjectNode send(Changes changes, JsonNode action) {
    Talk talk = talk(changes.account(), action);
    return Json.object()
        .put("id", TalkActions.send(changes, talk, action.path("text").asText("")).id());
  }

  private static Lead lead(KommoAccount account, JsonNode action) {
    return need(account.lead(action.path("id").asLong()), "lead", action);
  }

  private static Talk talk(KommoAccount account, JsonNode action) {
    return need(account.talk(action.path("talk_id").asLong()), "talk", action);
  }

  private static <T> T need(Optional<T> found, String what, JsonNode action) {
    return found.orElseThrow(
        () -> new IllegalArgumentException("no such " + what + " for " + action));
  }

  private static ObjectNode id(long id) {
    return Json.object().put("id", id);
  }
}
