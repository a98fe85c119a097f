package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.kommo.actions.ContactActions;
import io.voronka.infra.sandbox.kommo.actions.ContactActions.ContactPatch;
import io.voronka.infra.sandbox.kommo.model.Contact;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.Routes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@code /api/v4/contacts} and {@code /api/v4/companies}, in short. */
final class ContactsApi {
  private static final int MOST = 250;

  private ContactsApi() {}

  static void mount(Routes<RestEndpoint> routes) {
    for (boolean company : List.of(false, true)) {
      String path = path(company);
      routes
          .on("GET", path, call -> list(call, company))
          .on("POST", path, call -> create(call, company))
          .on("GET", path + "/{id}", call -> one(call, company))
          .on("PATCH", path + "/{id}", call -> update(call, company));
    }
  }

  private static RestReply list(RestCall call, boolean company) {
    List<Contact> found =
        call.account().contacts().stream()
            .filter(c -> c.company() == company)
            .filter(Pages.among(call, "id", Contact::id))
            .filter(Pages.within(call, "updated_at", Contact::updatedAt))
            .sorted(order(call))
            .toList();
    boolean leads = withLeads(call);
    return Pages.of(
        call,
        path(company),
        name(company),
        found,
        50,
        MOST,
        c -> Views.contact(call.account(), c, leads));
  }

  private static RestReply one(RestCall call, boolean company) {
    return call.account()
        .contact(call.id(0))
        .filter(c -> c.company() == company)
        .map(c -> RestReply.ok(Views.contact(call.account(), c, withLeads(call))))
        .orElseGet(RestReply::nothing);
  }

  private static RestReply create(RestCall call, boolean company) {
    List<JsonNode> items = call.items(MOST);
    Violations violations = new Violations();
    List<ContactPatch> patches = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      violations.of(items.get(i).path("request_id").asText(String.valueOf(i)));
      patches.add(ContactReader.read(call.account(), company, items.get(i), violations));
    }
    violations.check();
    ObjectNode body = Json.object();
    body.set("_links", Views.self(call.account(), path(company)));
    ArrayNode written = body.putObject("_embedded").putArray(name(company));
    for (int i = 0; i < items.size(); i++) {
      Contact contact = ContactActions.create(call.changes(), null, patches.get(i));
      JsonNode requestId = items.get(i).get("request_id");
      written.add(
          Views.written(
              call.account(),
              path(company) + "/" + contact.id(),
              contact.id(),
              requestId == null ? Json.tree(String.valueOf(i)) : requestId));
    }
    return RestReply.ok(body);
  }

  private static RestReply update(RestCall call, boolean company) {
    Contact old =
        call.account()
            .contact(call.id(0))
            .filter(c -> c.company() == company)
            .orElseThrow(RestProblem::notFound);
    Violations violations = new Violations();
    ContactPatch patch = ContactReader.read(call.account(), company, call.item(), violations);
    violations.check();
    Contact contact = ContactActions.update(call.changes(), old, patch);
    ObjectNode json =
        Json.object()
            .put("id", contact.id())
            .put("name", contact.name())
            .put("updated_at", contact.updatedAt());
    json.set("_links", Views.self(call.account(), path(company) + "/" + contact.id()));
    return RestReply.ok(json);
  }

  private static Comparator<Contact> order(RestCall call) {
    Comparator<Contact> byId = Comparator.comparingLong(Contact::id);
    for (String key : List.of("updated_at", "id")) {
      Optional<String> direction = call.query().text("order[" + key + "]");
      if (direction.isPresent()) {
        Comparator<Contact> asked =
            key.equals("id") ? byId : Comparator.comparingLong(Contact::updatedAt);
        return (direction.get().equals("desc") ? asked.reversed() : asked).thenComparing(byId);
      }
    }
    return byId;
  }

  private static boolean withLeads(RestCall call) {
    return call.query().text("with").orElse("").contains("leads");
  }

  private static String name(boolean company) {
    return company ? "companies" : "contacts";
  }

  private static String path(boolean company) {
    return "/api/v4/" + name(company);
  }
}
