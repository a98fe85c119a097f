package io.voronka.jobs.evaluaterules.domain;

import io.voronka.schemas.RuleRef;
import io.voronka.schemas.RuleSetRow;
import java.util.HashMap;
import java.util.Map;

/**
 * The newest rule set of a tenant.
 *
 * @param effectiveAt epoch milliseconds
 * @param members version by rule id
 */
public record NewestSet(long version, long effectiveAt, Map<String, Long> members) {
  public static final NewestSet NONE = new NewestSet(-1, 0, Map.of());

  public NewestSet {
    members = members == null ? Map.of() : members;
  }

  public static NewestSet of(RuleSetRow row) {
    Map<String, Long> members = new HashMap<>();
    for (RuleRef member : row.getMembers()) {
      members.put(member.getRuleId(), member.getVersion());
    }
    return new NewestSet(row.getVersion(), row.getEffectiveAt(), members);
  }

  boolean has(LeftOutRule rule) {
    Long version = members.get(rule.ruleId());
    return version != null && version == rule.version();
  }
}
