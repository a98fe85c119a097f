package io.voronka.infra.sandbox.kommo.actions;

import io.voronka.infra.sandbox.kommo.hooks.ContactSignals;
import io.voronka.infra.sandbox.kommo.model.Contact;
import io.voronka.infra.sandbox.kommo.state.ChangeKind;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.web.Json;
import java.util.List;

/** Making and changing contacts and companies. */
public final class ContactActions {
  private ContactActions() {}

  /** What to set on a contact; a null component leaves that part as it is. */
  public record ContactPatch(
      String name,
      Boolean company,
      Long responsibleUserId,
      List<FieldChange> fields,
      TagChange tags,
      List<Long> leadIds) {}

  public static Contact create(Changes changes, Long id, ContactPatch patch) {
    long now = changes.seconds();
    long by = changes.actor().userId();
    Contact contact =
        new Contact(
            id == null ? changes.account().newId() : id,
            patch.name() == null ? "" : patch.name(),
            Boolean.TRUE.equals(patch.company()),
            patch.responsibleUserId() == null
                ? changes.account().card().users().get(0).id()
                : patch.responsibleUserId(),
            by,
            by,
            now,
            now,
            FieldChange.apply(List.of(), patch.fields()),
            patch.tags().apply(changes.account(), List.of()),
            patch.leadIds());
    changes.put(ChangeKind.CONTACT, contact);
    changes.effect("create_contact", "contacts", contact.id(), String.valueOf(contact.id()));
    changes.event(
        contact.company() ? "company_added" : "contact_added",
        contact.company() ? "company" : "contact",
        contact.id(),
        Json.array(),
        Json.array());
    changes.signal(ContactSignals.added(changes.account(), contact));
    return contact;
  }

  public static Contact update(Changes changes, Contact old, ContactPatch patch) {
    Contact contact =
        new Contact(
            old.id(),
            patch.name() == null ? old.name() : patch.name(),
            old.company(),
            patch.responsibleUserId() == null ? old.responsibleUserId() : patch.responsibleUserId(),
            old.createdBy(),
            changes.actor().userId(),
            old.createdAt(),
            changes.seconds(),
            FieldChange.apply(old.fields(), patch.fields()),
            patch.tags().apply(changes.account(), old.tags()),
            patch.leadIds() == null ? old.leadIds() : patch.leadIds());
    changes.put(ChangeKind.CONTACT, contact);
    changes.effect("update_contact", "contacts", contact.id(), null);
    changes.signal(ContactSignals.updated(changes.account(), old, contact));
    return contact;
  }
}
