package io.voronka.infra.local.demo;

import io.voronka.infra.local.process.Polling;
import io.voronka.infra.sandbox.client.LoadReport;
import io.voronka.infra.sandbox.client.LoadSpec;
import io.voronka.infra.sandbox.client.SandboxClient;
import io.voronka.infra.sandbox.delivery.Attempt;
import io.voronka.infra.sandbox.ledger.LedgerEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Evenly paced webhooks, each with one effect: from the sending of the one to the time of the
 * other. The load begins when the stack is a minute old and much of its code has yet to be
 * compiled, so what its first seconds take is told apart from what every later one takes.
 */
final class LoadChapter {
  /** Added to the seconds that are asked for. */
  static final Duration WARM_UP = Duration.ofSeconds(Demo.WARM_UP_SECONDS);

  private final SandboxClient sandbox;
  private final Books books;
  private final Report report;
  private final Clock clock;

  LoadChapter(SandboxClient sandbox, Books books, Report report, Clock clock) {
    this.sandbox = sandbox;
    this.books = books;
    this.report = report;
    this.clock = clock;
  }

  void play(LoadSpec spec) {
    long started = clock.millis();
    long count = spec.count();
    sandbox.startLoad(spec);
    LoadReport[] last = new LoadReport[1];
    Polling.until(
        Duration.ofSeconds(Math.round(count / spec.ratePerSecond()) + 30),
        Duration.ofMillis(200),
        () -> (last[0] = sandbox.load(spec.id())).done());
    Map<String, Attempt> sent = new HashMap<>();
    for (Attempt attempt : sandbox.allDeliveries(0, Map.of("load", spec.id()))) {
      sent.putIfAbsent(attempt.mark(), attempt);
      books.expect(
          new Expected(attempt.account(), "update_field", attempt.entity(), attempt.mark()));
    }
    Map<String, LedgerEntry> effects = new HashMap<>();
    Polling.until(
        Duration.ofSeconds(60),
        Duration.ofMillis(200),
        () -> {
          effects.clear();
          books.effects().stream()
              .filter(entry -> entry.kind().equals("update_field"))
              .forEach(
                  entry -> markIn(entry, spec).ifPresent(mark -> effects.putIfAbsent(mark, entry)));
          return effects.keySet().containsAll(sent.keySet());
        });
    long warm = sent.values().stream().mapToLong(Attempt::at).min().orElse(0) + WARM_UP.toMillis();
    effects.forEach(
        (mark, effect) -> {
          if (sent.containsKey(mark)) {
            long at = sent.get(mark).at();
            report.latency(effect.at() - at, at < warm);
          }
        });
    boolean complete = sent.size() == count && effects.keySet().equals(Set.copyOf(sent.keySet()));
    report.step(
        String.format(
            Locale.ROOT,
            "%d webhooks at %.0f a second over 20 accounts",
            count,
            spec.ratePerSecond()),
        complete && last[0].delivered() == count,
        clock.millis() - started,
        "%d effects; answers of the gateway %s, slowest %.0f ms"
            .formatted(effects.size(), last[0].answers(), last[0].latencyMs().max()));
  }

  private static Optional<String> markIn(LedgerEntry entry, LoadSpec spec) {
    String body = entry.body().toString();
    int at = body.indexOf(spec.id() + "-");
    int end = at + spec.mark(0).length();
    return at < 0 || end > body.length() ? Optional.empty() : Optional.of(body.substring(at, end));
  }
}
