package io.voronka.jobs.evaluaterules.domain;

import io.voronka.schemas.AlertKind;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.AlertSeverity;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Wording;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells people of rules that are left out. There is an open alert for each version that is left out
 * and that the tenant's newest set has: it is over when the rule is changed, taken out or deleted.
 * A changed rule that is left out again is another alert.
 */
public final class QuarantineAlerts {
  private final String raisedBy;
  private final Consumer<AlertRaised> out;

  /**
   * @param raisedBy name of the job
   */
  public QuarantineAlerts(String raisedBy, Consumer<AlertRaised> out) {
    this.raisedBy = raisedBy;
    this.out = out;
  }

  /**
   * Raises or resolves what has to be, after a rule was left out or a newer set has come.
   *
   * @param at when the rule was left out, epoch milliseconds; where nothing newer is known it is
   *     the time at which the set comes into force
   * @return the rule as it is to be kept; empty when it stays as it is
   */
  public Optional<LeftOutRule> settle(LeftOutRule rule, NewestSet newest, long at) {
    if (newest.has(rule) == rule.isTold()) {
      return Optional.empty();
    }
    long time = Math.max(at, newest.effectiveAt());
    if (rule.isTold()) {
      out.accept(
          AlertRaised.newBuilder(alert(rule))
              .setResolved(true)
              .setResolvedAt(Math.max(time, rule.raisedAt()))
              .build());
      return Optional.of(rule.toldAt(0));
    }
    LeftOutRule told = rule.toldAt(time);
    out.accept(alert(told));
    return Optional.of(told);
  }

  private AlertRaised alert(LeftOutRule rule) {
    String version = Long.toString(rule.version());
    return AlertRaised.newBuilder()
        .setId(
            StableId.of(
                "alert",
                rule.tenantId(),
                AlertKind.RULE_QUARANTINED.name(),
                rule.ruleId(),
                version))
        .setTenantId(rule.tenantId())
        .setKind(AlertKind.RULE_QUARANTINED)
        .setSeverity(AlertSeverity.CRITICAL)
        .setTitle(
            new Wording(
                "Rule %s is left out".formatted(rule.ruleId()),
                "Правило %s не выполняется".formatted(rule.ruleId())))
        .setDetail(QuarantineReason.recorded(rule.reason()).wording(rule.version(), rule.detail()))
        .setParameters(
            Map.of(
                "tenant",
                rule.tenantId(),
                "rule",
                rule.ruleId(),
                "version",
                version,
                "reason",
                rule.reason(),
                "detail",
                rule.detail()))
        .setCauses(List.of())
        .setRaisedAt(rule.raisedAt())
        .setRaisedBy(raisedBy)
        .build();
  }
}
