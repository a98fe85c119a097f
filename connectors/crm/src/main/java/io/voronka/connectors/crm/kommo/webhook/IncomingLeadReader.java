package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;

/** Incoming leads ("unsorted"): what waits to be accepted or declined. */
final class IncomingLeadReader implements EntityReader {
  @Override
  public boolean knows(String action) {
    return action.equals("add") || action.equals("update") || action.equals("delete");
  }

  @Override
  public void read(String action, FormNode incoming, Findings findings) {
    String uid = findings.wordId(incoming.text("uid"));
    if (uid == null) {
      return;
    }
    EventKind kind = kind(action, incoming);
    if (kind == EventKind.UNKNOWN) {
      findings.problem(NotUnderstood.Reason.UNKNOWN_TYPE);
      return;
    }
    EventDraft draft =
        new EventDraft(kind, EntityType.INCOMING_LEAD, uid)
            .occurredAt(occurredAt(action, incoming))
            .actor(incoming.text("modified_user_id"))
            .fields(StandardFields.of(incoming))
            // An incoming lead is added and ends once, but may be updated often.
            .identity(
                "unsorted",
                kind.name(),
                uid,
                action.equals("update") ? CanonicalPairs.hash(incoming) : "");
    draft.about(EntityType.LEAD, incoming.text("lead_id"));
    for (String result : new String[] {"accept_result", "decline_result", "data"}) {
      about(incoming.descend(result, "leads"), EntityType.LEAD, draft);
      about(incoming.descend(result, "contacts"), EntityType.CONTACT, draft);
      about(incoming.descend(result, "companies"), EntityType.COMPANY, draft);
    }
    findings.event(draft);
  }

  private static EventKind kind(String action, FormNode incoming) {
    if (action.equals("add")) {
      return EventKind.INCOMING_LEAD_ADDED;
    }
    if (action.equals("update")) {
      return EventKind.INCOMING_LEAD_UPDATED;
    }
    String ending = incoming.text("action");
    if ("accept".equals(ending) || ending == null && incoming.child("accept_result") != null) {
      return EventKind.INCOMING_LEAD_ACCEPTED;
    }
    if ("decline".equals(ending) || ending == null && incoming.child("decline_result") != null) {
      return EventKind.INCOMING_LEAD_DECLINED;
    }
    return EventKind.UNKNOWN;
  }

  private static Long occurredAt(String action, FormNode incoming) {
    Long changed = VendorTime.first(incoming, "updated_at");
    // an update carries the time of the first arrival
    return changed != null || action.equals("update")
        ? changed
        : VendorTime.first(incoming, "created_at", "date_create");
  }

  /** Results name entities by bare id, data by a record with an id. */
  private static void about(FormNode list, EntityType type, EventDraft draft) {
    if (list == null) {
      return;
    }
    list.orderByNumber();
    for (int i = 0; i < list.size(); i++) {
      FormNode item = list.childAt(i);
      draft.about(type, item.text() != null ? item.text() : item.text("id"));
    }
  }
}
