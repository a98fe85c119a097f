package io.voronka.rules.domain;

import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rules of one tenant that are in force together. Immutable; safe for any number of threads.
 */
public final class RuleSet {
  private static final Comparator<RuleVersion> ORDER =
      Comparator.<RuleVersion>comparingInt(member -> -member.rule().priority())
          .thenComparing(member -> member.rule().id());

  private final long version;
  private final List<RuleVersion> rules;
  private final RuleIndex index;

  private RuleSet(long version, List<RuleVersion> rules) {
    this.version = version;
    this.rules = rules;
    this.index = RuleIndex.of(rules);
  }

  /**
   * @param version of the set, recorded in its decisions
   */
  public static RuleSet compile(long version, Collection<RuleVersion> rules) {
    return new RuleSet(version, rules.stream().sorted(ORDER).toList());
  }

  /** No rules: events still change what is known of their subjects. */
  public static RuleSet empty() {
    return new RuleSet(0, List.of());
  }

  public long version() {
    return version;
  }

  /** In the order of priority. */
  public List<RuleVersion> rules() {
    return rules;
  }

  /**
   * Judges one event.
   *
   * @param before what is known of the event's subject
   */
  public Decision decide(SubjectState before, CrmEvent event, Clocks clocks) {
    SubjectView view = SubjectView.of(before, event, clocks.dueAt());
    int[] candidates = index.candidates(view);
    if (candidates.length == 0) {
      return new Decision(Optional.empty(), List.of(), view.after());
    }
    String subject = Subject.of(event).key();
    List<RuleVerdict> verdicts = new ArrayList<>(candidates.length);
    List<ActionRequested> actions = new ArrayList<>();
    for (int rank : candidates) {
      String decisionId = StableId.of(subject, rules.get(rank).rule().id(), event.getId(), "0");
      verdicts.add(Judgement.of(rules.get(rank), view, clocks, decisionId, actions));
    }
    return new Decision(
        Optional.of(record(event, subject, clocks, verdicts)), List.copyOf(actions), view.after());
  }

  /**
   * What {@link #decide} does, with every rule of the set for a candidate. For tests of the index.
   */
  Decision decideWithoutIndex(SubjectState before, CrmEvent event, Clocks clocks) {
    SubjectView view = SubjectView.of(before, event, clocks.dueAt());
    String subject = Subject.of(event).key();
    List<RuleVerdict> verdicts = new ArrayList<>();
    List<ActionRequested> actions = new ArrayList<>();
    for (RuleVersion member : rules) {
      String decisionId = StableId.of(subject, member.rule().id(), event.getId(), "0");
      if (Judgement.triggered(member.rule(), view)) {
        verdicts.add(Judgement.of(member, view, clocks, decisionId, actions));
      }
    }
    return new Decision(
        Optional.of(record(event, subject, clocks, verdicts)), actions, view.after());
  }

  private RuleDecided record(
      CrmEvent event, String subject, Clocks clocks, List<RuleVerdict> verdicts) {
    return new RuleDecided(
        StableId.of(subject, event.getId()),
        event.getTenantId(),
        event.getAccountId(),
        event.getSubjectType(),
        event.getSubjectId(),
        event.getId(),
        event.getKind(),
        version,
        clocks.dueAt(),
        clocks.firedAt(),
        verdicts);
  }
}
