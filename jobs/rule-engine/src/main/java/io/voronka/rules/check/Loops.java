package io.voronka.rules.check;

import io.voronka.rules.check.CrmPlay.Firing;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.limit.Limits;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EventKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rules that set each other off. First the ways round: what one writes might set off the next. Then
 * each way is played, and told of only when it goes round and round.
 */
final class Loops {
  private static final int LONGEST_WAY = 8;
  private static final int ROUNDS = 5;
  private static final int MOST_DRAFTS = 30;

  /** One rule might set off another by this action. */
  private record Edge(int from, ActionTemplate by, int to) {}

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

  /**
   * @param rules that are not off, in the order of priority
   */
  List<Warning> find(List<Rule> rules, Effort effort) {
    List<Rule> plain = rules.stream().map(Plain::of).toList();
    List<List<Edge>> edges = edges(plain, effort);
    List<Warning> warnings = new ArrayList<>();
    List<Set<Integer>> told = new ArrayList<>();
    for (List<Edge> way : waysRound(edges, effort)) {
      Set<Integer> on = new HashSet<>(way.stream().map(Edge::from).toList());
      if (warnings.size() == RuleSetCheck.MOST_OF_A_KIND
          || told.stream().anyMatch(on::containsAll)) {
        continue;
      }
      List<Rule> members = way.stream().map(edge -> plain.get(edge.from())).toList();
      Optional<Round> round = play(members, effort);
      if (round.isPresent()
          && way.stream().noneMatch(e -> stops(rules.get(e.from()).limits(), round.get()))) {
        told.add(on);
        warnings.add(warning(way, rules, round.get()));
      }
    }
    return warnings;
  }

  private static List<List<Edge>> edges(List<Rule> rules, Effort effort) {
    Map<EventKind, Set<Integer>> listeners = listeners(rules);
    List<List<Edge>> edges = new ArrayList<>();
    for (int from = 0; from < rules.size(); from++) {
      Map<Integer, Edge> of = new HashMap<>();
      for (ActionTemplate action : rules.get(from).actions()) {
        Reach reach = Reach.of(action.effect());
        Set<Integer> listening = new TreeSet<>(listeners.getOrDefault(null, Set.of()));
        reach.kinds().forEach(kind -> listening.addAll(listeners.getOrDefault(kind, Set.of())));
        for (int to : listening) {
          if (!effort.take(1)) {
            break;
          }
          boolean account = RuleSetCheck.shareAccount(rules.get(from), rules.get(to));
          if (account && !of.containsKey(to) && reach.to(rules.get(to))) {
            of.put(to, new Edge(from, action, to));
          }
        }
      }
      edges.add(of.values().stream().sorted(Comparator.comparingInt(Edge::to)).toList());
    }
    return edges;
  }

  /** Places of rules by the events that trigger them; under null those that wait. */
  private static Map<EventKind, Set<Integer>> listeners(List<Rule> rules) {
    Map<EventKind, Set<Integer>> listeners = new HashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      for (EventKind kind : kinds(rules.get(i))) {
        listeners.computeIfAbsent(kind, k -> new TreeSet<>()).add(i);
      }
    }
    return listeners;
  }

  /** The shortest way back from each edge's end to its beginning; short ways first. */
  private static List<List<Edge>> waysRound(List<List<Edge>> edges, Effort effort) {
    Set<List<Edge>> ways = new LinkedHashSet<>();
    for (List<Edge> of : edges) {
      for (Edge edge : of) {
        wayBack(edge, edges, effort).ifPresent(way -> ways.add(fromFirst(way)));
      }
    }
    return ways.stream().sorted(Comparator.comparingInt(List::size)).toList();
  }

  private static Optional<List<Edge>> wayBack(Edge first, List<List<Edge>> edges, Effort effort) {
    Map<Integer, List<Edge>> ways = new HashMap<>();
    Deque<Integer> open = new ArrayDeque<>();
    ways.put(first.to(), List.of(first));
    open.add(first.to());
    while (!open.isEmpty() && !ways.containsKey(first.from())) {
      int at = open.poll();
      List<Edge> way = ways.get(at);
      for (Edge edge : way.size() < LONGEST_WAY ? edges.get(at) : List.<Edge>of()) {
        if (effort.take(1) && !ways.containsKey(edge.to())) {
          List<Edge> longer = new ArrayList<>(way);
          longer.add(edge);
          ways.put(edge.to(), longer);
          open.add(edge.to());
        }
      }
    }
    return Optional.ofNullable(ways.get(first.from()));
  }

  /** The same way, wherever one steps onto it. */
  private static List<Edge> fromFirst(List<Edge> way) {
    Edge first = Collections.min(way, Comparator.comparingInt(Edge::from));
    List<Edge> turned = new ArrayList<>(way);
    Collections.rotate(turned, -way.indexOf(first));
    return turned;
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
