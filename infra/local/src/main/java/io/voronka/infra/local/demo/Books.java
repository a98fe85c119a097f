package io.voronka.infra.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.local.process.Polling;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.ledger.LedgerEntry;
import io.voronka.infra.sandbox.ledger.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What should have happened in the CRM beside what its ledger says. */
final class Books {
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final SandboxClient sandbox;
  private final List<Expected> expected = new ArrayList<>();
  private final List<LedgerEntry> seen = new ArrayList<>();
  private long read;

  Books(SandboxClient sandbox) {
    this.sandbox = sandbox;
    this.read = sandbox.ledgerEnd();
  }

  void expect(Expected effect) {
    expected.add(effect);
  }

  /** Waits for an effect that was expected before; empty when it did not come in time. */
  Optional<LedgerEntry> await(Expected effect, Duration within) {
    List<LedgerEntry> found = new ArrayList<>();
    Polling.until(
        within,
        LOOK_EVERY,
        () -> {
          update();
          seen.stream().filter(effect::matches).findFirst().ifPresent(found::add);
          return !found.isEmpty();
        });
    return found.stream().findFirst();
  }

  /** How many effects of the integration the ledger holds so far. */
  int count() {
    update();
    return seen.size();
  }

  /** The effects seen so far, oldest first. */
  List<LedgerEntry> effects() {
    update();
    return List.copyOf(seen);
  }

  /** The difference between the two books, line by line; empty when they agree. */
  Difference compare() {
    update();
    List<LedgerEntry> unexplained = new ArrayList<>(seen);
    Map<Expected, Integer> missing = new LinkedHashMap<>();
    for (Expected effect : expected) {
      Optional<LedgerEntry> match = unexplained.stream().filter(effect::matches).findFirst();
      if (match.isPresent()) {
        unexplained.remove(match.get());
      } else {
        missing.merge(effect, 1, Integer::sum);
      }
    }
    return new Difference(List.copyOf(missing.keySet()), unexplained);
  }

  /**
   * @param missing expected, and not in the ledger
   * @param unexpected in the ledger, and not expected (or once too often)
   */
  record Difference(List<Expected> missing, List<LedgerEntry> unexpected) {
    boolean none() {
      return missing.isEmpty() && unexpected.isEmpty();
    }
  }

  /** A write of several leads is as many effects, each with its own part of the body. */
  private static List<LedgerEntry> effectOfEach(LedgerEntry entry) {
    if (entry.body() == null || !entry.body().isArray() || entry.effects().size() < 2) {
      return List.of(entry);
    }
    Map<String, LedgerEntry> each = new LinkedHashMap<>();
    for (LedgerEntry.EffectLine effect : entry.effects()) {
      each.computeIfAbsent(effect.entity(), entity -> entry.only(effect, item(entry, entity)));
    }
    return List.copyOf(each.values());
  }

  private static JsonNode item(LedgerEntry entry, String entity) {
    for (JsonNode item : entry.body()) {
      if (entity.endsWith("/" + item.path("id").asText())) {
        return item;
      }
    }
    return entry.body();
  }

  private void update() {
    for (LedgerEntry entry : sandbox.allLedger(read, Map.of())) {
      read = entry.seq();
      if (entry.side() == Side.API && entry.applied() && !entry.path().startsWith("/oauth2")) {
        seen.addAll(effectOfEach(entry));
      }
    }
  }
}
