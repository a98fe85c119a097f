package io.voronka.jobs.executeactions.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The unfinished actions of one target. The next one is the oldest of the most urgent lines; every
 * eighth turn it is the oldest of all, so that a stream of urgent ones does not starve the rest.
 */
final class TargetQueue {
  static final int TURNS_PER_ELDEST = 8;

  /** Of a long queue of other kinds not all are looked through for company. */
  private static final int MOST_LOOKED_AT = 1000;

  private static final Comparator<SubjectLine> BY_ARRIVAL =
      Comparator.comparingLong(SubjectLine::arrival);
  private static final Comparator<SubjectLine> BY_URGENCY =
      Comparator.comparingInt(SubjectLine::rank).thenComparing(BY_ARRIVAL);
  private static final Comparator<SubjectLine> BY_MOMENT =
      Comparator.<SubjectLine>comparingLong(line -> line.until).thenComparing(BY_ARRIVAL);

  private final Map<String, PendingAction> byId = new HashMap<>();
  private final Map<String, SubjectLine> lines = new LinkedHashMap<>();
  private final TreeSet<SubjectLine> urgent = new TreeSet<>(BY_URGENCY);
  private final TreeSet<SubjectLine> eldest = new TreeSet<>(BY_ARRIVAL);
  private final TreeSet<SubjectLine> delayed = new TreeSet<>(BY_MOMENT);
  private final TreeSet<SubjectLine> held = new TreeSet<>(BY_MOMENT);
  private final TreeSet<PendingAction> expiring =
      new TreeSet<>(
          Comparator.comparingLong(PendingAction::notAfter)
              .thenComparingLong(PendingAction::arrival));
  private final Backlog backlog = new Backlog();
  private int turn;

  boolean contains(String id) {
    return byId.containsKey(id);
  }

  PendingAction get(String id) {
    return byId.get(id);
  }

  int size() {
    return byId.size();
  }

  Collection<PendingAction> all() {
    return byId.values();
  }

  /** At the end of its subject's line. */
  void add(PendingAction action) {
    byId.put(action.id(), action);
    backlog.add(action);
    if (action.unsent()) {
      expiring.add(action);
    }
    SubjectLine line = lines.get(action.subject());
    if (line == null) {
      line = new SubjectLine();
      lines.put(action.subject(), line);
      line.addLast(action);
      place(line);
    } else {
      // Out of the ordered sets first: a new member can change the line's rank.
      unplace(line);
      line.addLast(action);
      replace(line);
    }
  }

  /**
   * The one to look at next, or null. It stays where it is until one of the methods below is
   * called.
   */
  PendingAction next(long now) {
    while (!delayed.isEmpty() && delayed.first().until <= now) {
      ready(delayed.first());
    }
    while (!held.isEmpty() && held.first().until <= now) {
      ready(held.first());
    }
    return first();
  }

  /** The one that {@link #next} would give of those that are ready already, or null. */
  PendingAction first() {
    if (urgent.isEmpty()) {
      return null;
    }
    return (turn == TURNS_PER_ELDEST - 1 ? eldest : urgent).first().first();
  }

  /** A request of it is on its way: its line stands still, and the turn goes on. */
  void busy(PendingAction action) {
    if (turn < TURNS_PER_ELDEST - 1) {
      backlog.reached(action);
    }
    turn = (turn + 1) % TURNS_PER_ELDEST;
    move(action, SubjectLine.Place.BUSY, 0);
  }

  /** The same without a turn of its own: another's request takes it along, or none is made. */
  void busyToo(PendingAction action) {
    move(action, SubjectLine.Place.BUSY, 0);
  }

  /** Lines whose first one may be taken now. */
  int ready() {
    return urgent.size();
  }

  /**
   * Others that are as urgent as this one's line, by arrival, each the first of its line. They stay
   * where they are.
   */
  List<PendingAction> peers(PendingAction action, Predicate<PendingAction> wanted, int most) {
    int rank = lines.get(action.subject()).rank();
    List<PendingAction> peers = new ArrayList<>();
    int looked = 0;
    for (SubjectLine line : urgent) {
      if (line.rank() > rank || peers.size() == most || looked++ == MOST_LOOKED_AT) {
        break;
      }
      if (line.rank() == rank && wanted.test(line.first())) {
        peers.add(line.first());
      }
    }
    return peers;
  }

