package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.kommo.actions.TaskActions.TaskPatch;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import java.util.Set;

/** Reads a task as REST v4 takes it; people's tasks are read the same way. */
public final class TaskReader {
  private static final Set<String> ENTITY_TYPES =
      Set.of("leads", "contacts", "companies", "customers");
  private static final int TEXT_MOST = 65_535;

  private TaskReader() {}

  /** Reads and checks one item; {@code fresh} for a task that is to be made. */
  public static TaskPatch read(
      KommoAccount account, boolean fresh, JsonNode item, Violations violations) {
    ItemReader reader = new ItemReader(item, violations);
    if (!reader.isObject()) {
      return null;
    }
    String text = reader.text("text", TEXT_MOST);
    if (fresh && (text == null || text.isEmpty())) {
      violations.missing("text");
    }
    Long till = reader.number("complete_till", 1);
    if (fresh && till == null) {
      violations.missing("complete_till");
    }
    String entityType = reader.text("entity_type", 20);
    Long entityId = reader.number("entity_id", 1);
    if (entityType != null && !ENTITY_TYPES.contains(entityType)) {
      violations.notAChoice("entity_type");
    } else if (entityId != null && !exists(account, entityType, entityId)) {
      violations.notAChoice("entity_id");
    }
    Long responsible = reader.number("responsible_user_id", 0);
    if (responsible != null && !account.hasUser(responsible)) {
      violations.notAChoice("responsible_user_id");
    }
    JsonNode result = item.path("result").get("text");
    return new TaskPatch(
        text,
        till,
        entityType,
        entityId,
        reader.number("task_type_id", 1),
        responsible,
        reader.number("duration", 0),
        reader.flag("is_completed"),
        result == null ? null : result.asText(),
        reader.number("created_by", 0));
  }

  private static boolean exists(KommoAccount account, String entityType, long id) {
    if (entityType == null || entityType.equals("leads")) {
      return account.lead(id).filter(l -> !l.deleted()).isPresent();
    }
    // Customers are not simulated: any id will do.
    return entityType.equals("customers") || account.contact(id).isPresent();
  }
}
