package io.voronka.rules.domain;

import io.voronka.rules.domain.condition.Counters;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import java.util.List;
import java.util.Optional;

/**
 * One rule judged alone, whatever an index or the rules before it would say: for answers about it.
 * Nothing follows from its verdicts.
 */
public final class SingleRule {
  private SingleRule() {}

  /**
   * The verdict on an event.
   *
   * @param before what is known of the event's subject
   * @return empty when the event does not trigger the rule
   */
  public static Optional<RuleVerdict> onEvent(
      RuleVersion member,
      SubjectState before,
      CrmEvent event,
      Clocks clocks,
      AccountSetting setting) {
    Counters counters = Counters.of(member.rule().when().stream().toList());
    SubjectView view =
        counters.count(SubjectView.of(before, event, clocks.dueAt(), setting.surroundings()));
    if (!Judgement.triggered(member.rule(), view)) {
      return Optional.empty();
    }
    int depth = Chains.heard(view, setting).depth();
    Round round = new Round(1, view.after().standing(), depth, DailyStops.of(List.of(member)));
    long anchor = StableId.fingerprint(event.getId());
    Judgement judgement = new Judgement(view, clocks, setting, round);
    return Optional.of(judgement.judge(Candidate.of(0, member), event.getId(), anchor));
  }

  /** The verdict if the rule were judged at a moment, with no event. */
  public static RuleVerdict atMoment(
      RuleVersion member,
      SubjectState state,
      Subject subject,
      Clocks clocks,
      AccountSetting setting) {
    SubjectView view = SubjectView.at(subject, state, clocks.dueAt(), setting.surroundings());
    Round round = new Round(1, state.standing(), 0, DailyStops.of(List.of(member)));
    String anchor = "unjudged at " + clocks.dueAt();
    return new Judgement(view, clocks, setting, round)
        .judge(Candidate.of(0, member), anchor, clocks.dueAt());
  }
}
