package io.voronka.jobs.evaluaterules.domain;

import io.voronka.schemas.RuleQuarantined;

/**
 * A version of a rule that is left out of its set, and whether people know.
 *
 * @param reason of its quarantine, as it is recorded
 * @param detail likewise
 * @param raisedAt when people were told, epoch milliseconds; 0: there is no open alert
 */
public record LeftOutRule(
    String tenantId, String ruleId, long version, String reason, String detail, long raisedAt) {
  private static final int LONGEST_DETAIL = 500;

  /** People have not been told yet. */
  public static LeftOutRule of(RuleQuarantined rule) {
    String detail = rule.getDetail();
    return new LeftOutRule(
        rule.getTenantId(),
        rule.getRuleId(),
        rule.getVersion(),
        rule.getReason(),
        detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "…",
        0);
  }

  public boolean isTold() {
    return raisedAt != 0;
  }

  LeftOutRule toldAt(long time) {
    return new LeftOutRule(tenantId, ruleId, version, reason, detail, time);
  }
}
