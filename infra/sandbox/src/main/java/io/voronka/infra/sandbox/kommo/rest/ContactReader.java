package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.kommo.actions.ContactActions.ContactPatch;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;

/** Reads a contact or company as REST v4 takes it; people's are read the same way. */
public final class ContactReader {
  private static final int NAME_MOST = 250;

  private ContactReader() {}

  public static ContactPatch read(
      KommoAccount account, boolean company, JsonNode item, Violations violations) {
    ItemReader reader = new ItemReader(item, violations);
    if (!reader.isObject()) {
      return null;
    }
    Long responsible = reader.number("responsible_user_id", 0);
    if (responsible != null && !account.hasUser(responsible)) {
      violations.notAChoice("responsible_user_id");
    }
    String name = reader.text("name", NAME_MOST);
    if (name == null && (item.has("first_name") || item.has("last_name"))) {
      name = (item.path("first_name").asText("") + " " + item.path("last_name").asText("")).trim();
    }
    FieldReader fields = new FieldReader(account, company ? "companies" : "contacts", violations);
    return new ContactPatch(
        name,
        company,
        responsible,
        fields.fields(item),
        fields.tags(item),
        reader.ids(item.path("_embedded").get("leads"), "_embedded.leads"));
  }
}
