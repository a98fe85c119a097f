package io.voronka.infra.sandbox.kommo.hooks;

import io.voronka.infra.sandbox.kommo.model.Contact;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.kommo.state.Signal;

/** What subscribers hear about contacts and companies, which share the key {@code contacts}. */
public final class ContactSignals {
  private ContactSignals() {}

  public static Signal added(KommoAccount account, Contact contact) {
    return signal(account, "add", contact, null);
  }

  /** A change of the responsible user is an update that names the old one. */
  public static Signal updated(KommoAccount account, Contact old, Contact contact) {
    boolean reassigned = old.responsibleUserId() != contact.responsibleUserId();
    return signal(account, "update", contact, reassigned ? old.responsibleUserId() : null);
  }

  private static Signal signal(
      KommoAccount account, String action, Contact contact, Long oldUserId) {
    FieldList fields =
        new FieldList()
            .add("id", contact.id())
            .add("name", contact.name())
            .add("responsible_user_id", contact.responsibleUserId())
            .addIfPresent("old_responsible_user_id", oldUserId)
            .add("date_create", contact.createdAt())
            .add("last_modified", contact.updatedAt())
            .add("created_user_id", contact.createdBy())
            .add("modified_user_id", contact.updatedBy())
            .add("account_id", account.card().id())
            .addCustomFields(account, contact.entityType(), contact.fields());
    contact.leadIds().forEach(id -> fields.addPath("[linked_leads_id][" + id + "][ID]", id));
    fields
        .addTags(contact.tags())
        .add("created_at", contact.createdAt())
        .add("updated_at", contact.updatedAt())
        .add("type", contact.company() ? "company" : "contact");
    String code = action + (contact.company() ? "_company" : "_contact");
    return new Signal(code, "contacts", action, "contacts/" + contact.id(), fields.pairs());
  }
}
