package io.voronka.infra.sandbox.kommo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.voronka.infra.sandbox.clock.SandboxClock;
import io.voronka.infra.sandbox.delivery.Attempt;
import io.voronka.infra.sandbox.delivery.Delivery;
import io.voronka.infra.sandbox.delivery.HookOwner;
import io.voronka.infra.sandbox.delivery.RetryLadder;
import io.voronka.infra.sandbox.delivery.WebhookSender;
import io.voronka.infra.sandbox.kommo.model.AccountCard;
import io.voronka.infra.sandbox.kommo.model.Webhook;
import io.voronka.infra.sandbox.kommo.state.Actor;
import io.voronka.infra.sandbox.kommo.state.Change;
import io.voronka.infra.sandbox.kommo.state.ChangeKind;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.kommo.state.Effect;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.ledger.EntryDraft;
import io.voronka.infra.sandbox.ledger.Ledger;
import io.voronka.infra.sandbox.ledger.LedgerEntry;
import io.voronka.infra.sandbox.ledger.Side;
import io.voronka.infra.sandbox.web.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All accounts, and the one way to change one: {@link #commit} writes a ledger line with its
 * after-images and webhooks; once it is on disk, {@link #release} sends the webhooks.
 */
public final class Kommo implements HookOwner {
  public static final String VENDOR = "kommo";

  private final Map<String, KommoAccount> accounts = new TreeMap<>();
  private final SandboxClock clock;
  private final long seed;
  private Ledger ledger;
  private WebhookSender sender;
  private HookOrder hookOrder = HookOrder.HALF;

  public Kommo(SandboxClock clock, long seed) {
    this.clock = clock;
    this.seed = seed;
  }

  /** Completes the wiring, after the replay. */
  public void connect(Ledger openLedger, WebhookSender webhookSender) {
    ledger = openLedger;
    sender = webhookSender;
  }

  public Optional<KommoAccount> account(String subdomain) {
    return Optional.ofNullable(accounts.get(subdomain));
  }

  public Collection<KommoAccount> accounts() {
    return accounts.values();
  }

  /** Opens an account; its card goes into {@code changes} of the new account. */
  public Changes open(AccountCard card) {
    KommoAccount account = new KommoAccount(card);
    accounts.put(card.subdomain(), account);
    Changes changes = changes(account, new Actor(0, false));
    changes.put(ChangeKind.CARD, card);
    return changes;
  }

  public Changes changes(KommoAccount account, Actor actor) {
    return new Changes(account, actor, clock.now());
  }

  public void hookOrder(HookOrder order) {
    hookOrder = order;
  }

  public HookOrder hookOrder() {
    return hookOrder;
  }

  /**
   * A committed line.
   *
   * @param hooksFirst whether its webhooks go out before it is answered
   */
  public record Committed(
      LedgerEntry entry, List<Delivery> deliveries, boolean hooksFirst, Future<Void> durable) {}

  /** Writes what was done, with everything that follows from it, as one line. */
  public Committed commit(EntryDraft draft, Changes changes, Telling telling, ObjectNode state) {
    long line = ledger.nextSeq();
    KommoAccount account = changes.account();
    List<Delivery> deliveries = Outbox.plan(line, account, changes, telling);
    boolean first = hookOrder.first(seed, line);
    if (!changes.effects().isEmpty()) {
      draft.effects(changes.effects().stream().map(Kommo::line).toList());
    }
    draft.hooks(first, deliveries.stream().map(Delivery::id).toList());
    Ledger.Appended appended = ledger.append(draft, changes.changes(), deliveries, state);
    return new Committed(appended.entry(), deliveries, first, appended.durable());
  }

  /** Writes a line about a call that changed nothing. */
  public Future<Void> refuse(EntryDraft draft) {
    return ledger.append(draft, List.of(), List.of(), null).durable();
  }

  /** Completes when everything committed so far is on disk. */
  public Future<Void> durable() {
    return ledger.durable();
  }

  /** Makes the first attempt of each delivery that is not held; completes with all of them. */
  public Future<List<Attempt>> release(List<Delivery> deliveries) {
    List<Future<Attempt>> attempts =
        deliveries.stream().filter(d -> !d.held()).map(sender::send).toList();
    return Future.all(attempts).map(all -> all.<Attempt>list());
  }

  /** Takes a line of the journal back in. */
  public void replay(JsonNode line) {
    String subdomain = line.path("account").asText();
    for (JsonNode change : line.path("changes")) {
      ChangeKind kind = ChangeKind.valueOf(change.path("kind").asText());
      Object value = Json.read(change.path("value"), kind.type());
      if (kind == ChangeKind.CARD) {
        accounts.computeIfAbsent(subdomain, k -> new KommoAccount((AccountCard) value));
      }
      accounts.get(subdomain).apply(kind, value);
    }
  }

  @Override
  public boolean wanted(Delivery delivery) {
    if (delivery.ladder() != RetryLadder.ACCOUNT_HOOK || delivery.hookId() == 0) {
      return true;
    }
    return account(delivery.account())
        .flatMap(a -> a.webhook(delivery.hookId()))
        .filter(w -> !w.disabled())
        .isPresent();
  }

  @Override
  public int timeoutCountsAs(Delivery delivery) {
    return account(delivery.account()).map(a -> a.card().timeoutCountsAs()).orElse(499);
  }

  @Override
  public void switchOff(Delivery delivery) {
    KommoAccount account = accounts.get(delivery.account());
    Optional<Webhook> webhook = account.webhook(delivery.hookId()).filter(w -> !w.disabled());
    if (webhook.isPresent()) {
      Changes changes = changes(account, new Actor(0, false));
      changes.put(ChangeKind.WEBHOOK, webhook.get().withDisabled(true, changes.seconds()));
      changes.effect("disable_webhook", "", 0, String.valueOf(delivery.hookId()));
      EntryDraft draft = new EntryDraft(VENDOR, Side.ADMIN, delivery.account());
      commit(draft, changes, Telling.USUAL, null);
    }
  }

  /** Where a subscription was made anew its past is forgiven. */
  public void forgive(Changes changes) {
    for (Change change : changes.changes()) {
      if (change.kind() == ChangeKind.WEBHOOK) {
        sender.forgive(changes.account().card().subdomain(), ((Webhook) change.value()).id());
      }
    }
  }

  private static LedgerEntry.EffectLine line(Effect effect) {
    String entity =
        effect.entityType().isEmpty() ? null : effect.entityType() + "/" + effect.entityId();
    return new LedgerEntry.EffectLine(effect.kind(), entity, effect.createdId());
  }
}
