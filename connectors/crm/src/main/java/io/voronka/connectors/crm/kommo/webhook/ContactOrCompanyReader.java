package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;

/**
 * Contacts and companies share a top key; the type tells them apart, and a missing one means a
 * contact.
 */
final class ContactOrCompanyReader implements EntityReader {
  @Override
  public boolean knows(String action) {
    return CardReader.CONTACTS.knows(action);
  }

  @Override
  public void read(String action, FormNode entity, Findings findings) {
    String type = entity.text("type");
    if (type == null || type.equals("contact") || type.equals("contacts")) {
      CardReader.CONTACTS.read(action, entity, findings);
    } else if (type.equals("company") || type.equals("companies")) {
      CardReader.COMPANIES.read(action, entity, findings);
    } else {
      findings.problem(NotUnderstood.Reason.UNKNOWN_TYPE);
    }
  }

  @Override
  public void readText(String action, String text, Findings findings) {
    CardReader.CONTACTS.readText(action, text, findings);
  }
}
