package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;

/**
 * Chat messages, in and out. Those to a client name no lead, only their talk: they are the talk's,
 * and whoever knows whose talk it is finds the lead.
 */
final class MessageReader implements EntityReader {
  private final EventKind kindByKey;

  /**
   * @param kindByKey what the top key says; a message that calls itself outgoing is one anyway
   */
  MessageReader(EventKind kindByKey) {
    this.kindByKey = kindByKey;
  }

  @Override
  public boolean knows(String action) {
    return action.equals("add");
  }

  @Override
  public void read(String action, FormNode message, Findings findings) {
    String id = findings.wordId(message.text("id"));
    if (id == null) {
      return;
    }
    boolean sent = kindByKey == EventKind.MESSAGE_SENT || "outgoing".equals(message.text("type"));
    FormNode author = message.child("author");
    EventDraft draft =
        new EventDraft(
                sent ? EventKind.MESSAGE_SENT : EventKind.MESSAGE_RECEIVED, EntityType.MESSAGE, id)
            .occurredAt(VendorTime.first(message, "created_at"))
            .actor(sent && author != null ? author.text("user_id") : null)
            .fields(StandardFields.of(message))
            .identity(sent ? "outgoing_message" : "message", id);
    aboutLead(message, draft);
    findings.event(
        draft
            .orElseOf(EntityType.TALK, message.text("talk_id"))
            .link(EntityType.CONTACT, message.text("contact_id"))
            .link(EntityType.TALK, message.text("talk_id")));
  }

  /** Messages and talks name the entity they belong to in words, older ones in numbers. */
  static void aboutLead(FormNode entity, EventDraft draft) {
    draft.about(ElementTypes.of(entity.text("entity_type")), entity.text("entity_id"));
    draft.about(ElementTypes.of(entity.text("element_type")), entity.text("element_id"));
  }
}
