package io.voronka.infra.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.voronka.infra.sandbox.client.AccountSpec;
import io.voronka.infra.sandbox.kommo.Kommo;
import io.voronka.infra.sandbox.kommo.KommoFront;
import io.voronka.infra.sandbox.kommo.Telling;
import io.voronka.infra.sandbox.kommo.access.TokenMint;
import io.voronka.infra.sandbox.kommo.model.AccountCard;
import io.voronka.infra.sandbox.kommo.model.Integration;
import io.voronka.infra.sandbox.kommo.model.Lead;
import io.voronka.infra.sandbox.kommo.model.PipelineHook;
import io.voronka.infra.sandbox.kommo.model.Token;
import io.voronka.infra.sandbox.kommo.model.Webhook;
import io.voronka.infra.sandbox.kommo.rest.Subscription;
import io.voronka.infra.sandbox.kommo.rest.Views;
import io.voronka.infra.sandbox.kommo.state.Actor;
import io.voronka.infra.sandbox.kommo.state.ChangeKind;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.kommo.ui.AccountOpening;
import io.voronka.infra.sandbox.kommo.ui.HumanActions;
import io.voronka.infra.sandbox.ledger.EntryDraft;
import io.voronka.infra.sandbox.ledger.Side;
import io.voronka.infra.sandbox.web.Json;
import io.voronka.infra.sandbox.web.Routes;
import io.voronka.infra.sandbox.web.WebReply;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Kommo accounts: opening and changing them, and playing the people in them. */
public final class KommoAdmin {
  private static final String ROOT = "/_admin/kommo";

  private final Kommo kommo;
  private final KommoFront front;
  private final AccountOpening opening;
  private final TokenMint mint;

  public KommoAdmin(Kommo kommo, KommoFront front, Supplier<String> uuids) {
    this.kommo = kommo;
    this.front = front;
    this.opening = new AccountOpening(kommo, uuids);
    this.mint = new TokenMint(uuids);
  }

  void mount(Routes<AdminEndpoint> routes) {
    routes
        .on("GET", ROOT, this::list)
        .on("POST", ROOT, this::open)
        .on("GET", ROOT + "/{sub}", this::show)
        .on("PATCH", ROOT + "/{sub}", this::change)
        .on("POST", ROOT + "/{sub}/act", this::act)
        .on("POST", ROOT + "/{sub}/tokens", this::issue)
        .on("DELETE", ROOT + "/{sub}/tokens", this::revoke)
        .on("POST", ROOT + "/{sub}/webhooks", this::subscribe)
        .on("POST", ROOT + "/{sub}/pipeline-hooks", this::addPipelineHook)
        .on("POST", ROOT + "/{sub}/unblock", this::unblock)
        .on("GET", ROOT + "/{sub}/leads/{id}", this::lead);
  }

  private Future<WebReply> list(AdminCall call) {
    List<String> names = kommo.accounts().stream().map(a -> a.card().subdomain()).toList();
    return done(200, names);
  }

  private Future<WebReply> open(AdminCall call) {
    AccountSpec spec = call.body(AccountSpec.class);
    if (kommo.account(spec.subdomain()).isPresent()) {
      return done(409, Json.object().put("error", "there is an account " + spec.subdomain()));
    }
    AccountOpening.Opened opened = opening.open(spec);
    ObjectNode body = Json.object();
    body.set("account", Json.tree(opened.changes().account().card()));
    body.set("integrations", opened.credentials());
    return commit(opened.changes(), Side.ADMIN, Telling.USUAL)
        .durable()
        .map(onDisk -> WebReply.json(201, body));
  }

  private Future<WebReply> show(AdminCall call) {
    KommoAccount account = account(call);
    ObjectNode body = Json.object();
    body.set("account", Json.tree(account.card()));
    body.set("webhooks", Json.tree(account.webhooks()));
    body.put("leads", account.leads().size()).put("tasks", account.tasks().size());
    body.set("calls", Json.tree(front.stats().of(account.card().subdomain())));
    return done(200, body);
  }

