package io.voronka.infra.local.imports;

import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import java.util.Locale;

/** What is imported, in this order: rules are about leads first of all. */
public enum ImportedKind {
  LEADS(EntityType.LEAD, EventKind.LEAD_IMPORTED),
  CONTACTS(EntityType.CONTACT, EventKind.CONTACT_IMPORTED),
  COMPANIES(EntityType.COMPANY, EventKind.COMPANY_IMPORTED);

  private final EntityType type;
  private final EventKind event;

  ImportedKind(EntityType type, EventKind event) {
    this.type = type;
    this.event = event;
  }

  /** By the vendor's word. */
  static ImportedKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  EntityType type() {
    return type;
  }

  EventKind event() {
    return event;
  }

  /** The vendor's word, as in the tables: leads, contacts, companies. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return word();
  }
}
