package io.voronka.infra.sandbox.kommo;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.voronka.infra.sandbox.clock.SandboxClock;
import io.voronka.infra.sandbox.faults.Fault;
import io.voronka.infra.sandbox.faults.FaultBoard;
import io.voronka.infra.sandbox.kommo.access.RequestLimiter;
import io.voronka.infra.sandbox.kommo.access.TokenEndpoint;
import io.voronka.infra.sandbox.kommo.access.TokenMint;
import io.voronka.infra.sandbox.kommo.rest.RestProblem;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.ledger.EntryDraft;
import io.voronka.infra.sandbox.ledger.Side;
import io.voronka.infra.sandbox.web.WebHandler;
import io.voronka.infra.sandbox.web.WebReply;
import io.voronka.infra.sandbox.web.WebRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /kommo/{subdomain}/…}: failure switches, then access and limits, then the endpoint, then
 * the ledger, and only when that is on disk the answer, with the webhooks just before or after it.
 */
public final class KommoFront implements WebHandler {
  private static final Logger LOG = LoggerFactory.getLogger(KommoFront.class);
  private static final Set<String> WRITES = Set.of("POST", "PATCH", "PUT", "DELETE");

  /** Webhooks that go first get this long; a receiver that hangs must not hold the API up. */
  private static final long HOOKS_FIRST_MILLIS = 500;

  private final Vertx vertx;
  private final Kommo kommo;
  private final SandboxClock clock;
  private final FaultBoard faults;
  private final Supplier<String> uuids;
  private final CallStats stats = new CallStats();
  private final RequestLimiter limiter = new RequestLimiter();
  private final CallServer server;

  public KommoFront(
      Vertx vertx, Kommo kommo, SandboxClock clock, FaultBoard faults, Supplier<String> uuids) {
    this.vertx = vertx;
    this.kommo = kommo;
    this.clock = clock;
    this.faults = faults;
    this.uuids = uuids;
    this.server = new CallServer(kommo, clock, limiter, new TokenEndpoint(new TokenMint(uuids)));
  }

  public CallStats stats() {
    return stats;
  }

  public RequestLimiter limiter() {
    return limiter;
  }

  @Override
  public Future<WebReply> handle(WebRequest request) {
    String[] segments = request.path().split("/", 4);
    String subdomain = segments.length > 2 ? segments[2] : "";
    String path = segments.length > 3 ? "/" + segments[3] : "/";
    Optional<Fault> fault = faults.take(subdomain, request.method(), path);
    Future<Void> start = Future.succeededFuture();
    if (fault.isPresent() && fault.get().delayMs() != null) {
      Promise<Void> waited = Promise.promise();
      vertx.setTimer(Math.max(1, fault.get().delayMs()), id -> waited.complete());
      start = waited.future();
    }
    return start
        .compose(go -> serve(request, subdomain, path, fault))
        .map(
            reply -> {
              stats.count(subdomain, reply.status());
              return reply.status() == WebReply.DROPPED
                  ? reply
                  : reply.with("X-Request-Id", uuids.get());
            });
  }

  private Future<WebReply> serve(
      WebRequest request, String subdomain, String path, Optional<Fault> fault) {
    EntryDraft draft = new EntryDraft(Kommo.VENDOR, Side.API, subdomain).request(request, path);
    if (path.equals(TokenEndpoint.PATH)) {
      draft.body(null);
    }
    fault.ifPresent(f -> draft.fault(f.name()));
    if (fault.isPresent() && fault.get().drop() == Fault.Drop.BEFORE) {
      return refuse(request, draft, WebReply.dropped());
    }
    if (fault.isPresent() && fault.get().status() != null) {
      return refuse(request, draft, faulty(fault.get()));
    }
    Optional<KommoAccount> account = kommo.account(subdomain);
    if (account.isEmpty()) {
      return refuse(request, draft, RestProblem.notFound().web());
    }
    CallServer.Served served;
    try {
      served = server.serve(account.get(), request, path, draft);
    } catch (RestProblem problem) {
      return refuse(request, draft, server.dress(problem, account.get()));
    } catch (CallServer.Blocked blocked) {
      return refuse(
          request,
          draft,
          WebReply.text(403, "text/html", "<html><body><h1>403 Forbidden</h1></body></html>\n"));
    } catch (IllegalArgumentException badQuery) {
      return refuse(
          request, draft, RestProblem.badRequest(String.valueOf(badQuery.getMessage())).web());
    }
    boolean dropAfter = fault.isPresent() && fault.get().drop() == Fault.Drop.AFTER;
    WebReply reply = dropAfter ? WebReply.dropped() : served.reply();
    draft.status(served.reply().status());
    return served.changes().changes().isEmpty() && served.changes().effects().isEmpty()
        ? kommo.durable().map(reply)
        : commit(draft, served.changes(), reply);
  }

  private Future<WebReply> commit(EntryDraft draft, Changes changes, WebReply reply) {
    kommo.forgive(changes);
    Kommo.Committed committed = kommo.commit(draft, changes, Telling.USUAL, null);
    Promise<WebReply> answer = Promise.promise();
    committed
        .durable()
        .onFailure(answer::fail)
        .onSuccess(
            onDisk -> {
              if (!committed.hooksFirst() || committed.deliveries().isEmpty()) {
                // Completing writes the answer; the webhooks start behind it.
                answer.complete(reply);
                watch(kommo.release(committed.deliveries()));
              } else {
                long timer = vertx.setTimer(HOOKS_FIRST_MILLIS, id -> answer.tryComplete(reply));
                watch(
                    kommo
                        .release(committed.deliveries())
                        .onComplete(
                            sent -> {
                              vertx.cancelTimer(timer);
                              answer.tryComplete(reply);
                            }));
              }
            });
    return answer.future();
  }

  private Future<WebReply> refuse(WebRequest request, EntryDraft draft, WebReply reply) {
    return WRITES.contains(request.method())
        ? kommo.refuse(draft.status(reply.status())).map(reply)
        : kommo.durable().map(reply);
  }

  private WebReply faulty(Fault fault) {
    JsonNode body = fault.body();
    WebReply reply =
        body != null
            ? WebReply.of(fault.status(), "application/problem+json", body)
            : fault.status() == 500
                ? RestProblem.internal(uuids.get()).web()
                : fault.status() == 429
                    ? RestProblem.tooMany(1).web().with("Retry-After", "1")
                    : RestProblem.of(fault.status(), "Error", "Simulated failure").web();
    for (var header : fault.headers().entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }

  private void watch(Future<? extends List<?>> sending) {
    sending.onFailure(e -> LOG.error("sending webhooks failed at {}", clock.now(), e));
  }
}
