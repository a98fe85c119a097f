package io.voronka.infra.local.demo;

import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.topics.TopicReader;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Measures from the commit of a rule set in PostgreSQL to the first event that is judged by it, by
 * the event's own time: while events come evenly, that is how long a sales person waits.
 */
final class RuleChangeProbe implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String bootstrapServers;
  private final String tenant;
  private final Clock clock;
  private final TopicReader<RuleDecided> decisions;

  RuleChangeProbe(String bootstrapServers, String tenant, Clock clock) {
    this.bootstrapServers = bootstrapServers;
    this.tenant = tenant;
    this.clock = clock;
    this.decisions = TopicReader.fromNow(bootstrapServers, Topics.RULES_DECIDED, RuleDecided.class);
  }

  /**
   * Milliseconds from the commit to the time of the first event judged by the set; empty when none
   * was within 20 s.
   */
  OptionalLong measure(long committedAt, long setVersion) {
    long[] first = {Long.MAX_VALUE};
    long end = clock.millis() + PATIENCE.toMillis();
    while (first[0] == Long.MAX_VALUE && clock.millis() < end) {
      decisions.poll(
          entry -> {
            RuleDecided decided = entry.value();
            if (decided.getTenantId().equals(tenant) && decided.getSetVersion() >= setVersion) {
              first[0] = Math.min(first[0], decided.getFiredAt());
            }
          });
    }
    return first[0] == Long.MAX_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(first[0] - committedAt);
  }

  /** Waits until a set is on its topic and in force. */
  boolean awaitInForce(long setVersion) {
    try (TopicReader<ControlChange> sets =
        TopicReader.fromStart(bootstrapServers, Topics.CONTROL_RULE_SETS, ControlChange.class)) {
      long[] effectiveAt = {-1};
      return Polling.until(
          PATIENCE,
          Duration.ofMillis(10),
          () -> {
            sets.poll(
                entry -> {
                  ControlChange change = entry.value();
                  if (change != null
                      && change.getOp() == ControlOp.UPSERT
                      && change.getRuleSet().getTenantId().equals(tenant)
                      && change.getRuleSet().getVersion() == setVersion) {
                    effectiveAt[0] = change.getRuleSet().getEffectiveAt();
                  }
                });
            return effectiveAt[0] >= 0 && clock.millis() > effectiveAt[0];
          });
    }
  }

  @Override
  public void close() {
    decisions.close();
  }
}
