package io.voronka.infra.local.demo;

import io.voronka.infra.sandbox.client.LoadSpec;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;

/** How soon a changed rule judges what comes, while events come. */
final class RuleChangeChapter {
  private static final int RULE_CHANGES = 7;

  private final World world;
  private final String bootstrapServers;
  private final String account;
  private final Report report;
  private final Clock clock;

  /**
   * @param account whose events nobody else waits for
   */
  RuleChangeChapter(
      World world, String bootstrapServers, String account, Report report, Clock clock) {
    this.world = world;
    this.bootstrapServers = bootstrapServers;
    this.account = account;
    this.report = report;
    this.clock = clock;
  }

  /**
   * Judges every event of the probe's account, and finds that it does not match: a decision without
   * an effect.
   */
  private String probeRule(int change) {
    return """
        kind: Rule
        tenant: %s
        id: watch-the-probe
        name: Change number %d
        account: %s
        trigger: {event: lead_updated}
        when: {not: {field_value: {field: name, operator: starts_with, value: %s-probing}}}
        actions:
          - key: note
            add_note: {text: never written}
        """
        .formatted(world.tenant(), change, account, world.tenant());
  }

  /** Events come evenly from one account while one rule is changed again and again. */
  void play() throws IOException, SQLException {
    long started = clock.millis();
    LoadSpec events =
        new LoadSpec(
            world.tenant() + "-probing",
            List.of(account),
            40,
            40L * 60 * 10,
            LoadSpec.Kind.LEAD_UPDATED,
            null,
            null,
            null,
            null,
            5,
            null);
    world.sandbox().startLoad(events);
    int measured = 0;
    long worst = 0;
    try (RuleChangeProbe probe = new RuleChangeProbe(bootstrapServers, world.tenant(), clock)) {
      for (int i = 1; i <= RULE_CHANGES; i++) {
        world.apply("probe.yaml", probeRule(i));
        long committed = clock.millis();
        OptionalLong took = probe.measure(committed, 1 + i);
        if (took.isPresent()) {
          measured++;
          worst = Math.max(worst, took.getAsLong());
          report.ruleChange(took.getAsLong());
        }
      }
    } finally {
      world.sandbox().stopLoad(events.id());
    }
    report.step(
        RULE_CHANGES + " times a rule is changed while events come",
        measured == RULE_CHANGES,
        clock.millis() - started,
        "slowest change %d ms".formatted(worst));
  }
}
