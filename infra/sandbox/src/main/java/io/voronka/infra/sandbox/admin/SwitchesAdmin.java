package io.voronka.infra.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.voronka.infra.sandbox.clock.SandboxClock;
import io.voronka.infra.sandbox.delivery.WebhookSender;
import io.voronka.infra.sandbox.faults.Fault;
import io.voronka.infra.sandbox.faults.FaultBoard;
import io.voronka.infra.sandbox.kommo.HookOrder;
import io.voronka.infra.sandbox.kommo.Kommo;
import io.voronka.infra.sandbox.ledger.EntryDraft;
import io.voronka.infra.sandbox.ledger.Ledger;
import io.voronka.infra.sandbox.ledger.Side;
import io.voronka.infra.sandbox.receiver.HookAnswer;
import io.voronka.infra.sandbox.receiver.HookReceiver;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.Routes;
import io.voronka.infra.sandbox.web.WebReply;
import java.util.List;
import java.util.Locale;

/** The clock, the failure switches, what hook addresses answer, the order of webhooks. */
public final class SwitchesAdmin {
  private static final String CLOCK = "clock";

  private final SandboxClock clock;
  private final FaultBoard faults;
  private final HookReceiver hooks;
  private final Kommo kommo;
  private final Ledger ledger;
  private final WebhookSender sender;
  private final Runnable alarmsChanged;

  /**
   * @param alarmsChanged called when the clock was set
   */
  public SwitchesAdmin(
      SandboxClock clock,
      FaultBoard faults,
      HookReceiver hooks,
      Kommo kommo,
      Ledger ledger,
      WebhookSender sender,
      Runnable alarmsChanged) {
    this.clock = clock;
    this.faults = faults;
    this.hooks = hooks;
    this.kommo = kommo;
    this.ledger = ledger;
    this.sender = sender;
    this.alarmsChanged = alarmsChanged;
  }

  void mount(Routes<AdminEndpoint> routes) {
    routes
        .on("GET", "/_admin/health", this::health)
        .on("GET", "/_admin/clock", call -> done(200, clockJson()))
        .on("POST", "/_admin/clock", this::setClock)
        .on("GET", "/_admin/faults", call -> done(200, faults.list()))
        .on("POST", "/_admin/faults", this::addFault)
        .on("DELETE", "/_admin/faults", this::clearFaults)
        .on("DELETE", "/_admin/faults/{id}", this::removeFault)
        .on("PUT", "/_admin/hooks/{name}", this::configureHook)
        .on("PUT", "/_admin/settings", this::settings);
  }

  /** Sets the clock as a journal line left it. */
  public static void replay(SandboxClock clock, JsonNode line) {
    JsonNode state = line.path("state").path(CLOCK);
    if (state.isObject()) {
      clock.resume(
          state.path("offset_ms").asLong(),
          state.path("frozen").asBoolean(),
          state.path("now").asLong());
    }
  }

  private Future<WebReply> health(AdminCall call) {
    return done(
        200,
        Json.object()
            .put("status", "ok")
            .put("now", clock.now())
            .put("ledger_end", ledger.nextSeq() - 1)
            .put("deliveries_in_flight", sender.inFlight())
            .put("deliveries_waiting", sender.waiting())
            .put("hooks_first", kommo.hookOrder().name().toLowerCase(Locale.ROOT)));
  }

  /** {@code {"freeze": true}}, {@code {"advance_ms": 300000}}, {@code {"freeze": false}}. */
  private Future<WebReply> setClock(AdminCall call) {
    JsonNode body = call.body();
    if (body.has("freeze")) {
      if (body.get("freeze").asBoolean()) {
        clock.freeze();
      } else {
        clock.thaw();
      }
    }
    clock.advance(body.path("advance_ms").asLong(0));
    alarmsChanged.run();
    ObjectNode state = Json.object();
    state.set(CLOCK, clockJson());
    EntryDraft draft = new EntryDraft("sandbox", Side.ADMIN, null).kind("set_clock");
    return ledger
        .append(draft, List.of(), List.of(), state)
        .durable()
        .map(onDisk -> WebReply.json(200, clockJson()));
  }

  private ObjectNode clockJson() {
    return Json.object()
        .put("now", clock.now())
        .put("offset_ms", clock.offset())
        .put("frozen", clock.frozen());
  }

  private Future<WebReply> addFault(AdminCall call) {
    long id = faults.add(call.body(Fault.class));
    return done(201, Json.object().put("id", id));
  }

  private Future<WebReply> clearFaults(AdminCall call) {
    faults.clear();
    return Future.succeededFuture(WebReply.empty(204));
  }

  private Future<WebReply> removeFault(AdminCall call) {
    boolean there = faults.remove(Long.parseLong(call.parameter(0)));
    return Future.succeededFuture(
        there ? WebReply.empty(204) : WebReply.refused(404, "no such fault"));
  }

  private Future<WebReply> configureHook(AdminCall call) {
    HookAnswer answer = call.body(HookAnswer.class);
    return hooks.answer(call.parameter(0), answer).map(onDisk -> WebReply.json(200, answer));
  }

  private Future<WebReply> settings(AdminCall call) {
    String order = call.body().path("hooks_first").asText("half");
    kommo.hookOrder(
        switch (order) {
          case "half" -> HookOrder.HALF;
          case "always" -> HookOrder.ALWAYS_FIRST;
          case "never" -> HookOrder.NEVER_FIRST;
          default -> throw new IllegalArgumentException("hooks_first: half, always or never");
        });
    return done(200, Json.object().put("hooks_first", order));
  }

  private static Future<WebReply> done(int status, Object body) {
    return Future.succeededFuture(WebReply.json(status, body));
  }
}
