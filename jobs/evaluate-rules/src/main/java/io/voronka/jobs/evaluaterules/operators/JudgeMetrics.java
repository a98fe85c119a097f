package io.voronka.jobs.evaluaterules.operators;

import io.voronka.jobs.evaluaterules.domain.QuarantineReason;
import io.voronka.jobs.evaluaterules.domain.RulesInForce;
import io.voronka.jobs.kit.Rejections;
import io.voronka.rules.domain.Decision;
import io.voronka.schemas.RuleRow;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is to see of the judging. */
final class JudgeMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(JudgeMetrics.class);

  private final MetricGroup group;
  private final Counter judged;
  private final Counter moments;
  private final Counter duplicates;
  private final Counter verdicts;
  private final Counter actions;
  private final Rejections<QuarantineReason> quarantined;

  private JudgeMetrics(MetricGroup group) {
    this.group = group;
    this.judged = group.counter("judged");
    this.moments = group.counter("moments");
    this.duplicates = group.counter("duplicates");
    this.verdicts = group.counter("verdicts");
    this.actions = group.counter("actions");
    this.quarantined = Rejections.register(group.addGroup("rules"), QuarantineReason.class);
  }

  static JudgeMetrics register(MetricGroup group) {
    return new JudgeMetrics(group);
  }

  void watch(RulesInForce rules, Rearming rearming) {
    group.gauge("ruleSets", rules::versions);
    group.gauge("rearming", () -> rearming.isRunning() ? 1 : 0);
  }

  void judged(Decision decision) {
    judged.inc();
    count(decision);
  }

  void moment(Decision decision) {
    moments.inc();
    count(decision);
  }

  private void count(Decision decision) {
    decision.decided().ifPresent(decided -> verdicts.inc(decided.getVerdicts().size()));
    actions.inc(decision.actions().size());
  }

  void duplicate() {
    duplicates.inc();
  }

  void quarantined(RuleRow row, QuarantineReason reason, String detail) {
    quarantined.count(reason);
    LOG.error(
        "tenant {}: rule {} version {} is left out of its set, {}: {}",
        row.getTenantId(),
        row.getRuleId(),
        row.getVersion(),
        Rejections.label(reason),
        detail);
  }
}
