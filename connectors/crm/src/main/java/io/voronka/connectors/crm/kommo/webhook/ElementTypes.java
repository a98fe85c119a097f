package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.schemas.EntityType;

/** The vendor's numbers and words for kinds of entities. */
final class ElementTypes {
  private ElementTypes() {}

  /** UNKNOWN for null and for what the vendor has not told us about. */
  static EntityType of(String text) {
    if (text == null) {
      return EntityType.UNKNOWN;
    }
    return switch (text) {
      case "1", "contact", "contacts" -> EntityType.CONTACT;
      case "2", "lead", "leads" -> EntityType.LEAD;
      case "3", "company", "companies" -> EntityType.COMPANY;
      case "12", "customer", "customers" -> EntityType.CUSTOMER;
      default -> EntityType.UNKNOWN;
    };
  }
}
