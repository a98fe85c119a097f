package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.kommo.actions.LeadActions;
import io.voronka.infra.sandbox.kommo.actions.LeadPatch;
import io.voronka.infra.sandbox.kommo.model.Lead;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.Routes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@code /api/v4/leads}. */
final class LeadsApi {
  private static final String PATH = "/api/v4/leads";
  private static final int MOST = 250;

  private LeadsApi() {}

  static void mount(Routes<RestEndpoint> routes) {
    routes
        .on("GET", PATH, LeadsApi::list)
        .on("POST", PATH, LeadsApi::create)
        .on("PATCH", PATH, LeadsApi::updateMany)
        .on("GET", PATH + "/{id}", LeadsApi::one)
        .on("PATCH", PATH + "/{id}", LeadsApi::updateOne);
  }

  /** A lead that is not there is 204, not 404. */
  private static RestReply one(RestCall call) {
    return live(call.account(), call.id(0))
        .map(lead -> RestReply.ok(Views.lead(call.account(), lead, withContacts(call))))
        .orElseGet(RestReply::nothing);
  }

  private static RestReply list(RestCall call) {
    Comparator<Lead> order = Comparator.comparingLong(Lead::id);
    for (String key : List.of("updated_at", "created_at", "id")) {
      Optional<String> direction = call.query().text("order[" + key + "]");
      if (direction.isPresent()) {
        Comparator<Lead> asked =
            switch (key) {
              case "updated_at" -> Comparator.comparingLong(Lead::updatedAt);
              case "created_at" -> Comparator.comparingLong(Lead::createdAt);
              default -> Comparator.comparingLong(Lead::id);
            };
        order = direction.get().equals("desc") ? asked.reversed() : asked;
        order = order.thenComparingLong(Lead::id);
        break;
      }
    }
    String query = call.query().text("query").orElse("");
    List<Lead> found =
        call.account().leads().stream()
            .filter(l -> !l.deleted())
            .filter(Pages.among(call, "id", Lead::id))
            .filter(Pages.among(call, "pipeline_id", Lead::pipelineId))
            .filter(Pages.among(call, "responsible_user_id", Lead::responsibleUserId))
            .filter(Pages.within(call, "updated_at", Lead::updatedAt))
            .filter(Pages.within(call, "created_at", Lead::createdAt))
            .filter(l -> query.isEmpty() || l.name().contains(query))
            .sorted(order)
            .toList();
    boolean contacts = withContacts(call);
    return Pages.of(
        call, PATH, "leads", found, 50, MOST, l -> Views.lead(call.account(), l, contacts));
  }

  private static RestReply create(RestCall call) {
    List<JsonNode> items = call.items(MOST);
    Violations violations = new Violations();
    List<LeadPatch> patches = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      violations.of(items.get(i).path("request_id").asText(String.valueOf(i)));
      patches.add(LeadReader.read(call.account(), null, items.get(i), violations));
    }
    violations.check();
    ArrayNode written = Json.array();
    for (int i = 0; i < items.size(); i++) {
      Lead lead = LeadActions.create(call.changes(), null, patches.get(i));
      JsonNode requestId = items.get(i).get("request_id");
      written.add(
          Views.written(
              call.account(),
              PATH + "/" + lead.id(),
              lead.id(),
              requestId == null ? Json.tree(String.valueOf(i)) : requestId));
    }
    return RestReply.ok(written(call, written));
  }

  private static RestReply updateOne(RestCall call) {
    Lead old = live(call.account(), call.id(0)).orElseThrow(RestProblem::notFound);
    Violations violations = new Violations();
    LeadPatch patch = LeadReader.read(call.account(), old, call.item(), violations);
    violations.check();
    Lead lead = LeadActions.update(call.changes(), old, patch);
    return RestReply.ok(updated(call, lead));
  }

  private static RestReply updateMany(RestCall call) {
    List<JsonNode> items = call.items(MOST);
    Violations violations = new Violations();
    List<LeadPatch> patches = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      violations.of(item.path("request_id").asText(String.valueOf(i)));
      Optional<Lead> old = live(call.account(), item.path("id").asLong(0));
      if (!item.has("id")) {
        violations.missing("id");
      } else if (old.isEmpty()) {
        violations.notAChoice("id");
      }
      patches.add(LeadReader.read(call.account(), old.orElse(null), item, violations));
      ids.add(item.path("id").asLong(0));
    }
    violations.check();
    ArrayNode written = Json.array();
    for (int i = 0; i < items.size(); i++) {
      // Looked up again: an earlier item of the same request may have changed it.
      Lead old = call.account().lead(ids.get(i)).orElseThrow(RestProblem::notFound);
      written.add(updated(call, LeadActions.update(call.changes(), old, patches.get(i))));
    }
    return RestReply.ok(written(call, written));
  }

  private static ObjectNode updated(RestCall call, Lead lead) {
    ObjectNode json = Json.object().put("id", lead.id()).put("updated_at", lead.updatedAt());
    json.set("_links", Views.self(call.account(), PATH + "/" + lead.id()));
    return json;
  }

  private static ObjectNode written(RestCall call, ArrayNode leads) {
    ObjectNode body = Json.object();
    body.set("_links", Views.self(call.account(), PATH));
    body.putObject("_embedded").set("leads", leads);
    return body;
  }

  private static boolean withContacts(RestCall call) {
    return call.query().text("with").orElse("").contains("contacts");
  }

  private static Optional<Lead> live(KommoAccount account, long id) {
    return account.lead(id).filter(l -> !l.deleted());
  }
}