  /** Replaces the given parts of the card: limits, paid, chat_quota, bots, fields … */
  private Future<WebReply> change(AdminCall call) {
    KommoAccount account = account(call);
    ObjectNode merged = (ObjectNode) Json.tree(account.card());
    call.body().properties().forEach(e -> merged.set(e.getKey(), e.getValue()));
    AccountCard card = Json.read(merged, AccountCard.class);
    if (card.id() != account.card().id() || !card.subdomain().equals(account.card().subdomain())) {
      throw new IllegalArgumentException("id and subdomain stay");
    }
    Changes changes = kommo.changes(account, new Actor(0, false));
    changes.put(ChangeKind.CARD, card);
    changes.effect("change_account", "", 0, null);
    return commit(changes, Side.ADMIN, Telling.USUAL)
        .durable()
        .map(onDisk -> WebReply.json(200, card));
  }

  private Future<WebReply> act(AdminCall call) {
    KommoAccount account = account(call);
    JsonNode body = call.body();
    long user = body.path("by").asLong(account.card().users().get(0).id());
    Changes changes = kommo.changes(account, new Actor(user, false));
    ArrayNode results = Json.array();
    String mark = body.hasNonNull("mark") ? body.get("mark").asText() : null;
    RuntimeException wrong = null;
    try {
      for (JsonNode action : body.path("actions")) {
        results.add(HumanActions.perform(changes, action));
      }
    } catch (RuntimeException e) {
      // What came before it has happened, as on a screen: it must not be lost to the journal.
      wrong = e;
    }
    RuntimeException failure = wrong;
    if (changes.effects().isEmpty()) {
      throw failure == null ? new IllegalArgumentException("no actions") : failure;
    }
    Telling telling =
        new Telling(
            body.path("batch").asBoolean(),
            body.path("hold").asBoolean(),
            body.path("silent").asBoolean(),
            null,
            mark,
            null);
    Kommo.Committed committed = commit(changes, Side.UI, telling);
    ObjectNode answer = Json.object().put("ledger", committed.entry().seq());
    answer.set("results", results);
    answer.set("deliveries", Json.tree(committed.deliveries().stream().map(d -> d.id()).toList()));
    return committed
        .durable()
        .compose(
            onDisk -> {
              var sending = kommo.release(committed.deliveries());
              if (!body.path("wait").asBoolean()) {
                return Future.succeededFuture();
              }
              return sending.onSuccess(a -> answer.set("attempts", Json.tree(a)));
            })
        .map(
            sent -> {
              if (failure != null) {
                throw failure;
              }
              return WebReply.json(200, answer);
            });
  }

  /** {@code {"client_id"?, "kind": "pair" | "code" | "long_lived", "days"?}}. */
  private Future<WebReply> issue(AdminCall call) {
    KommoAccount account = account(call);
    JsonNode body = call.body();
    Integration integration =
        body.hasNonNull("client_id")
            ? account
                .integration(body.get("client_id").asText())
                .orElseThrow(() -> new IllegalArgumentException("no such integration"))
            : account.card().integrations().get(0);
    Changes changes = kommo.changes(account, new Actor(0, false));
    ObjectNode answer = Json.object().put("client_id", integration.clientId());
    switch (body.path("kind").asText("pair")) {
      case "pair" -> {
        TokenMint.Pair pair = mint.pair(changes, integration);
        answer.put("access_token", pair.access()).put("refresh_token", pair.refresh());
      }
      case "code" -> answer.put("code", mint.code(changes, integration));
      case "long_lived" ->
          answer.put(
              "access_token",
              mint.longLived(changes, integration, Duration.ofDays(body.path("days").asLong(365))));
      default -> throw new IllegalArgumentException("kind: pair, code or long_lived");
    }
    changes.effect("issue_token", "", 0, null);
    return commit(changes, Side.ADMIN, Telling.USUAL)
        .durable()
        .map(onDisk -> WebReply.json(201, answer));
  }

