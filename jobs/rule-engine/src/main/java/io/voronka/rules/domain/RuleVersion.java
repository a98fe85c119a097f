package io.voronka.rules.domain;

import io.voronka.rules.domain.condition.Sharing;
import io.voronka.schemas.StableId;

/**
 * A rule and the number of this version of it.
 *
 * @param mark fingerprint of the rule's id, which is the same for all versions
 */
public record RuleVersion(Rule rule, long version, long mark) {
  public RuleVersion(Rule rule, long version) {
    this(rule, version, StableId.fingerprint(rule.id()));
  }

  /** An equal one that shares with others what they have in common. */
  RuleVersion sharing(Sharing sharing) {
    return new RuleVersion(rule.sharing(sharing), version, mark);
  }
}
