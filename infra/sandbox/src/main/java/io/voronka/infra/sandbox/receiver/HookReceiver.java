package io.voronka.infra.sandbox.receiver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.voronka.infra.sandbox.faults.Fault;
import io.voronka.infra.sandbox.faults.FaultBoard;
import io.voronka.infra.sandbox.ledger.EntryDraft;
import io.voronka.infra.sandbox.ledger.Ledger;
import io.voronka.infra.sandbox.ledger.LedgerEntry;
import io.voronka.infra.sandbox.ledger.Side;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.WebHandler;
import io.voronka.infra.sandbox.web.WebReply;
import io.voronka.infra.sandbox.web.WebRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code /hooks/{name}[/…]}: any method, any body; written down, then answered as configured. */
public final class HookReceiver implements WebHandler {
  public static final String VENDOR = "hooks";
  private static final String STATE = "hook_answer";

  private final Vertx vertx;
  private final FaultBoard faults;
  private final Map<String, HookAnswer> answers = new TreeMap<>();
  private Ledger ledger;

  public HookReceiver(Vertx vertx, FaultBoard faults) {
    this.vertx = vertx;
    this.faults = faults;
  }

  public void connect(Ledger openLedger) {
    ledger = openLedger;
  }

  /** Sets what {@code name} answers from now on, restarts included. */
  public Future<Void> answer(String name, HookAnswer answer) {
    answers.put(name, answer);
    ObjectNode state = Json.object();
    state.putObject(STATE).put("name", name).set("answer", Json.tree(answer));
    EntryDraft draft = new EntryDraft(VENDOR, Side.ADMIN, name).kind("configure_hook");
    return ledger.append(draft, List.of(), List.of(), state).durable();
  }

  /** Takes a line of the journal back in. */
  public void replay(JsonNode line) {
    JsonNode state = line.path("state").path(STATE);
    if (state.isObject()) {
      answers.put(state.path("name").asText(), Json.read(state.get("answer"), HookAnswer.class));
    }
  }

  @Override
  public Future<WebReply> handle(WebRequest request) {
    String[] segments = request.path().split("/", 4);
    String name = segments.length > 2 ? segments[2] : "";
    Optional<Fault> fault = faults.take(name, request.method(), request.path());
    HookAnswer answer = answers.getOrDefault(name, HookAnswer.OK);
    Long delay = fault.isPresent() ? fault.get().delayMs() : answer.delayMs();
    Future<Void> start = Future.succeededFuture();
    if (delay != null) {
      Promise<Void> waited = Promise.promise();
      vertx.setTimer(Math.max(1, delay), id -> waited.complete());
      start = waited.future();
    }
    return start.compose(go -> receive(request, name, fault, answer));
  }

  private Future<WebReply> receive(
      WebRequest request, String name, Optional<Fault> fault, HookAnswer answer) {
    WebReply reply = reply(answer);
    boolean taken = true;
    if (fault.isPresent()) {
      if (fault.get().drop() != null) {
        reply = WebReply.dropped();
        taken = fault.get().drop() == Fault.Drop.AFTER;
      } else if (fault.get().status() != null) {
        reply = WebReply.empty(fault.get().status());
        taken = false;
      }
    }
    EntryDraft draft =
        new EntryDraft(VENDOR, Side.HOOK, name)
            .request(request, request.path())
            .allHeaders(request.headers())
            .status(reply.status());
    if (taken) {
      draft.effects(List.of(new LedgerEntry.EffectLine("webhook", VENDOR + "/" + name, null)));
    }
    fault.ifPresent(f -> draft.fault(f.name()));
    return ledger.append(draft, List.of(), List.of(), null).durable().map(reply);
  }

  private static WebReply reply(HookAnswer answer) {
    WebReply reply =
        answer.body() == null
            ? WebReply.empty(answer.status())
            : WebReply.json(answer.status(), answer.body());
    for (var header : answer.headers().entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }
}
