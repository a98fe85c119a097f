package io.voronka.infra.sandbox.kommo.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.kommo.model.Webhook;
import io.voronka.infra.sandbox.kommo.state.ChangeKind;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.Routes;
import java.util.List;

/** {@code /api/v4/webhooks}: one subscription per destination. */
final class WebhooksApi {
  private static final String PATH = "/api/v4/webhooks";

  private WebhooksApi() {}

  static void mount(Routes<RestEndpoint> routes) {
    routes
        .on("GET", PATH, WebhooksApi::list)
        .on("POST", PATH, WebhooksApi::subscribe)
        .on("DELETE", PATH, WebhooksApi::remove);
  }

  private static RestReply list(RestCall call) {
    List<Webhook> found =
        call.account().webhooks().stream()
            .filter(Pages.amongTexts(call, "destination", Webhook::destination))
            .toList();
    if (found.isEmpty()) {
      return RestReply.nothing();
    }
    ObjectNode body = Json.object().put("_total_items", found.size());
    body.set("_links", Views.self(call.account(), PATH));
    body.putObject("_embedded")
        .putArray("webhooks")
        .addAll(found.stream().map(w -> view(call.account(), w)).toList());
    return RestReply.ok(body);
  }

  private static RestReply subscribe(RestCall call) {
    Webhook webhook = Subscription.upsert(call.changes(), call.item());
    // The Russian brand answers 201, the international one 200.
    return new RestReply(
        call.account().card().host().equals("amocrm.ru") ? 201 : 200,
        view(call.account(), webhook));
  }

  private static RestReply remove(RestCall call) {
    Webhook webhook =
        Subscription.find(call.account(), call.item().path("destination").asText(""))
            .orElseThrow(RestProblem::notFound);
    call.changes().put(ChangeKind.WEBHOOK_GONE, webhook);
    call.changes().effect("remove_webhook", "", 0, String.valueOf(webhook.id()));
    return RestReply.nothing();
  }

  private static ObjectNode view(KommoAccount account, Webhook webhook) {
    ObjectNode json =
        Json.object()
            .put("id", webhook.id())
            .put("destination", webhook.destination())
            .put("created_at", webhook.createdAt())
            .put("updated_at", webhook.updatedAt())
            .put("account_id", account.card().id())
            .put("created_by", webhook.createdBy())
            .put("sort", webhook.sort())
            .put("disabled", webhook.disabled());
    json.set("settings", Json.tree(webhook.settings()));
    return json;
  }
}
