package io.voronka.infra.sandbox.kommo.actions;

import io.voronka.infra.sandbox.kommo.hooks.TaskSignals;
import io.voronka.infra.sandbox.kommo.model.Task;
import io.voronka.infra.sandbox.kommo.state.ChangeKind;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.web.Json;

/** Making, changing, closing and deleting tasks. */
public final class TaskActions {
  private TaskActions() {}

  /** What to set on a task; a null component leaves that part as it is. */
  public record TaskPatch(
      String text,
      Long completeTill,
      String entityType,
      Long entityId,
      Long taskTypeId,
      Long responsibleUserId,
      Long duration,
      Boolean completed,
      String result,
      Long createdBy) {}

  public static Task create(Changes changes, TaskPatch patch) {
    long now = changes.seconds();
    long by = or(patch.createdBy(), changes.actor().userId());
    Task task =
        new Task(
            changes.account().newId(),
            patch.text(),
            patch.completeTill(),
            patch.entityType() == null ? "leads" : patch.entityType(),
            or(patch.entityId(), 0),
            or(patch.taskTypeId(), 1),
            or(patch.responsibleUserId(), by == 0 ? firstUser(changes) : by),
            or(patch.duration(), 0),
            by,
            by,
            now,
            now,
            Boolean.TRUE.equals(patch.completed()),
            patch.result(),
            false);
    changes.put(ChangeKind.TASK, task);
    changes.effect("create_task", task.entityType(), task.entityId(), String.valueOf(task.id()));
    changes.event("task_added", "task", task.id(), Json.array(), Json.array());
    changes.signal(TaskSignals.added(changes.account(), task));
    return task;
  }

  public static Task update(Changes changes, Task old, TaskPatch patch) {
    Task task =
        new Task(
            old.id(),
            patch.text() == null ? old.text() : patch.text(),
            or(patch.completeTill(), old.completeTill()),
            patch.entityType() == null ? old.entityType() : patch.entityType(),
            or(patch.entityId(), old.entityId()),
            or(patch.taskTypeId(), old.taskTypeId()),
            or(patch.responsibleUserId(), old.responsibleUserId()),
            or(patch.duration(), old.duration()),
            old.createdBy(),
            changes.actor().userId(),
            old.createdAt(),
            changes.seconds(),
            patch.completed() == null ? old.completed() : patch.completed(),
            patch.result() == null ? old.result() : patch.result(),
            false);
    changes.put(ChangeKind.TASK, task);
    boolean closed = task.completed() && !old.completed();
    changes.effect(
        closed ? "close_task" : "update_task",
        task.entityType(),
        task.entityId(),
        String.valueOf(task.id()));
    if (closed) {
      changes.event("task_completed", "task", task.id(), Json.array(), Json.array());
    }
    changes.signal(TaskSignals.updated(changes.account(), old, task));
    return task;
  }

  public static void delete(Changes changes, Task old) {
    Task gone =
        new Task(
            old.id(),
            old.text(),
            old.completeTill(),
            old.entityType(),
            old.entityId(),
            old.taskTypeId(),
            old.responsibleUserId(),
            old.duration(),
            old.createdBy(),
            changes.actor().userId(),
            old.createdAt(),
            changes.seconds(),
            old.completed(),
            old.result(),
            true);
    changes.put(ChangeKind.TASK, gone);
    changes.effect("delete_task", old.entityType(), old.entityId(), String.valueOf(old.id()));
    changes.event("task_deleted", "task", old.id(), Json.array(), Json.array());
    changes.signal(TaskSignals.deleted(changes.account(), gone));
  }

  private static long firstUser(Changes changes) {
    return changes.account().card().users().get(0).id();
  }

  private static long or(Long value, long otherwise) {
    return value == null ? otherwise : value;
  }
}
