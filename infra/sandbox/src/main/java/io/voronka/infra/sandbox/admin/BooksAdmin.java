package io.voronka.infra.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voronka.infra.sandbox.delivery.Attempt;
import io.voronka.infra.sandbox.delivery.Delivery;
import io.voronka.infra.sandbox.delivery.DeliveryBook;
import io.voronka.infra.sandbox.delivery.RetryLadder;
import io.voronka.infra.sandbox.delivery.WebhookSender;
import io.voronka.infra.sandbox.ledger.EntryDraft;
import io.voronka.infra.sandbox.ledger.Ledger;
import io.voronka.infra.sandbox.ledger.Side;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.Routes;
import io.voronka.infra.sandbox.web.WebReply;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Reading the ledger and the deliveries; sending deliveries by hand. */
public final class BooksAdmin {
  private static final int USUAL_PAGE = 1_000;
  private static final int LARGEST_PAGE = 10_000;

  private final Vertx vertx;
  private final Ledger ledger;
  private final DeliveryBook deliveries;
  private final WebhookSender sender;

  public BooksAdmin(Vertx vertx, Ledger ledger, DeliveryBook deliveries, WebhookSender sender) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.deliveries = deliveries;
    this.sender = sender;
  }

  void mount(Routes<AdminEndpoint> routes) {
    routes
        .on("GET", "/_admin/ledger", this::ledger)
        .on("GET", "/_admin/deliveries", this::deliveries)
        .on("POST", "/_admin/deliveries/{id}/send", this::send)
        .on("POST", "/_admin/send", this::raw);
  }

  private Future<WebReply> ledger(AdminCall call) {
    String sides = call.query().text("side").orElse("api,hook,mail").toUpperCase(Locale.ROOT);
    Set<String> wanted = Set.of(sides.split(","));
    Predicate<JsonNode> filter =
        line ->
            (sides.equals("ALL") || wanted.contains(line.path("side").asText()))
                && same(call, line, "account")
                && same(call, line, "kind")
                && same(call, line, "entity")
                && same(call, line, "applied")
                && same(call, line, "mark");
    long after = call.query().number("after").orElse(0);
    int limit = limit(call);
    // Waiting first means that a reader finds what it has been told of by any other answer.
    return ledger
        .durable()
        .compose(onDisk -> vertx.executeBlocking(() -> ledger.read(after, limit, filter)))
        .map(page -> WebReply.json(200, page));
  }

  private Future<WebReply> deliveries(AdminCall call) {
    Predicate<JsonNode> filter =
        line ->
            same(call, line, "account")
                && same(call, line, "code")
                && same(call, line, "load")
                && same(call, line, "delivery")
                && same(call, line, "entity")
                && same(call, line, "state")
                && same(call, line, "mark");
    long after = call.query().number("after").orElse(0);
    int limit = limit(call);
    return deliveries
        .durable()
        .compose(onDisk -> vertx.executeBlocking(() -> deliveries.read(after, limit, filter)))
        .map(page -> WebReply.json(200, page));
  }

  /** A held delivery goes on its way; one that was sent already goes out once more. */
  private Future<WebReply> send(AdminCall call) {
    long id = number(call.parameter(0));
    return vertx
        .executeBlocking(() -> find(id))
        .compose(
            delivery -> {
              if (delivery == null) {
                return Future.succeededFuture(WebReply.refused(404, "no delivery " + id));
              }
              boolean again = call.body().path("repeat").asBoolean(!delivery.held());
              Future<Attempt> attempt = again ? sender.repeat(delivery) : sender.send(delivery);
              return attempt.map(a -> WebReply.json(200, a));
            });
  }

  private Delivery find(long id) throws IOException {
    JsonNode line = ledger.line(Delivery.ledgerLine(id));
    if (line != null) {
      for (JsonNode out : line.path("outbox")) {
        if (out.path("id").asLong() == id) {
          return Json.read(out, Delivery.class);
        }
      }
    }
    return null;
  }

  /**
   * Any bytes to any address.
   *
   * @param body text, or null when {@code bodyBase64} is given
   * @param retry climb the ladder of account hooks when it fails
   */
  record Raw(
      String destination,
      String account,
      String body,
      String bodyBase64,
      String contentType,
      Map<String, String> headers,
      String mark,
      boolean retry) {}

  private Future<WebReply> raw(AdminCall call) {
    Raw raw = call.body(Raw.class);
    if (raw.destination() == null || (raw.body() == null && raw.bodyBase64() == null)) {
      throw new IllegalArgumentException("destination and body (or body_base64) are needed");
    }
    String account = raw.account() == null ? "raw" : raw.account();
    Delivery delivery =
        new Delivery(
            ledger.nextSeq() * 1000,
            account,
            raw.retry() ? RetryLadder.ACCOUNT_HOOK : RetryLadder.ONCE,
            0,
            raw.destination(),
            "raw",
            null,
            raw.mark(),
            null,
            raw.contentType() == null ? Delivery.FORM : raw.contentType(),
            raw.body(),
            raw.bodyBase64(),
            raw.headers(),
            false);
    EntryDraft draft =
        new EntryDraft("kommo", Side.UI, account)
            .kind("send_raw")
            .mark(raw.mark())
            .hooks(null, List.of(delivery.id()));
    return ledger
        .append(draft, List.of(), List.of(delivery), null)
        .durable()
        .compose(onDisk -> sender.send(delivery))
        .map(attempt -> WebReply.json(200, attempt));
  }

  private static boolean same(AdminCall call, JsonNode line, String name) {
    return call.query().text(name).map(v -> v.equals(line.path(name).asText())).orElse(true);
  }

  private static int limit(AdminCall call) {
    return (int) Math.min(LARGEST_PAGE, call.query().number("limit").orElse(USUAL_PAGE));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number: " + text, e);
    }
  }
}
