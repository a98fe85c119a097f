package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import java.util.Map;

/** Tasks. */
final class TaskReader implements EntityReader {
  private static final Map<String, EventKind> KINDS =
      Map.of(
          "add", EventKind.TASK_CREATED,
          "update", EventKind.TASK_UPDATED,
          "responsible", EventKind.TASK_UPDATED,
          "delete", EventKind.TASK_DELETED);

  @Override
  public boolean knows(String action) {
    return KINDS.containsKey(action);
  }

  @Override
  public void read(String action, FormNode task, Findings findings) {
    String id = findings.numberId(task.text("id"));
    if (id == null) {
      return;
    }
    EventKind kind = KINDS.get(action);
    if (kind == EventKind.TASK_UPDATED && "1".equals(task.text("action_close"))) {
      kind = EventKind.TASK_COMPLETED;
    }
    String changed = task.text("updated_at");
    if (changed == null) {
      changed = task.text("last_modified");
    }
    Long occurredAt = VendorTime.first(task, "updated_at", "last_modified");
    if (occurredAt == null && action.equals("add")) {
      occurredAt = VendorTime.first(task, "created_at");
    }
    String actor = task.text("modified_by");
    if (actor == null && action.equals("add")) {
      actor = task.text("created_user_id");
    }
    FormNode result = task.child("result");
    findings.event(
        new EventDraft(kind, EntityType.TASK, id)
            .about(ElementTypes.of(task.text("element_type")), task.text("element_id"))
            .occurredAt(occurredAt)
            .actor(actor)
            .fields(StandardFields.of(task))
            // Closing from the list gives two hooks in one second, the second one with the result:
            // both count.
            .identity(
                "task",
                action,
                id,
                changed,
                task.text("status"),
                task.text("action_close"),
                result == null ? null : result.text("id")));
  }

  @Override
  public void readText(String action, String text, Findings findings) {
    if (!action.equals("delete")) {
      findings.problem(NotUnderstood.Reason.MISSING_ID);
    } else if (!VendorId.isNumber(text)) {
      findings.problem(NotUnderstood.Reason.BAD_ID);
    } else {
      findings.event(
          new EventDraft(EventKind.TASK_DELETED, EntityType.TASK, text)
              .identity("task", action, text, null, null, null, null));
    }
  }
}