  /** Back at the head of its line, not before its progress says. */
  void back(PendingAction action) {
    long notBefore = action.progress().notBefore();
    move(action, notBefore > 0 ? SubjectLine.Place.DELAYED : SubjectLine.Place.READY, notBefore);
  }

  /** Until {@link #releaseHeld} or the given moment. */
  void hold(PendingAction action, long until) {
    move(action, SubjectLine.Place.HELD, until);
  }

  void releaseHeld() {
    while (!held.isEmpty()) {
      ready(held.first());
    }
  }

  void remove(PendingAction action) {
    PendingAction known = byId.remove(action.id());
    if (known == null) {
      return;
    }
    expiring.remove(known);
    backlog.remove(known);
    SubjectLine line = lines.get(known.subject());
    boolean wasFirst = line.first().id().equals(known.id());
    unplace(line);
    line.remove(known);
    if (line.isEmpty()) {
      lines.remove(known.subject());
    } else if (wasFirst) {
      place(line);
    } else {
      replace(line);
    }
  }

  /** The same action with other notes on it; it keeps its place. */
  void note(PendingAction action) {
    replaceKnown(action);
    lines.get(action.subject()).replace(action);
  }

  /** What all of them will take of the budget. */
  Backlog backlog() {
    return backlog;
  }

  /** Until when the guard holds back the line that it stands in; 0: it does not. */
  long heldUntil(PendingAction action) {
    SubjectLine line = lines.get(action.subject());
    return line.place == SubjectLine.Place.HELD ? line.until : 0;
  }

  /** Unsent ones whose time is over. */
  List<PendingAction> expired(long now) {
    List<PendingAction> over = new ArrayList<>();
    for (PendingAction action : expiring) {
      if (action.notAfter() >= now) {
        break;
      }
      over.add(action);
    }
    return over;
  }

  /** When something changes by itself; Long.MAX_VALUE: never. Ready ones are not counted. */
  long nextMoment() {
    long moment = expiring.isEmpty() ? Long.MAX_VALUE : afterwards(expiring.first().notAfter());
    moment = delayed.isEmpty() ? moment : Math.min(moment, delayed.first().until);
    return held.isEmpty() ? moment : Math.min(moment, held.first().until);
  }

  private static long afterwards(long moment) {
    return moment == Long.MAX_VALUE ? moment : moment + 1;
  }

  private void ready(SubjectLine line) {
    unplace(line);
    line.place = SubjectLine.Place.READY;
    replace(line);
  }

  private void move(PendingAction action, SubjectLine.Place place, long until) {
    replaceKnown(action);
    SubjectLine line = lines.get(action.subject());
    unplace(line);
    line.replaceFirst(action);
    line.place = place;
    line.until = until;
    replace(line);
  }

  private void replaceKnown(PendingAction action) {
    PendingAction known = byId.put(action.id(), action);
    backlog.remove(known);
    backlog.add(action);
    expiring.remove(known);
    if (action.unsent()) {
      expiring.add(action);
    }
  }

  /** Where the first of a line belongs that has not been looked at yet. */
  private void place(SubjectLine line) {
    long notBefore = line.first().progress().notBefore();
    line.place = notBefore > 0 ? SubjectLine.Place.DELAYED : SubjectLine.Place.READY;
    line.until = notBefore;
    replace(line);
  }

  private void replace(SubjectLine line) {
    orders(line.place).forEach(order -> order.add(line));
  }

  private void unplace(SubjectLine line) {
    orders(line.place).forEach(order -> order.remove(line));
  }

  /** The ordered sets that a line stands in. */
  private List<TreeSet<SubjectLine>> orders(SubjectLine.Place place) {
    return switch (place) {
      case READY -> List.of(urgent, eldest);
      case DELAYED -> List.of(delayed);
      case HELD -> List.of(held);
      case BUSY -> List.of();
    };
  }
}
