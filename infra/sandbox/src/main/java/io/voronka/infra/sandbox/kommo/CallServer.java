package io.voronka.infra.sandbox.kommo;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.clock.SandboxClock;
import io.voronka.infra.sandbox.kommo.access.RequestLimiter;
import io.voronka.infra.sandbox.kommo.access.Secrets;
import io.voronka.infra.sandbox.kommo.access.TokenEndpoint;
import io.voronka.infra.sandbox.kommo.model.Integration;
import io.voronka.infra.sandbox.kommo.model.Limits;
import io.voronka.infra.sandbox.kommo.model.Token;
import io.voronka.infra.sandbox.kommo.rest.RestApi;
import io.voronka.infra.sandbox.kommo.rest.RestCall;
import io.voronka.infra.sandbox.kommo.rest.RestEndpoint;
import io.voronka.infra.sandbox.kommo.rest.RestProblem;
import io.voronka.infra.sandbox.kommo.state.Actor;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.ledger.EntryDraft;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.Routes;
import io.voronka.infra.sandbox.web.WebReply;
import io.voronka.infra.sandbox.web.WebRequest;
import java.io.IOException;

/** Serves one call against an account: token, limits, route, body, endpoint, in this order. */
final class CallServer {
  /** The caller asked too often for too long. */
  static final class Blocked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Blocked() {
      super("blocked", null, false, false);
    }
  }

  /** A good answer and what was done for it. */
  record Served(WebReply reply, Changes changes) {}

  private final Kommo kommo;
  private final SandboxClock clock;
  private final RequestLimiter limiter;
  private final TokenEndpoint tokens;
  private final Routes<RestEndpoint> routes = RestApi.routes();

  CallServer(Kommo kommo, SandboxClock clock, RequestLimiter limiter, TokenEndpoint tokens) {
    this.kommo = kommo;
    this.clock = clock;
    this.limiter = limiter;
    this.tokens = tokens;
  }

  /**
   * Serves a call.
   *
   * @throws RestProblem when it is refused
   * @throws Blocked when the caller is
   */
  Served serve(KommoAccount account, WebRequest request, String path, EntryDraft draft) {
    return path.equals(TokenEndpoint.PATH)
        ? token(account, request, draft)
        : api(account, request, path, draft);
  }

  /** The refusal as it goes out: a 429 also carries its header. */
  WebReply dress(RestProblem problem, KommoAccount account) {
    WebReply reply = problem.web();
    return problem.status() == 429
        ? reply.with("Retry-After", String.valueOf(account.card().limits().retryAfterSeconds()))
        : reply;
  }

  private Served token(KommoAccount account, WebRequest request, EntryDraft draft) {
    if (!request.method().equals("POST")) {
      throw RestProblem.methodNotAllowed();
    }
    Changes changes = kommo.changes(account, new Actor(0, true));
    JsonNode body = body(request);
    Integration integration = tokens.authenticate(changes, body);
    draft.caller(integration.clientId(), null);
    if (limiter.blocked(account.card().subdomain(), integration.clientId(), clock.now())) {
      throw new Blocked();
    }
    return new Served(WebReply.json(200, tokens.exchange(changes, integration, body)), changes);
  }

  private Served api(KommoAccount account, WebRequest request, String path, EntryDraft draft) {
    Token token = bearer(account, request);
    Integration integration =
        account.integration(token.clientId()).orElseThrow(RestProblem::unauthorized);
    draft.caller(integration.clientId(), token.fingerprint());
    Limits limits = account.card().limits();
    switch (limiter.judge(
        account.card().subdomain(), integration.clientId(), limits, clock.now())) {
      case PASS -> {}
      case TOO_MANY -> throw RestProblem.tooMany(limits.retryAfterSeconds());
      case BLOCKED -> throw new Blocked();
    }
    if (!account.card().paid()) {
      throw RestProblem.paymentRequired("Payment required");
    }
    Routes.Match<RestEndpoint> match = routes.find(request.method(), path);
    if (match.handler() == null) {
      throw match.allowed().isEmpty() ? RestProblem.notFound() : RestProblem.methodNotAllowed();
    }
    JsonNode body = request.body().length == 0 ? null : body(request);
    Actor actor = new Actor(actingUser(account, integration, request), true);
    Changes changes = kommo.changes(account, actor);
    RestCall call =
        new RestCall(account, integration, request.query(), match.parameters(), body, changes);
    return new Served(match.handler().serve(call).web(), changes);
  }

  private Token bearer(KommoAccount account, WebRequest request) {
    String header = request.header("authorization");
    if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw RestProblem.unauthorized();
    }
    return account
        .token(Secrets.hash(header.substring(7).trim()))
        .filter(t -> t.kind() == Token.Kind.ACCESS && !t.revoked())
        .filter(t -> clock.now() < t.expiresAt())
        .orElseThrow(RestProblem::unauthorized);
  }

  /** {@code X-Context-User-ID} lets an integration act as another user of the account. */
  private static long actingUser(
      KommoAccount account, Integration integration, WebRequest request) {
    String given = request.header("x-context-user-id");
    if (given.matches("[0-9]{1,18}") && account.hasUser(Long.parseLong(given))) {
      return Long.parseLong(given);
    }
    return integration.userId();
  }

  private static JsonNode body(WebRequest request) {
    String type = request.header("content-type").split(";", 2)[0].trim();
    if (!type.equals("application/json") && !type.equals("application/hal+json")) {
      throw RestProblem.unsupportedType();
    }
    try {
      return Json.parse(request.body());
    } catch (IOException e) {
      throw RestProblem.badRequest("Invalid JSON");
    }
  }
}
