package io.voronka.infra.sandbox.kommo.hooks;

import io.voronka.infra.sandbox.kommo.model.Task;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.kommo.state.Signal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** What subscribers hear about tasks: the singular key {@code task}, and dates as text. */
public final class TaskSignals {
  private static final DateTimeFormatter DATE_TEXT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final Map<String, Integer> ELEMENT_TYPES =
      Map.of("contacts", 1, "leads", 2, "companies", 3, "customers", 12);

  private TaskSignals() {}

  public static Signal added(KommoAccount account, Task task) {
    FieldList fields = body(account, task);
    return new Signal("add_task", "task", "add", entity(task), fields.pairs());
  }

  public static Signal updated(KommoAccount account, Task old, Task task) {
    FieldList fields = body(account, task);
    if (task.completed() && !old.completed()) {
      fields.add("action_close", 1);
    }
    if (!old.text().equals(task.text())) {
      fields.add("old_text", old.text());
    }
    if (task.result() != null) {
      fields.addPath("[result][id]", task.id()).addPath("[result][text]", task.result());
    }
    if (old.responsibleUserId() != task.responsibleUserId()) {
      fields
          .add("old_responsible_user_id", old.responsibleUserId())
          .add("main_user", task.responsibleUserId())
          .add("modified_by", task.updatedBy());
    }
    return new Signal("update_task", "task", "update", entity(task), fields.pairs());
  }

  public static Signal deleted(KommoAccount account, Task task) {
    return new Signal("delete_task", "task", "delete", entity(task), body(account, task).pairs());
  }

  /** Kommo's number for a kind of entity. */
  static int elementType(String entityType) {
    return ELEMENT_TYPES.getOrDefault(entityType, 0);
  }

  private static FieldList body(KommoAccount account, Task task) {
    return new FieldList()
        .add("id", task.id())
        .add("element_id", task.entityId())
        .add("element_type", elementType(task.entityType()))
        .add("task_type", task.taskTypeId())
        .add("date_create", dateText(task.createdAt()))
        .add("text", task.text())
        .add("status", task.completed() ? 1 : 0)
        .add("account_id", account.card().id())
        .add("created_user_id", task.createdBy())
        .add("last_modified", dateText(task.updatedAt()))
        .add("responsible_user_id", task.responsibleUserId())
        .add("complete_till", dateText(task.completeTill()))
        .add("complete_before", task.completeTill())
        .add("created_at", task.createdAt())
        .add("updated_at", task.updatedAt());
  }

  private static String entity(Task task) {
    return task.entityType() + "/" + task.entityId();
  }

  static String dateText(long epochSeconds) {
    return DATE_TEXT.format(Instant.ofEpochSecond(epochSeconds));
  }
}
