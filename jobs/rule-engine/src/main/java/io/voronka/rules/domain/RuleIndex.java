package io.voronka.rules.domain;

import io.voronka.rules.domain.condition.Equality;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.EventKind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the rules that an event could fire, without looking at the others. */
final class RuleIndex {
  private static final String ANY_ACCOUNT = "";

  /** A rule, and what it is known by when it is found. */
  private record Found(int rank, List<Equality> by) {}

  /** Null when there are none. */
  private final Map<EventKind, KindIndex> ofAny;

  private final Map<String, Map<EventKind, KindIndex>> byAccount;
  private final Map<String, KindIndex> waiting;

  private RuleIndex(
      Map<String, Map<EventKind, KindIndex>> byAccount, Map<String, KindIndex> waiting) {
    this.ofAny = byAccount.remove(ANY_ACCOUNT);
    this.byAccount = byAccount;
    this.waiting = waiting;
  }

  /**
   * @param rules in the order of priority; the place is the rank
   */
  static RuleIndex of(List<RuleVersion> rules) {
    Map<String, Map<EventKind, Map<Integer, Rule>>> groups = new HashMap<>();
    Map<String, Map<Integer, Rule>> waits = new HashMap<>();
    for (int rank = 0; rank < rules.size(); rank++) {
      Rule rule = rules.get(rank).rule();
      if (rule.atMoments() && rule.mode() != Rule.Mode.OFF) {
        waits
            .computeIfAbsent(rule.account().orElse(ANY_ACCOUNT), a -> new TreeMap<>())
            .put(rank, rule);
      }
      for (EventKind kind : rule.triggers()) {
        groups
            .computeIfAbsent(
                rule.account().orElse(ANY_ACCOUNT), a -> new EnumMap<>(EventKind.class))
            .computeIfAbsent(kind, k -> new TreeMap<>())
            .put(rank, rule);
      }
    }
    Map<Found, Candidate> made = new HashMap<>();
    Shape.Making shapes = new Shape.Making();
    KindIndex.Making candidates =
        (rank, foundBy) ->
            made.computeIfAbsent(
                new Found(rank, foundBy),
                found -> Candidate.foundBy(foundBy, rank, rules.get(rank), shapes));
    Map<String, Map<EventKind, KindIndex>> byAccount = new HashMap<>();
    groups.forEach(
        (account, kinds) -> {
          Map<EventKind, KindIndex> indexed = new EnumMap<>(EventKind.class);
          kinds.forEach((kind, members) -> indexed.put(kind, KindIndex.of(members, candidates)));
          byAccount.put(account, indexed);
        });
    Map<String, KindIndex> waiting = new HashMap<>();
    waits.forEach((account, members) -> waiting.put(account, KindIndex.of(members, candidates)));
    return new RuleIndex(byAccount, waiting);
  }

  /** True when no rule waits for anything. */
  boolean noneWaits() {
    return waiting.isEmpty();
  }

  /** The rules that can come true by themselves, as the subject is now. */
  Candidate[] waiting(SubjectView view) {
    Candidates found = new Candidates();
    await(waiting.get(ANY_ACCOUNT), view, found);
    await(waiting.get(view.subject().accountId()), view, found);
    return found.sorted();
  }

  /** In the order of priority, each once. */
  Candidate[] candidates(SubjectView view) {
    Candidates found = new Candidates();
    collect(ofAny, view, found);
    if (!byAccount.isEmpty()) {
      collect(byAccount.get(view.subject().accountId()), view, found);
    }
    return found.sorted();
  }

  private static void collect(Map<EventKind, KindIndex> kinds, SubjectView view, Candidates into) {
    if (kinds == null) {
      return;
    }
    EventKind kind = view.event().getKind();
    collect(kinds.get(kind), view, into);
    if (kind != EventKind.LEAD_STAGE_CHANGED && view.move().entered()) {
      collect(kinds.get(EventKind.LEAD_STAGE_CHANGED), view, into);
    }
  }

  private static void collect(KindIndex index, SubjectView view, Candidates into) {
    if (index != null) {
      index.collect(view, into);
      if (view.late()) {
        index.collectLate(view, into);
      }
    }
  }

  private static void await(KindIndex index, SubjectView view, Candidates into) {
    if (index != null) {
      index.collect(view, into);
    }
  }
}
