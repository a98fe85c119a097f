package io.voronka.connectors.crm.kommo.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmConnection;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.Subscribed;
import io.voronka.connectors.crm.VendorAccount;
import io.voronka.connectors.crm.WebhookSubscription;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code /account} and {@code /webhooks}. */
final class KommoConnection implements CrmConnection {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String WEBHOOKS = "/webhooks";

  private final KommoCall calls;

  KommoConnection(KommoCall calls) {
    this.calls = calls;
  }

  @Override
  public CompletableFuture<CrmReply<VendorAccount>> readAccount(CrmAccount account) {
    return calls
        .read(
            account,
            () -> "/account",
            KommoCall.WhenEmpty.NOT_FOUND,
            json -> Optional.ofNullable(account(json)))
        .thenApply(
            reply ->
                reply.fold(
                    found ->
                        found
                            .map(CrmReply::of)
                            .orElseGet(
                                () ->
                                    CrmReply.failed(
                                        CrmFailure.before(
                                            CrmFailure.Kind.UNEXPECTED_ANSWER,
                                            200,
                                            "the answer names no account"))),
                    CrmReply::failed));
  }

  @Override
  public CompletableFuture<CrmReply<Optional<WebhookSubscription>>> findWebhook(
      CrmAccount account, String destination) {
    return calls
        .read(
            account,
            () ->
                WEBHOOKS
                    + "?filter%5Bdestination%5D="
                    + URLEncoder.encode(destination, StandardCharsets.UTF_8),
            KommoCall.WhenEmpty.EMPTY_OBJECT,
            json -> find(json, destination))
        .thenApply(reply -> withoutAddress(reply, destination));
  }

  @Override
  public CompletableFuture<CrmReply<Subscribed>> subscribe(
      CrmAccount account, String destination, List<String> codes) {
    return new CodeSearch(wanted -> put(account, destination, wanted)).subscribe(codes);
  }

  @Override
  public CompletableFuture<CrmReply<Boolean>> unsubscribe(CrmAccount account, String destination) {
    ObjectNode body = JSON.objectNode().put("destination", destination);
    return calls
        .write(account, "DELETE", () -> WEBHOOKS, () -> body, answer -> true)
        .thenApply(reply -> withoutAddress(orNotThere(reply), destination));
  }

  private static CrmReply<Boolean> orNotThere(CrmReply<Boolean> reply) {
    return !reply.isOk() && reply.failure().kind() == CrmFailure.Kind.NOT_FOUND
        ? CrmReply.of(false)
        : reply;
  }

  /** Null when it is no account. */
  static VendorAccount account(JsonNode json) {
    String id = KommoAnswers.text(json, "id");
    String subdomain = KommoAnswers.text(json, "subdomain");
    String name = KommoAnswers.text(json, "name");
    return id == null || subdomain == null
        ? null
        : new VendorAccount(
            id, subdomain, name == null ? "" : name, KommoAnswers.text(json, "current_user_id"));
  }

  private CompletableFuture<CrmReply<WebhookSubscription>> put(
      CrmAccount account, String destination, List<String> codes) {
    ObjectNode body = JSON.objectNode().put("destination", destination);
    codes.forEach(body.putArray("settings")::add);
    return calls
        .write(
            account,
            "POST",
            () -> WEBHOOKS,
            () -> body,
            answer ->
                answer.json().path("settings").isArray()
                    ? webhook(answer.json())
                    : new WebhookSubscription(null, false, codes))
        .thenApply(reply -> withoutAddress(reply, destination));
  }

  /** The filter is asked for, and its answer is not trusted to be one. */
  private static Optional<WebhookSubscription> find(JsonNode json, String destination) {
    for (JsonNode webhook : json.path("_embedded").path("webhooks")) {
      if (destination.equals(KommoAnswers.text(webhook, "destination"))) {
        return Optional.of(webhook(webhook));
      }
    }
    return Optional.empty();
  }

  private static WebhookSubscription webhook(JsonNode json) {
    List<String> codes = new ArrayList<>();
    json.path("settings").forEach(code -> codes.add(code.asText()));
    return new WebhookSubscription(
        KommoAnswers.text(json, "id"), json.path("disabled").asBoolean(), codes);
  }

  /** A vendor may repeat what it minds, and the address holds a token. */
  private static <T> CrmReply<T> withoutAddress(CrmReply<T> reply, String destination) {
    if (reply.isOk()) {
      return reply;
    }
    CrmFailure failure = reply.failure();
    String token = destination.substring(destination.lastIndexOf('/') + 1);
    return CrmReply.failed(
        new CrmFailure(
            failure.kind(),
            failure.status(),
            failure.detail().replace(token, "…"),
            failure.validationErrors().stream()
                .map(
                    error ->
                        new CrmFailure.ValidationError(
                            error.item(),
                            error.code(),
                            error.path(),
                            error.detail().replace(token, "…")))
                .toList(),
            failure.retryAfter(),
            failure.mayHaveHappened()));
  }
}
