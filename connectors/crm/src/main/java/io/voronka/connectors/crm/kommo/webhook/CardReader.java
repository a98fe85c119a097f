package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import java.util.Map;

/**
 * Leads, contacts, companies, customers and catalog items: entities with an id, fields and a time
 * of change.
 */
final class CardReader implements EntityReader {
  private static final String DELETE = "delete";

  static final CardReader LEADS =
      new CardReader(
          "leads",
          EntityType.LEAD,
          Map.ofEntries(
              Map.entry("add", EventKind.LEAD_CREATED),
              Map.entry("update", EventKind.LEAD_UPDATED),
              Map.entry(DELETE, EventKind.LEAD_DELETED),
              Map.entry("restore", EventKind.LEAD_RESTORED),
              Map.entry("status", EventKind.LEAD_STAGE_CHANGED),
              Map.entry("responsible", EventKind.LEAD_RESPONSIBLE_CHANGED),
              // Digital Pipeline triggers
              Map.entry("call_in", EventKind.CALL_TRIGGERED),
              Map.entry("chat", EventKind.CHAT_STARTED),
              Map.entry("site_visit", EventKind.SITE_VISITED),
              Map.entry("mail_in", EventKind.MAIL_RECEIVED)));

  static final CardReader CONTACTS =
      new CardReader(
          "contacts",
          EntityType.CONTACT,
          Map.of(
              "add",
              EventKind.CONTACT_CREATED,
              "update",
              EventKind.CONTACT_UPDATED,
              DELETE,
              EventKind.CONTACT_DELETED,
              "restore",
              EventKind.CONTACT_RESTORED,
              "responsible",
              EventKind.CONTACT_RESPONSIBLE_CHANGED));

  static final CardReader COMPANIES =
      new CardReader(
          "companies",
          EntityType.COMPANY,
          Map.of(
              "add",
              EventKind.COMPANY_CREATED,
              "update",
              EventKind.COMPANY_UPDATED,
              DELETE,
              EventKind.COMPANY_DELETED,
              "restore",
              EventKind.COMPANY_RESTORED,
              "responsible",
              EventKind.COMPANY_RESPONSIBLE_CHANGED));

  static final CardReader CUSTOMERS =
      new CardReader(
          "customers",
          EntityType.CUSTOMER,
          Map.of(
              "add",
              EventKind.CUSTOMER_CREATED,
              "update",
              EventKind.CUSTOMER_UPDATED,
              DELETE,
              EventKind.CUSTOMER_DELETED,
              "responsible",
              EventKind.CUSTOMER_RESPONSIBLE_CHANGED,
              "period",
              EventKind.CUSTOMER_PERIOD_CHANGED));

  static final CardReader CATALOG_ITEMS =
      new CardReader(
          "catalogs",
          EntityType.CATALOG_ITEM,
          Map.of(
              "add",
              EventKind.CATALOG_ITEM_CREATED,
              "update",
              EventKind.CATALOG_ITEM_UPDATED,
              DELETE,
              EventKind.CATALOG_ITEM_DELETED));

  private final String topKey;
  private final EntityType type;
  private final Map<String, EventKind> kinds;

  private CardReader(String topKey, EntityType type, Map<String, EventKind> kinds) {
    this.topKey = topKey;
    this.type = type;
    this.kinds = kinds;
  }

  @Override
  public boolean knows(String action) {
    return kinds.containsKey(action);
  }

  @Override
  public void read(String action, FormNode entity, Findings findings) {
    String id = findings.numberId(entity.text("id"));
    if (id == null) {
      return;
    }
    String changed = changedField(entity);
    EventDraft draft =
        new EventDraft(kind(action, entity), type, id)
            .occurredAt(occurredAt(action, entity))
            .actor(actor(action, entity))
            .fields(StandardFields.of(entity))
            .customFields(CustomFields.of(entity))
            .tags(CustomFields.tags(entity))
            .identity(topKey, action, id, changed, CanonicalPairs.hash(entity));
    linkNeighbours(entity, draft);
    findings.event(draft);
  }

  @Override
  public void readText(String action, String text, Findings findings) {
    if (!action.equals(DELETE)) {
      findings.problem(NotUnderstood.Reason.MISSING_ID);
    } else if (!VendorId.isNumber(text)) {
      findings.problem(NotUnderstood.Reason.BAD_ID);
    } else {
      findings.event(
          new EventDraft(kinds.get(action), type, text).identity(topKey, action, text, "", ""));
    }
  }

  /** Contacts and companies tell a new responsible user by an update that names the old one. */
  private EventKind kind(String action, FormNode entity) {
    EventKind kind = kinds.get(action);
    String old = entity.text("old_responsible_user_id");
    if (old == null || old.equals(entity.text("responsible_user_id"))) {
      return kind;
    }
    return switch (kind) {
      case CONTACT_UPDATED -> EventKind.CONTACT_RESPONSIBLE_CHANGED;
      case COMPANY_UPDATED -> EventKind.COMPANY_RESPONSIBLE_CHANGED;
      default -> kind;
    };
  }

  private static String changedField(FormNode entity) {
    for (String name : new String[] {"last_modified", "updated_at", "date_modify"}) {
      String text = entity.text(name);
      if (text != null) {
        return text;
      }
    }
    return "";
  }

  private static Long occurredAt(String action, FormNode entity) {
    Long changed = VendorTime.first(entity, "last_modified", "updated_at", "date_modify");
    // the time of making is the time of the event for nothing else
    return changed == null && action.equals("add")
        ? VendorTime.first(entity, "created_at", "date_create")
        : changed;
  }

  private static String actor(String action, FormNode entity) {
    for (String name : new String[] {"modified_user_id", "modified_by", "updated_by"}) {
      String text = entity.text(name);
      if (text != null) {
        return text;
      }
    }
    if (!action.equals("add")) {
      return null;
    }
    String creator = entity.text("created_user_id");
    return creator != null ? creator : entity.text("created_by");
  }

  private static void linkNeighbours(FormNode entity, EventDraft draft) {
    draft.link(EntityType.COMPANY, entity.text("linked_company_id"));
    FormNode leads = entity.child("linked_leads_id");
    if (leads == null) {
      return;
    }
    leads.orderByNumber();
    for (int i = 0; i < leads.size(); i++) {
      FormNode lead = leads.childAt(i);
      String id = lead.text("ID") != null ? lead.text("ID") : lead.text();
      draft.link(EntityType.LEAD, id != null ? id : lead.name());
    }
  }
}
