package io.voronka.infra.sandbox.load;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voronka.infra.sandbox.client.LoadSpec;
import io.voronka.infra.sandbox.delivery.Attempt;
import io.voronka.infra.sandbox.kommo.Kommo;
import io.voronka.infra.sandbox.kommo.Telling;
import io.voronka.infra.sandbox.kommo.state.Actor;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.ledger.EntryDraft;
import io.voronka.infra.sandbox.ledger.Side;
import io.voronka.infra.sandbox.web.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs loads. Each change is committed to the ledger before its webhook is sent, so a killed
 * sandbox knows what it owes, and goes on where it was when it is started again.
 */
public final class LoadGenerator {
  private static final Logger LOG = LoggerFactory.getLogger(LoadGenerator.class);
  private static final String STARTED = "load_started";
  private static final String STOPPED = "load_stopped";
  private static final String INDEX = "load_index";

  private final Vertx vertx;
  private final Kommo kommo;
  private final LongSupplier nanos;
  private final Map<String, LoadRun> runs = new LinkedHashMap<>();

  /**
   * @param nanos a monotonic clock for the pace
   */
  public LoadGenerator(Vertx vertx, Kommo kommo, LongSupplier nanos) {
    this.vertx = vertx;
    this.kommo = kommo;
    this.nanos = nanos;
  }

  /** Starts a run; completes when its start is on disk. */
  public Future<Void> start(LoadSpec spec) {
    if (spec.id() == null || spec.id().isBlank() || runs.containsKey(spec.id())) {
      throw new IllegalArgumentException("a load needs an id of its own: " + spec.id());
    }
    if (spec.ratePerSecond() <= 0 || spec.count() < 1 || spec.kind() == null) {
      throw new IllegalArgumentException("a load needs a kind, a rate and a count");
    }
    List<KommoAccount> accounts = accounts(spec);
    if (accounts.isEmpty()) {
      throw new IllegalArgumentException("no account for load " + spec.id());
    }
    LoadRun run = new LoadRun(spec);
    runs.put(spec.id(), run);
    ObjectNode state = Json.object();
    state.set(STARTED, Json.tree(spec));
    return note(accounts.get(0), STARTED, state).onSuccess(onDisk -> pace(run));
  }

  public Optional<Future<Void>> stop(String id) {
    LoadRun run = runs.get(id);
    if (run == null) {
      return Optional.empty();
    }
    run.stop();
    return Optional.of(note(accounts(run.spec()).get(0), STOPPED, Json.object().put(STOPPED, id)));
  }

  public List<JsonNode> reports() {
    return runs.values().stream().map(r -> Json.tree(r.report())).toList();
  }

  public Optional<JsonNode> report(String id) {
    return Optional.ofNullable(runs.get(id)).map(r -> Json.tree(r.report()));
  }

  /** Takes a line of the journal back in. */
  public void replay(JsonNode line) {
    JsonNode state = line.path("state");
    if (state.has(STARTED)) {
      LoadSpec spec = Json.read(state.get(STARTED), LoadSpec.class);
      runs.put(spec.id(), new LoadRun(spec));
    } else if (state.has(STOPPED)) {
      runs.get(state.get(STOPPED).asText()).stop();
    } else if (state.has(INDEX)) {
      LoadRun run = runs.get(state.path("load").asText());
      run.made(state.get(INDEX).asLong(), line.path("outbox").size());
      if (run.spec().leadsPerAccount() > 0) {
        run.pool(
            line.path("account").asText(), state.get(INDEX).asLong(), state.path("lead").asLong());
      }
    }
  }

  /** Every attempt passes here, those from before a restart too. */
  public void record(Attempt attempt) {
    LoadRun run = attempt.load() == null ? null : runs.get(attempt.load());
    if (run != null) {
      run.record(attempt);
    }
  }

  /** Goes on with what was running when the process ended. */
  public void resume() {
    runs.values().stream().filter(r -> !r.finished()).forEach(this::pace);
  }

  private void pace(LoadRun run) {
    run.start(nanos.getAsLong());
    makeDue(run, accounts(run.spec()));
  }

  private void makeDue(LoadRun run, List<KommoAccount> accounts) {
    long now = nanos.getAsLong();
    long due = run.due(now);
    while (!run.finished() && run.made() < due) {
      run.late(now);
      change(run, accounts);
    }
    if (!run.finished()) {
      // Looking more often would take a tenth of a processor from whoever is measured.
      long wait = NANOSECONDS.toMillis(run.untilNext(nanos.getAsLong()));
      vertx.setTimer(Math.max(1, wait), timer -> makeDue(run, accounts));
    }
  }

  private void change(LoadRun run, List<KommoAccount> accounts) {
    LoadSpec spec = run.spec();
    long index = run.made();
    KommoAccount account = run.account(accounts, index);
    String subdomain = account.card().subdomain();
    Changes changes = kommo.changes(account, new Actor(account.card().users().get(0).id(), false));
    long pooled = spec.leadsPerAccount() > 0 ? run.pooled(subdomain, index) : 0;
    long lead = new LoadChange(spec, changes, spec.mark(index)).make(pooled);
    if (spec.leadsPerAccount() > 0) {
      run.pool(subdomain, index, lead);
    }
    ObjectNode state = Json.object().put("load", spec.id()).put(INDEX, index).put("lead", lead);
    EntryDraft draft = new EntryDraft(Kommo.VENDOR, Side.LOAD, subdomain).mark(spec.mark(index));
    Telling telling =
        new Telling(false, false, false, spec.kind().code(), spec.mark(index), spec.id());
    Kommo.Committed committed = kommo.commit(draft, changes, telling, state);
    run.made(index, committed.deliveries().size());
    committed
        .durable()
        .compose(onDisk -> kommo.release(committed.deliveries()))
        .onFailure(e -> LOG.error("load {} failed at {}", spec.id(), index, e));
  }

  private List<KommoAccount> accounts(LoadSpec spec) {
    if (spec.accounts() == null) {
      return new ArrayList<>(kommo.accounts());
    }
    return spec.accounts().stream()
        .map(
            name ->
                kommo
                    .account(name)
                    .orElseThrow(() -> new IllegalArgumentException("no account " + name)))
        .toList();
  }

  private Future<Void> note(KommoAccount account, String kind, ObjectNode state) {
    EntryDraft draft =
        new EntryDraft(Kommo.VENDOR, Side.ADMIN, account.card().subdomain()).kind(kind);
    Changes none = kommo.changes(account, new Actor(0, false));
    return kommo.commit(draft, none, Telling.USUAL, state).durable();
  }
}
