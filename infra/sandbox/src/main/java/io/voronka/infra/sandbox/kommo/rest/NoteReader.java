package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import java.util.Set;

/** Checks a note as REST v4 takes it; people's notes are checked the same way. */
public final class NoteReader {
  private static final Set<String> TYPES =
      Set.of(
          "common",
          "call_in",
          "call_out",
          "service_message",
          "message_cashier",
          "geolocation",
          "sms_in",
          "sms_out",
          "extended_service_message",
          "attachment");
  private static final int TEXT_MOST = 20_000;

  private NoteReader() {}

  /** Notes what is wrong with {@code item}, a note for an entity of {@code entityType}. */
  public static void check(
      KommoAccount account,
      String entityType,
      long entityId,
      JsonNode item,
      Violations violations) {
    boolean known =
        entityType.equals("leads")
            ? account.lead(entityId).filter(l -> !l.deleted()).isPresent()
            : account.contact(entityId).isPresent();
    if (!known) {
      violations.notAChoice("entity_id");
    }
    String type = item.path("note_type").asText("");
    if (type.isEmpty()) {
      violations.missing("note_type");
    } else if (!TYPES.contains(type)) {
      violations.notAChoice("note_type");
    }
    JsonNode params = item.get("params");
    if (params == null || !params.isObject()) {
      violations.missing("params");
      return;
    }
    JsonNode text = params.get("text");
    if (type.equals("common") && (text == null || !text.isTextual())) {
      violations.missing("params.text");
    } else if (text != null && text.asText().length() > TEXT_MOST) {
      violations.tooLong("params.text", TEXT_MOST);
    }
  }

  /** The author that the item names, or null. */
  public static Long author(JsonNode item) {
    return item.path("created_by").isIntegralNumber()
        ? (Long) item.get("created_by").longValue()
        : null;
  }
}
