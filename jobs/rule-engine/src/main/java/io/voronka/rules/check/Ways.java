package io.voronka.rules.check;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.schemas.EventKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The ways round among rules: what each writes might set off the next. */
final class Ways {
  private static final int LONGEST = 8;

  // In units of effort.
  private static final int LOOK = 4;
  private static final int KEPT_EDGE = 10;
  private static final int KEPT_WAY = 100;

  private final List<Rule> rules;
  private final Effort effort;

  /** One rule, named by its place in the list, might set off another by this action. */
  record Edge(int from, ActionTemplate by, int to) {}

  Ways(List<Rule> rules, Effort effort) {
    this.rules = rules;
    this.effort = effort;
  }

  /** Of the rules that might set off themselves. */
  List<List<Edge>> ofOne() {
    List<List<Edge>> ways = new ArrayList<>();
    for (int place = 0; place < rules.size(); place++) {
      for (ActionTemplate action : rules.get(place).actions()) {
        if (effort.take(LOOK) && Reach.of(action.effect()).to(rules.get(place))) {
          ways.add(List.of(new Edge(place, action, place)));
          break;
        }
      }
    }
    return ways;
  }

  /**
   * The shortest way from each rule over one that it might set off back to it; short ones first.
   */
  List<List<Edge>> ofSeveral() {
    List<List<Edge>> edges = edges();
    leaveOutDeadEnds(edges);
    Set<List<Edge>> ways = new LinkedHashSet<>();
    for (List<Edge> of : edges) {
      for (Edge edge : of) {
        if (effort.spent()) {
          return List.of(); // None of them would be played any more.
        }
        Optional<List<Edge>> way = back(edge, edges);
        if (way.isPresent() && effort.take(KEPT_WAY)) {
          ways.add(fromFirst(way.get()));
        }
      }
    }
    return ways.stream().sorted(Comparator.comparingInt(List::size)).toList();
  }

  private List<List<Edge>> edges() {
    Map<EventKind, BitSet> listeners = listeners();
    Demands demands = new Demands(rules);
    List<List<Edge>> edges = new ArrayList<>();
    for (int from = 0; from < rules.size(); from++) {
      Map<Integer, Edge> of = new TreeMap<>();
      for (ActionTemplate action : rules.get(from).actions()) {
        Reach reach = Reach.of(action.effect());
        BitSet reached = new BitSet();
        reach.kinds().forEach(kind -> reached.or(listeners.get(kind)));
        reached.and(demands.after(from, action));
        // While a rule waits, the lead may come to be what it demands.
        reached.or(listeners.get(null));
        reached.clear(from);
        for (int to = reached.nextSetBit(0); to >= 0; to = reached.nextSetBit(to + 1)) {
          if (!effort.take(LOOK)) {
            break;
          }
          boolean account = RuleSetCheck.shareAccount(rules.get(from), rules.get(to));
          if (account && !of.containsKey(to) && reach.to(rules.get(to))) {
            effort.take(KEPT_EDGE);
            of.put(to, new Edge(from, action, to));
          }
        }
      }
      edges.add(new ArrayList<>(of.values()));
    }
    return edges;
  }

  /** Places of rules by the events that trigger them; under null those that wait. */
  private Map<EventKind, BitSet> listeners() {
    Map<EventKind, BitSet> listeners = new HashMap<>();
    listeners.put(null, new BitSet());
    for (EventKind kind : EventKind.values()) {
      listeners.put(kind, new BitSet());
    }
    for (int place = 0; place < rules.size(); place++) {
      for (EventKind kind : rules.get(place).triggers()) {
        listeners.get(kind).set(place);
      }
      if (rules.get(place).atMoments()) {
        listeners.get(null).set(place);
      }
    }
    return listeners;
  }

  /** A rule that sets off none, or only such, is on no way round. */
  private static void leaveOutDeadEnds(List<List<Edge>> edges) {
    List<List<Integer>> setOffBy = new ArrayList<>();
    edges.forEach(of -> setOffBy.add(new ArrayList<>()));
    edges.forEach(of -> of.forEach(edge -> setOffBy.get(edge.to()).add(edge.from())));
    int[] left = edges.stream().mapToInt(List::size).toArray();
    Deque<Integer> ends = new ArrayDeque<>();
    for (int place = 0; place < left.length; place++) {
      if (left[place] == 0) {
        ends.add(place);
      }
    }
    while (!ends.isEmpty()) {
      for (int from : setOffBy.get(ends.poll())) {
        if (--left[from] == 0) {
          ends.add(from);
        }
      }
    }
    edges.forEach(of -> of.removeIf(edge -> left[edge.to()] == 0));
  }

  private Optional<List<Edge>> back(Edge first, List<List<Edge>> edges) {
    Map<Integer, Edge> cameBy = new HashMap<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(first.to()));
    cameBy.put(first.to(), first);
    for (int length = 1; length < LONGEST && !cameBy.containsKey(first.from()); length++) {
      for (int left = open.size(); left > 0; left--) {
        for (Edge edge : edges.get(open.poll())) {
          if (effort.take(1) && cameBy.putIfAbsent(edge.to(), edge) == null) {
            open.add(edge.to());
          }
        }
      }
    }
    return cameBy.containsKey(first.from()) ? Optional.of(way(first, cameBy)) : Optional.empty();
  }

  private static List<Edge> way(Edge first, Map<Integer, Edge> cameBy) {
    LinkedList<Edge> way = new LinkedList<>();
    for (Edge edge = cameBy.get(first.from()); edge != first; edge = cameBy.get(edge.from())) {
      way.addFirst(edge);
    }
    way.addFirst(first);
    return way;
  }

  /** The same way, wherever one steps onto it. */
  private static List<Edge> fromFirst(List<Edge> way) {
    Edge first = Collections.min(way, Comparator.comparingInt(Edge::from));
    List<Edge> turned = new ArrayList<>(way);
    Collections.rotate(turned, -way.indexOf(first));
    return turned;
  }
}
