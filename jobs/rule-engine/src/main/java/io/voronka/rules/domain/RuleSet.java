package io.voronka.rules.domain;

import io.voronka.rules.domain.condition.Counters;
import io.voronka.rules.domain.condition.Sharing;
import io.voronka.rules.domain.subject.Standing;
import io.voronka.rules.domain.subject.Standing.Armed;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.DecisionCause;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;

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
  private final Counters counters;
  private final CounterOwners counterOwners;
  private final Moments moments;
  private final Firings firings;
  private final DailyStops dailyStops;
  private final long waits;

  private RuleSet(long version, List<RuleVersion> rules) {
    this.version = version;
    this.rules = rules;
    this.index = RuleIndex.of(rules);
    this.counters =
        Counters.of(rules.stream().flatMap(member -> member.rule().when().stream()).toList());
    this.counterOwners = new CounterOwners(rules);
    this.moments = new Moments(rules, index);
    this.firings = Firings.of(rules);
    this.dailyStops = DailyStops.of(rules);
    this.waits = waits(rules);
  }

  /**
   * @param version of the set, recorded in its decisions
   */
  public static RuleSet compile(long version, Collection<RuleVersion> rules) {
    Sharing sharing = new Sharing();
    return new RuleSet(
        version, rules.stream().sorted(ORDER).map(member -> member.sharing(sharing)).toList());
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
   * Fingerprint of all that rules of this set wait for; the same as long as no waiting subject has
   * to be looked at again.
   */
  public long waits() {
    return waits;
  }

  /**
   * Judges one event. Moments of the subject that are due at its time have to be judged before it.
   *
   * @param before what is known of the event's subject
   */
  public Decision decide(
      SubjectState before, CrmEvent event, Clocks clocks, AccountSetting setting) {
    List<Counters.Took> bill = counters.bill();
    SubjectView view =
        counters.count(SubjectView.of(before, event, clocks.dueAt(), setting.surroundings()), bill);
    Candidate[] candidates = index.candidates(view);
    if (candidates.length == 0 && bill.isEmpty() && quiet(before.standing())) {
      return new Decision(
          Optional.empty(), List.of(), List.of(), List.of(), List.of(), view.after());
    }
    return decide(view, candidates, clocks, setting, bill);
  }

  /**
   * Judges the rules that the subject's first moment has come for.
   *
   * @param state what is known of the subject; something in its standing is armed
   * @param clocks {@code dueAt}: that moment
   */
  public Decision decideMoment(
      SubjectState state, Subject subject, Clocks clocks, AccountSetting setting) {
    SubjectView view = SubjectView.at(subject, state, clocks.dueAt(), setting.surroundings());
    Standing before = state.standing();
    List<Armed> waiting = new ArrayList<>();
    List<Armed> come = new ArrayList<>();
    for (Armed moment : before.armed()) {
      (moment.due() <= clocks.dueAt() ? come : waiting).add(moment);
    }
    SortedMap<Integer, List<Moments.Over>> over = moments.over(come, view);
    Round round = new Round(over.size(), before, 0, dailyStops);
    Judgement judgement = new Judgement(view, clocks, setting, round);
    over.forEach(
        (rank, waits) -> {
          Candidate candidate = moments.candidate(rank);
          judgement.judge(candidate, waits);
          for (Moments.Over wait : waits) {
            moments
                .again(wait.moment(), candidate.member, clocks, setting)
                .filter(again -> !waiting.contains(again))
                .ifPresent(waiting::add);
          }
        });
    Optional<RuleDecided> decided = Optional.empty();
    if (!round.verdicts.isEmpty()) {
      String anchor = Judgement.anchorId(over.get(over.lastKey()).get(0).moment().anchor());
      // A set that comes into force at this very instant may have more to say about it.
      String first = round.verdicts.get(0).getDecisionId();
      String id = StableId.of(subject.key(), "moment", Long.toString(clocks.dueAt()), first);
      decided =
          Optional.of(
              record(id, anchor, EventKind.UNKNOWN, DecisionCause.MOMENT, subject, clocks, round));
    }
    Standing after = remembering(before, round, clocks);
    return new Decision(
        decided,
        List.copyOf(round.actions),
        List.copyOf(round.capped),
        List.copyOf(round.overBudget),
        List.copyOf(round.took),
        state.with(after.withArmed(moments.left(waiting, after))));
  }

  /**
   * Works out anew what rules wait for, after the rules have changed.
   *
   * @param now the log's time, epoch milliseconds
   */
  public SubjectState rearm(SubjectState state, Subject subject, long now, AccountSetting setting) {
    SubjectView view = SubjectView.at(subject, state, now);
    Standing standing = state.standing();
    return state.with(standing.withArmed(moments.armed(view, Clocks.at(now), setting, standing)));
  }

  /**
   * What {@link #decide} does, with every rule of the set for a candidate. For tests of the index.
   */
  Decision decideWithoutIndex(SubjectState before, CrmEvent event, Clocks clocks) {
    List<Counters.Took> bill = counters.bill();
    SubjectView view = counters.count(SubjectView.of(before, event, clocks.dueAt()), bill);
    Candidate[] triggered =
        IntStream.range(0, rules.size())
            .filter(rank -> Judgement.triggered(rules.get(rank).rule(), view))
            .mapToObj(rank -> Candidate.of(rank, rules.get(rank)))
            .toArray(Candidate[]::new);
    return decide(view, triggered, clocks, AccountSetting.UNKNOWN, bill);
  }

  private Decision decide(
      SubjectView view,
      Candidate[] candidates,
      Clocks clocks,
      AccountSetting setting,
      List<Counters.Took> bill) {
    CrmEvent event = view.event();
    Chains.Heard heard = Chains.heard(view, setting);
    Standing before = view.after().standing().withEchoes(heard.expected());
    Round round = new Round(candidates.length, before, heard.depth(), dailyStops);
    counterOwners.charge(bill, round);
    Judgement judgement = new Judgement(view, clocks, setting, round);
    long anchor = StableId.fingerprint(event.getId());
    for (Candidate candidate : candidates) {
      judgement.judge(candidate, event.getId(), anchor);
    }
    Optional<RuleDecided> decided =
        candidates.length == 0
            ? Optional.empty()
            : Optional.of(
                record(
                    StableId.of(view.subject().key(), event.getId()),
                    event.getId(),
                    event.getKind(),
                    DecisionCause.EVENT,
                    view.subject(),
                    clocks,
                    round));
    return new Decision(
        decided,
        List.copyOf(round.actions),
        List.copyOf(round.capped),
        List.copyOf(round.overBudget),
        List.copyOf(round.took),
        after(view, round, anchor).with(standing(view, round, before, clocks, setting)));
  }

  /** A wait that begins with an echo of our own write goes on with its chain. */
  private static SubjectState after(SubjectView view, Round round, long anchor) {
    return round.depth == 0 ? view.after() : view.after().inChain(anchor, round.depth);
  }

  private Standing standing(
      SubjectView view, Round round, Standing before, Clocks clocks, AccountSetting setting) {
    if (quiet(before) && round.fired.isEmpty() && round.echoes.isEmpty()) {
      return before;
    }
    Standing after = remembering(before, round, clocks);
    return after.withArmed(moments.armed(view, clocks, setting, after));
  }

  private Standing remembering(Standing before, Round round, Clocks clocks) {
    return before
        .withFirings(firings.remembered(before.firings(), round.fired, clocks.firedAt()))
        .withEchoes(Chains.remembered(before.echoes(), round.echoes, clocks.firedAt()));
  }

  /** True when no rule waits and nothing is remembered: most subjects of most tenants. */
  private boolean quiet(Standing standing) {
    return index.noneWaits() && standing.equals(Standing.NONE);
  }

  private RuleDecided record(
      String id,
      String eventId,
      EventKind kind,
      DecisionCause cause,
      Subject subject,
      Clocks clocks,
      Round round) {
    return new RuleDecided(
        id,
        subject.tenantId(),
        subject.accountId(),
        subject.type(),
        subject.id(),
        eventId,
        kind,
        version,
        clocks.dueAt(),
        clocks.firedAt(),
        round.verdicts,
        cause);
  }

  private static long waits(List<RuleVersion> rules) {
    long mixed = 0;
    for (RuleVersion member : rules) {
      if (member.rule().atMoments()) {
        mixed = mixed * 31 + StableId.fingerprint(member.rule().id() + '|' + member.version());
      }
    }
    return mixed;
  }
}
