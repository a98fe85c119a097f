package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import java.util.List;

/** The first names of a hook's keys, and who reads what stands below them. */
enum TopKey {
  LEADS(CardReader.LEADS, new NoteReader(EntityType.LEAD)),
  CONTACTS(new ContactOrCompanyReader(), new NoteReader(EntityType.CONTACT)),
  COMPANIES(CardReader.COMPANIES, new NoteReader(EntityType.COMPANY)),
  CUSTOMERS(CardReader.CUSTOMERS, new NoteReader(EntityType.CUSTOMER)),
  CATALOGS(CardReader.CATALOG_ITEMS),
  TASK(new TaskReader()),
  UNSORTED(new IncomingLeadReader()),
  TALK(new TalkReader()),
  MESSAGE(new MessageReader(EventKind.MESSAGE_RECEIVED)),
  OUTGOING_MESSAGE(new MessageReader(EventKind.MESSAGE_SENT)),
  /** A whole entity without a top key; its first name is the action. */
  UNWRAPPED(new UnwrappedReader());

  private final List<EntityReader> readers;

  TopKey(EntityReader... readers) {
    this.readers = List.of(readers);
  }

  /** Null for names that are no top key. */
  static TopKey of(String name) {
    return switch (name) {
      case "leads" -> LEADS;
      case "contacts" -> CONTACTS;
      case "companies" -> COMPANIES;
      case "customers" -> CUSTOMERS;
      case "catalogs" -> CATALOGS;
      case "task", "tasks" -> TASK;
      case "unsorted" -> UNSORTED;
      case "talk" -> TALK;
      case "message" -> MESSAGE;
      case "outgoing_message" -> OUTGOING_MESSAGE;
      case "add" -> UNWRAPPED;
      default -> null;
    };
  }

  /** Null when no reader knows the action. */
  EntityReader reader(String action) {
    for (EntityReader reader : readers) {
      if (reader.knows(action)) {
        return reader;
      }
    }
    return null;
  }
}
