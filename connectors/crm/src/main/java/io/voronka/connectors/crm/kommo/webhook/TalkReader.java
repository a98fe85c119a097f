package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;

/** Talks: a conversation with a client, open or closed. */
final class TalkReader implements EntityReader {
  @Override
  public boolean knows(String action) {
    return action.equals("add") || action.equals("update");
  }

  @Override
  public void read(String action, FormNode talk, Findings findings) {
    String id =
        findings.wordId(talk.text("talk_id") != null ? talk.text("talk_id") : talk.text("id"));
    if (id == null) {
      return;
    }
    boolean opened = action.equals("add");
    Long occurredAt = VendorTime.first(talk, "updated_at");
    if (occurredAt == null && opened) {
      occurredAt = VendorTime.first(talk, "created_at");
    }
    EventDraft draft =
        new EventDraft(opened ? EventKind.TALK_OPENED : EventKind.TALK_UPDATED, EntityType.TALK, id)
            .occurredAt(occurredAt)
            .fields(StandardFields.of(talk))
            .identity("talk", action, id, talk.text("updated_at"), talk.text("is_in_work"));
    MessageReader.aboutLead(talk, draft);
    findings.event(draft.link(EntityType.CONTACT, talk.text("contact_id")));
  }
}
