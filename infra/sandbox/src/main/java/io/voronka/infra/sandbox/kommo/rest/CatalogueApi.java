package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.kommo.model.AccountCard;
import io.voronka.infra.sandbox.kommo.model.CustomField;
import io.voronka.infra.sandbox.kommo.model.FeedEvent;
import io.voronka.infra.sandbox.kommo.model.Pipeline;
import io.voronka.infra.sandbox.kommo.model.Stage;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.Routes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What describes an account: itself, users, pipelines, custom fields; and its audit feed. */
final class CatalogueApi {
  private CatalogueApi() {}

  static void mount(Routes<RestEndpoint> routes) {
    routes
        .on("GET", "/api/v4/account", CatalogueApi::account)
        .on("GET", "/api/v4/users", CatalogueApi::users)
        .on("GET", "/api/v4/leads/pipelines", CatalogueApi::pipelines)
        .on("GET", "/api/v4/leads/pipelines/{id}", CatalogueApi::pipeline)
        .on("GET", "/api/v4/leads/pipelines/{id}/statuses", CatalogueApi::statuses)
        .on("GET", "/api/v4/leads/custom_fields", call -> fields(call, "leads"))
        .on("GET", "/api/v4/contacts/custom_fields", call -> fields(call, "contacts"))
        .on("GET", "/api/v4/companies/custom_fields", call -> fields(call, "companies"))
        .on("GET", "/api/v4/events", CatalogueApi::events);
  }

  private static RestReply account(RestCall call) {
    AccountCard card = call.account().card();
    ObjectNode json =
        Json.object()
            .put("id", card.id())
            .put("name", card.name())
            .put("subdomain", card.subdomain())
            .put("current_user_id", call.integration().userId())
            .put("country", "US")
            .put("currency", "USD")
            .put("currency_symbol", "$")
            .put("is_unsorted_on", true)
            .put("language", card.host().endsWith(".ru") ? "ru" : "en");
    if (call.query().text("with").orElse("").contains("amojo_id")) {
      json.put("amojo_id", call.account().uuid("amojo"));
    }
    json.set("_links", Views.self(call.account(), "/api/v4/account"));
    return RestReply.ok(json);
  }

  private static RestReply users(RestCall call) {
    return Pages.of(
        call,
        "/api/v4/users",
        "users",
        call.account().card().users(),
        50,
        250,
        u -> Json.object().put("id", u.id()).put("name", u.name()).put("email", u.email()));
  }

  private static RestReply pipelines(RestCall call) {
    List<Pipeline> pipelines = call.account().card().pipelines();
    ObjectNode body = Json.object().put("_total_items", pipelines.size());
    body.set("_links", Views.self(call.account(), "/api/v4/leads/pipelines"));
    ArrayNode list = body.putObject("_embedded").putArray("pipelines");
    pipelines.forEach(p -> list.add(view(call.account(), p)));
    return RestReply.ok(body);
  }

  private static RestReply pipeline(RestCall call) {
    return call.account()
        .pipeline(call.id(0))
        .map(p -> RestReply.ok(view(call.account(), p)))
        .orElseThrow(RestProblem::notFound);
  }

  private static RestReply statuses(RestCall call) {
    Pipeline pipeline = call.account().pipeline(call.id(0)).orElseThrow(RestProblem::notFound);
    ObjectNode body = Json.object().put("_total_items", pipeline.stages().size());
    body.putObject("_embedded").set("statuses", stages(call.account(), pipeline));
    return RestReply.ok(body);
  }

  private static RestReply fields(RestCall call, String entityType) {
    List<CustomField> found =
        call.account().card().fields().stream()
            .filter(f -> f.entityType().equals(entityType))
            .filter(Pages.amongTexts(call, "type", CustomField::type))
            .toList();
    long limit = call.query().number("limit").orElse(50);
    RestReply page =
        Pages.of(
            call,
            "/api/v4/" + entityType + "/custom_fields",
            "custom_fields",
            found,
            50,
            250,
            CatalogueApi::view);
    if (page.body() instanceof ObjectNode body) {
      body.put("_total_items", found.size()).put("_page_count", (found.size() + limit - 1) / limit);
    }
    return page;
  }

  private static RestReply events(RestCall call) {
    List<FeedEvent> found =
        call.account().events().stream()
            .filter(Pages.amongTexts(call, "type", FeedEvent::type))
            .filter(Pages.amongTexts(call, "entity", FeedEvent::entityType))
            .filter(Pages.among(call, "entity_id", FeedEvent::entityId))
            .filter(Pages.among(call, "created_by", FeedEvent::createdBy))
            .filter(Pages.within(call, "created_at", FeedEvent::createdAt))
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.reverse(found);
    return Pages.of(call, "/api/v4/events", "events", found, 50, 100, e -> view(call.account(), e));
  }

  private static ObjectNode view(KommoAccount account, Pipeline pipeline) {
    ObjectNode json =
        Json.object()
            .put("id", pipeline.id())
            .put("name", pipeline.name())
            .put("sort", pipeline.sort())
            .put("is_main", pipeline.main())
            .put("is_unsorted_on", true)
            .put("is_archive", false)
            .put("account_id", account.card().id());
    json.set("_links", Views.self(account, "/api/v4/leads/pipelines/" + pipeline.id()));
    json.putObject("_embedded").set("statuses", stages(account, pipeline));
    return json;
  }

  private static ArrayNode stages(KommoAccount account, Pipeline pipeline) {
    ArrayNode list = Json.array();
    for (Stage stage : pipeline.stages()) {
      list.addObject()
          .put("id", stage.id())
          .put("name", stage.name())
          .put("sort", stage.sort())
          .put("is_editable", stage.id() != Stage.WON && stage.id() != Stage.LOST)
          .put("pipeline_id", pipeline.id())
          .put("color", stage.color())
          .put("type", stage.type())
          .put("account_id", account.card().id());
    }
    return list;
  }

  private static ObjectNode view(CustomField field) {
    ObjectNode json =
        Json.object()
            .put("id", field.id())
            .put("name", field.name())
            .put("code", field.code())
            .put("sort", 500)
            .put("type", field.type())
            .put("entity_type", field.entityType())
            .put("is_api_only", false)
            .putNull("group_id");
    json.putArray("required_statuses");
    if (field.enums().isEmpty()) {
      json.putNull("enums");
    } else {
      ArrayNode enums = json.putArray("enums");
      IntStream.range(0, field.enums().size())
          .forEach(
              i -> {
                var option = field.enums().get(i);
                ObjectNode shown =
                    enums
                        .addObject()
                        .put("id", option.id())
                        .put("value", option.value())
                        .put("sort", option.sort());
                if (option.code() != null) {
                  shown.put("code", option.code());
                }
              });
    }
    return json;
  }

  private static ObjectNode view(KommoAccount account, FeedEvent event) {
    String id = account.uuid("event/" + event.number()).replace("-", "");
    ObjectNode json =
        Json.object()
            .put("id", id)
            .put("type", event.type())
            .put("entity_id", event.entityId())
            .put("entity_type", event.entityType())
            .put("created_by", event.createdBy())
            .put("created_at", event.createdAt());
    json.set("value_after", event.after());
    json.set("value_before", event.before());
    json.put("account_id", account.card().id());
    json.set("_links", Views.self(account, "/api/v4/events/" + id));
    return json;
  }
}