  /** Revokes all access tokens, or what {@code ?kind=refresh} names. */
  private Future<WebReply> revoke(AdminCall call) {
    KommoAccount account = account(call);
    Token.Kind kind =
        Token.Kind.valueOf(call.query().text("kind").orElse("access").toUpperCase(Locale.ROOT));
    Changes changes = kommo.changes(account, new Actor(0, false));
    for (Token token : List.copyOf(account.tokens())) {
      if (token.kind() == kind && !token.revoked()) {
        changes.put(ChangeKind.TOKEN, token.withRevoked());
      }
    }
    changes.effect("revoke_tokens", "", 0, null);
    return commit(changes, Side.ADMIN, Telling.USUAL).durable().map(onDisk -> WebReply.empty(204));
  }

  /** What an administrator does in the settings: {@code {"destination", "settings": […]}}. */
  private Future<WebReply> subscribe(AdminCall call) {
    KommoAccount account = account(call);
    Changes changes = kommo.changes(account, new Actor(0, false));
    Webhook webhook = Subscription.upsert(changes, call.body());
    kommo.forgive(changes);
    return commit(changes, Side.ADMIN, Telling.USUAL)
        .durable()
        .map(onDisk -> WebReply.json(200, webhook));
  }

  private Future<WebReply> addPipelineHook(AdminCall call) {
    KommoAccount account = account(call);
    JsonNode body = call.body();
    PipelineHook hook =
        new PipelineHook(
            account.newId(),
            body.path("pipeline_id").asLong(account.mainPipeline().id()),
            body.path("status_id").asLong(),
            body.path("destination").asText());
    Changes changes = kommo.changes(account, new Actor(0, false));
    changes.put(ChangeKind.PIPELINE_HOOK, hook);
    changes.effect("add_pipeline_hook", "", 0, String.valueOf(hook.id()));
    return commit(changes, Side.ADMIN, Telling.USUAL)
        .durable()
        .map(onDisk -> WebReply.json(201, hook));
  }

  private Future<WebReply> unblock(AdminCall call) {
    front.limiter().unblock(account(call).card().subdomain());
    return Future.succeededFuture(WebReply.empty(204));
  }

  /** A lead with everything that hangs on it, for assertions. */
  private Future<WebReply> lead(AdminCall call) {
    KommoAccount account = account(call);
    Lead lead = account.lead(Long.parseLong(call.parameter(1))).orElse(null);
    if (lead == null) {
      return done(404, Json.object().put("error", "no such lead"));
    }
    ObjectNode body = Views.lead(account, lead, true);
    ArrayNode tasks = body.putArray("tasks");
    account.tasks().stream()
        .filter(t -> t.entityId() == lead.id() && t.entityType().equals("leads"))
        .forEach(t -> tasks.add(Views.task(account, t)));
    ArrayNode notes = body.putArray("notes");
    account.notes("leads", lead.id()).forEach(n -> notes.add(Views.note(account, n)));
    ArrayNode messages = body.putArray("messages");
    account.talks().stream()
        .filter(t -> t.entityId() == lead.id())
        .flatMap(t -> account.messages(t.id()).stream())
        .forEach(m -> messages.add(Json.tree(m)));
    return kommo.durable().map(onDisk -> WebReply.json(200, body));
  }

  private Kommo.Committed commit(Changes changes, Side side, Telling telling) {
    EntryDraft draft =
        new EntryDraft(Kommo.VENDOR, side, changes.account().card().subdomain())
            .mark(telling.mark());
    return kommo.commit(draft, changes, telling, null);
  }

  private KommoAccount account(AdminCall call) {
    return kommo
        .account(call.parameter(0))
        .orElseThrow(() -> new IllegalArgumentException("no account " + call.parameter(0)));
  }

  private static Future<WebReply> done(int status, Object body) {
    return Future.succeededFuture(WebReply.json(status, body));
  }
}
