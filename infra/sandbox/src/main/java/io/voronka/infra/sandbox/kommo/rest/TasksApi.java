package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.kommo.actions.TaskActions;
import io.voronka.infra.sandbox.kommo.actions.TaskActions.TaskPatch;
import io.voronka.infra.sandbox.kommo.model.Task;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /api/v4/tasks}. */
final class TasksApi {
  private static final String PATH = "/api/v4/tasks";
  private static final int MOST = 250;

  private TasksApi() {}

  static void mount(Routes<RestEndpoint> routes) {
    routes
        .on("GET", PATH, TasksApi::list)
        .on("POST", PATH, TasksApi::create)
        .on("PATCH", PATH, TasksApi::updateMany)
        .on("GET", PATH + "/{id}", TasksApi::one)
        .on("PATCH", PATH + "/{id}", TasksApi::updateOne);
  }

  private static RestReply one(RestCall call) {
    return found(call, call.id(0))
        .map(task -> RestReply.ok(Views.task(call.account(), task)))
        .orElseGet(RestReply::nothing);
  }

  private static RestReply list(RestCall call) {
    List<Task> found =
        call.account().tasks().stream()
            .filter(t -> !t.deleted())
            .filter(Pages.among(call, "id", Task::id))
            .filter(Pages.among(call, "entity_id", Task::entityId))
            .filter(Pages.amongTexts(call, "entity_type", Task::entityType))
            .filter(Pages.among(call, "task_type", Task::taskTypeId))
            .filter(Pages.among(call, "is_completed", (Task t) -> t.completed() ? 1 : 0))
            .filter(Pages.among(call, "responsible_user_id", Task::responsibleUserId))
            .filter(Pages.within(call, "updated_at", Task::updatedAt))
            .toList();
    return Pages.of(call, PATH, "tasks", found, 50, MOST, t -> Views.task(call.account(), t));
  }

  private static RestReply create(RestCall call) {
    List<JsonNode> items = call.items(MOST);
    Violations violations = new Violations();
    List<TaskPatch> patches = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      violations.of(items.get(i).path("request_id").asText(String.valueOf(i)));
      patches.add(TaskReader.read(call.account(), true, items.get(i), violations));
    }
    violations.check();
    ArrayNode written = Json.array();
    for (int i = 0; i < items.size(); i++) {
      Task task = TaskActions.create(call.changes(), patches.get(i));
      JsonNode requestId = items.get(i).get("request_id");
      written.add(
          Views.written(
              call.account(),
              PATH + "/" + task.id(),
              task.id(),
              requestId == null ? Json.tree(String.valueOf(i)) : requestId));
    }
    return RestReply.ok(written(call, written));
  }

  private static RestReply updateOne(RestCall call) {
    Task old = live(call, call.id(0));
    Violations violations = new Violations();
    TaskPatch patch = TaskReader.read(call.account(), false, call.item(), violations);
    violations.check();
    return RestReply.ok(updated(call, TaskActions.update(call.changes(), old, patch)));
  }

  private static RestReply updateMany(RestCall call) {
    List<JsonNode> items = call.items(MOST);
    Violations violations = new Violations();
    List<TaskPatch> patches = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      violations.of(items.get(i).path("request_id").asText(String.valueOf(i)));
      if (found(call, items.get(i).path("id").asLong()).isEmpty()) {
        violations.notAChoice("id");
      }
      patches.add(TaskReader.read(call.account(), false, items.get(i), violations));
    }
    violations.check();
    ArrayNode written = Json.array();
    for (int i = 0; i < items.size(); i++) {
      Task old = live(call, items.get(i).path("id").asLong());
      written.add(updated(call, TaskActions.update(call.changes(), old, patches.get(i))));
    }
    return RestReply.ok(written(call, written));
  }

  private static Task live(RestCall call, long id) {
    return found(call, id).orElseThrow(RestProblem::notFound);
  }

  private static Optional<Task> found(RestCall call, long id) {
    return call.account().task(id).filter(t -> !t.deleted());
  }

  private static ObjectNode updated(RestCall call, Task task) {
    ObjectNode json = Json.object().put("id", task.id()).put("updated_at", task.updatedAt());
    json.set("_links", Views.self(call.account(), PATH + "/" + task.id()));
    return json;
  }

  private static ObjectNode written(RestCall call, ArrayNode tasks) {
    ObjectNode body = Json.object();
    body.set("_links", Views.self(call.account(), PATH));
    body.putObject("_embedded").set("tasks", tasks);
    return body;
  }
}
