package io.voronka.jobs.evaluaterules.operators;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.limit.Grants;
import io.voronka.rules.domain.limit.Limits;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.RuleDecided;
import java.util.Arrays;
import java.util.List;

/** Decisions to bytes, for the way between two tasks. Each subtask has its own, as of codecs. */
final class CappedDecisions {
  private final RecordCodec<RuleDecided> decisionBytes = RecordCodec.of(RuleDecided.class);
  private final RecordCodec<ActionRequested> actionBytes = RecordCodec.of(ActionRequested.class);

  /**
   * @param decision with at least one capped rule
   */
  CappedDecision encode(Decision decision, AccountSetting setting) {
    RuleDecided decided = decision.decided().orElseThrow();
    long day = Grants.day(decided.getFiredAt(), setting.zone());
    return new CappedDecision(
        decided.getTenantId(),
        decisionBytes.encode(decided),
        decision.actions().stream().map(actionBytes::encode).toArray(byte[][]::new),
        decision.capped().stream().map(one -> cap(one, day)).toArray(CappedDecision.Cap[]::new));
  }

  RuleDecided decided(CappedDecision capped) {
    return decisionBytes.decode(capped.decided());
  }

  List<ActionRequested> actions(CappedDecision capped) {
    return Arrays.stream(capped.actions()).map(actionBytes::decode).toList();
  }

  private static CappedDecision.Cap cap(Decision.Capped one, long day) {
    Rule rule = one.member().rule();
    Limits limits = rule.limits();
    return new CappedDecision.Cap(
        rule.id(),
        limits.cooldownMillis(),
        limits.times(),
        limits.withinMillis(),
        limits.perDay(),
        day,
        one.unless().toArray(String[]::new));
  }
}
