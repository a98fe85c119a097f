package io.voronka.rules.check;

import io.voronka.rules.check.CrmPlay.Firing;
import io.voronka.rules.check.Ways.Edge;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.limit.Limits;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EventKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rules that set each other off. First the ways round: what one writes might set off the next. Then
 * each way is played, and told of only when it goes round and round.
 */
final class Loops {
  private static final int ROUNDS = 5;
  private static final int MOST_DRAFTS = 30;

  /**
   * What a way round does when it is played.
   *
   * @param roundMillis how long one round takes
   * @param waits a rule in it fires by itself, when its moment has come
   */
  private record Round(long roundMillis, boolean waits) {
    /** Without the seconds that the CRM takes; 0 when no rule waits. */
    long shownMillis() {
      if (!waits) {
        return 0;
      }
      long minute = Duration.ofMinutes(1).toMillis();
      return roundMillis < minute ? roundMillis : roundMillis / minute * minute;
    }
  }

  private final List<Rule> rules;
  private final List<Rule> plain;
  private final Effort effort;
  private final List<Set<Integer>> told = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();

  /**
   * @param rules that are not off, in the order of priority
   */
  Loops(List<Rule> rules, Effort effort) {
    this.rules = rules;
    this.plain = rules.stream().map(Plain::of).toList();
    this.effort = effort;
  }

  List<Warning> find() {
    Ways ways = new Ways(plain, effort);
    tell(ways.ofOne());
    if (!full()) {
      tell(ways.ofSeveral());
    }
    return warnings;
  }

  private boolean full() {
    return warnings.size() == RuleSetCheck.MOST_OF_A_KIND;
  }

  private void tell(List<List<Edge>> ways) {
    ways.stream().takeWhile(way -> !full() && !effort.spent()).forEach(this::tellOf);
  }

  /** Not of one that only goes further round than another that is told. */
  private void tellOf(List<Edge> way) {
    Set<Integer> on = new HashSet<>(way.stream().map(Edge::from).toList());
    if (told.stream().anyMatch(on::containsAll)) {
      return;
    }
    List<Rule> members = way.stream().map(edge -> plain.get(edge.from())).toList();
    Optional<Round> round = play(members, effort);
    if (round.isPresent()
        && way.stream().noneMatch(e -> stops(rules.get(e.from()).limits(), round.get()))) {
      told.add(on);
      warnings.add(warning(way, rules, round.get()));
    }
  }

  private static Optional<Round> play(List<Rule> members, Effort effort) {
    Set<FieldRef> written = new HashSet<>();
    members.stream()
        .flatMap(rule -> rule.actions().stream())
        .forEach(action -> written.addAll(Echo.written(action.effect()).keySet()));
    Situations situations = new Situations(members, effort);
    for (Rule starter : members) {
      List<Rule> others = members.stream().filter(rule -> rule != starter).toList();
      for (EventKind kind : kinds(starter)) {
        Optional<Round> round =
            situations
                .with(others, written::contains, situations.atOnce(List.of(starter), kind))
                .limit(MOST_DRAFTS)
                .flatMap(draft -> play(draft, members, effort).stream())
                .findFirst();
        if (round.isPresent()) {
          return round;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Round> play(Draft draft, List<Rule> members, Effort effort) {
    Situation situation = Situation.of(draft, members);
    // What came from outside may set off each rule once more, or begin two waits of it.
    int rounds = ROUNDS + 2 * situation.events().size();
    int most = (rounds + 3) * members.size() + situation.events().size();
    effort.take(20L * most);
    return round(new CrmPlay(members, situation).play(most), members, rounds);
  }

  /** A null stands for its moment. */
  private static List<EventKind> kinds(Rule rule) {
    List<EventKind> kinds = new ArrayList<>(rule.triggers());
    Collections.sort(kinds);
    if (rule.atMoments()) {
      kinds.add(null);
    }
    return kinds;
  }

  private static Optional<Round> round(List<Firing> firings, List<Rule> members, int rounds) {
    long roundMillis = 0;
    for (Rule member : members) {
      List<Firing> own =
          firings.stream().filter(f -> !f.fromOutside() && f.rule().equals(member.id())).toList();
      if (own.size() < rounds) {
        return Optional.empty();
      }
      long last = own.get(own.size() - 1).at();
      roundMillis = Math.max(roundMillis, last - own.get(own.size() - 2).at());
    }
    boolean waits = firings.stream().anyMatch(f -> !f.fromOutside() && f.byItself());
    return Optional.of(new Round(roundMillis, waits));
  }

  /** True when the rule's limits hold it back before long, and with it the loop. */
  private static boolean stops(Limits limits, Round round) {
    return limits.cooldownMillis() > round.roundMillis()
        || (limits.times() > 0 && limits.times() * round.roundMillis() < limits.withinMillis());
  }

  private static Warning warning(List<Edge> way, List<Rule> rules, Round round) {
    List<Warning.Place> places =
        way.stream()
            .map(e -> new Warning.Place(rules.get(e.from()).id(), e.by().pointer()))
            .toList();
    List<String> ids = way.stream().map(edge -> rules.get(edge.from()).id()).toList();
    List<String> actions = way.stream().map(edge -> edge.by().key()).toList();
    return new Warning(
        Warning.Kind.LOOP,
        places,
        WarningText.loopInEnglish(ids, actions, round.shownMillis()),
        WarningText.loopInRussian(ids, actions, round.shownMillis()));
  }
}
