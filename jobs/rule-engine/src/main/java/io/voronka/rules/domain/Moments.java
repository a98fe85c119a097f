package io.voronka.rules.domain;

import io.voronka.rules.domain.condition.Anchor;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.subject.Happening;
import io.voronka.rules.domain.subject.Standing;
import io.voronka.rules.domain.subject.Standing.Armed;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.StableId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The moments at which rules come true by themselves. They are worked out anew from what is known
 * after every event and after every change of the rules, so that a wait whose ground falls away is
 * gone at once, and one whose rule was edited follows the new text. Of what is deleted nothing is
 * waited for but what begins with that. Each (rule, beginning) fires once.
 *
 * <pre>
 *  moment lies ahead ─────────────────────────────────▶ armed for it
 *  moment has passed ─ the beginning is this event ───▶ armed for now  (a hook that came late)
 *                    ─ it was armed for now or later ─▶ armed for now  (the rule's wait was shortened)
 *                    ─ outside of the rule's hours ───▶ armed for their start, unless that has passed
 *                    ─ else ──────────────────────────▶ not armed      (rules do not act on the past)
 * </pre>
 */
final class Moments {
  /** A wait that is over, and how deep in a chain of rules what it began with was. */
  record Over(Armed moment, int depth) {
    private static final Comparator<Over> SHALLOWEST_FIRST =
        Comparator.comparingInt(Over::depth).thenComparingLong(over -> over.moment().anchor());
  }

  private final List<RuleVersion> rules;
  private final RuleIndex index;
  private final Map<Integer, List<TimeElapsed>> waits = new HashMap<>();
  private final Map<Long, Integer> ranks = new HashMap<>();
  private final Map<Integer, Candidate> candidates = new HashMap<>();

  Moments(List<RuleVersion> rules, RuleIndex index) {
    this.rules = rules;
    this.index = index;
    Shape.Making shapes = new Shape.Making();
    for (int rank = 0; rank < rules.size(); rank++) {
      if (rules.get(rank).rule().atMoments()) {
        candidates.put(rank, Candidate.of(rank, rules.get(rank), shapes));
        waits.put(rank, rules.get(rank).rule().waits());
        ranks.put(rules.get(rank).mark(), rank);
      }
    }
  }

  /** What rules wait for from now on. */
  List<Armed> armed(SubjectView view, Clocks clocks, AccountSetting setting, Standing standing) {
    if (index.noneWaits()) {
      return List.of();
    }
    Set<Armed> armed = new LinkedHashSet<>();
    EventKind end = view.after().end(view.subject().type());
    for (Candidate candidate : index.waiting(view)) {
      RuleVersion member = candidate.member;
      for (TimeElapsed wait : waits.get(candidate.rank)) {
        Happening beginning = wait.since().in(view.after());
        boolean going = end == null || wait.since().event() == end;
        if (beginning != null
            && going
            && !wait.ended(view.after(), beginning)
            && !fired(standing, member.mark(), beginning.id())) {
          long due = due(wait, beginning, member, view, clocks, setting, standing);
          if (due != Long.MAX_VALUE) {
            armed.add(new Armed(member.mark(), beginning.id(), due));
          }
        }
      }
    }
    return new ArrayList<>(armed);
  }

  /**
   * What rules still wait for after a moment, at which nothing changes but what has fired.
   *
   * @param waiting what has not come yet, and what waits on
   * @param standing with what has fired
   */
  List<Armed> left(List<Armed> waiting, Standing standing) {
    waiting.removeIf(
        moment ->
            !ranks.containsKey(moment.rule()) || fired(standing, moment.rule(), moment.anchor()));
    return waiting;
  }

  /**
   * The rules whose waits are over, by rank, each with its moments: those that the fewest rules
   * caused first, and then in the order of their anchors.
   *
   * @param come moments that have come; those whose wait is not over after all are left out
   */
  SortedMap<Integer, List<Over>> over(List<Armed> come, SubjectView view) {
    SortedMap<Integer, List<Over>> over = new TreeMap<>();
    for (Armed moment : come) {
      Happening beginning = over(moment, view);
      if (beginning != null) {
        over.computeIfAbsent(ranks.get(moment.rule()), r -> new ArrayList<>(1))
            .add(new Over(moment, beginning.depth()));
      }
    }
    over.values().forEach(moments -> moments.sort(Over.SHALLOWEST_FIRST));
    return over;
  }

  /** What the wait began with; null when it is not over after all, or its rule is gone. */
  private Happening over(Armed moment, SubjectView view) {
    Integer rank = ranks.get(moment.rule());
    if (rank == null || !reachable(rank, view)) {
      return null;
    }
    for (TimeElapsed wait : waits.get(rank)) {
      Happening beginning = wait.since().in(view.after());
      if (beginning != null
          && beginning.id() == moment.anchor()
          && wait.moment(beginning) <= view.now()
          && !wait.ended(view.after(), beginning)) {
        return beginning;
      }
    }
    return null;
  }

  /**
   * The rule to be judged.
   *
   * @param rank as {@link #over} gives it
   */
  Candidate candidate(int rank) {
    return candidates.get(rank);
  }

  /** The moment at which a rule is judged again that came outside of its active hours. */
  Optional<Armed> again(Armed moment, RuleVersion member, Clocks clocks, AccountSetting setting) {
    OptionalLong next = waitsUntil(member, clocks.firedAt(), setting);
    return next.isPresent()
        ? Optional.of(new Armed(moment.rule(), moment.anchor(), next.getAsLong()))
        : Optional.empty();
  }

  private static OptionalLong waitsUntil(RuleVersion member, long moment, AccountSetting setting) {
    return member
        .rule()
        .active()
        .map(active -> active.waitsUntil(moment, setting.zone()))
        .orElse(OptionalLong.empty());
  }

  private boolean reachable(int rank, SubjectView view) {
    Rule rule = rules.get(rank).rule();
    return rule.mode() != Rule.Mode.OFF && rule.concerns(view.subject().accountId());
  }

  private long due(
      TimeElapsed wait,
      Happening beginning,
      RuleVersion member,
      SubjectView view,
      Clocks clocks,
      AccountSetting setting,
      Standing standing) {
    long moment = wait.moment(beginning);
    if (moment > view.now()) {
      return moment;
    }
    // What is true at night and what is not may have changed by the morning.
    OptionalLong start = waitsUntil(member, moment, setting);
    if (start.isPresent() && start.getAsLong() > clocks.firedAt()) {
      return start.getAsLong();
    }
    if (!begunNow(wait, beginning, view)
        && !stillArmed(standing, member.mark(), beginning.id(), view)) {
      return Long.MAX_VALUE;
    }
    return waitsUntil(member, clocks.firedAt(), setting).orElse(view.now());
  }

  /** A creation has the time that the vendor's card gives, whichever event brought the card. */
  private static boolean begunNow(TimeElapsed wait, Happening beginning, SubjectView view) {
    boolean told =
        view.event() != null
            && beginning.id() == StableId.fingerprint(view.event().getId())
            && beginning.seenAt() == view.now();
    return told || (wait.since().kind() == Anchor.Kind.CREATION && view.createdNow());
  }

  /** A moment that is due right now has not been judged yet: an event of that instant is first. */
  private boolean stillArmed(Standing standing, long rule, long anchor, SubjectView view) {
    for (Armed moment : standing.armed()) {
      if (moment.rule() == rule
          && moment.anchor() == anchor
          && moment.due() >= view.now()
          && !liesAhead(moment, view)) {
        return true;
      }
    }
    return false;
  }

  /** True when another of the rule's waits is armed for it, which began with the same. */
  private boolean liesAhead(Armed moment, SubjectView view) {
    if (moment.due() == view.now()) {
      return false;
    }
    for (TimeElapsed wait : waits.get(ranks.get(moment.rule()))) {
      Happening beginning = wait.since().in(view.after());
      if (beginning != null
          && beginning.id() == moment.anchor()
          && wait.moment(beginning) == moment.due()) {
        return true;
      }
    }
    return false;
  }

  private static boolean fired(Standing standing, long rule, long anchor) {
    for (Standing.Firing firing : standing.firings()) {
      if (firing.rule() == rule && firing.anchor() == anchor) {
        return true;
      }
    }
    return false;
  }
}
