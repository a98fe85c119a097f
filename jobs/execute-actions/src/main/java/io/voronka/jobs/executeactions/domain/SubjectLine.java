package io.voronka.jobs.executeactions.domain;

import java.util.ArrayDeque;

/**
 * The actions of one subject that wait for one target, in order of arrival; only the first one may
 * be touched. The line is as urgent as its most urgent member, or a chat answer behind a tag update
 * would wait like one.
 */
final class SubjectLine {
  /** Why the first one of the line is where it is. */
  enum Place {
    /** May be taken. */
    READY,
    /** Not before a moment. */
    DELAYED,
    /** Held back by the guard until a control row changes or a moment passes. */
    HELD,
    /** A request of it, or a question to the journal, is on its way. */
    BUSY
  }

  private final ArrayDeque<PendingAction> actions = new ArrayDeque<>();
  private final int[] ranks = new int[3];
  Place place = Place.READY;
  long until;

  void addLast(PendingAction action) {
    actions.addLast(action);
    ranks[action.rank()]++;
  }

  PendingAction first() {
    return actions.peekFirst();
  }

  void replaceFirst(PendingAction action) {
    actions.removeFirst();
    actions.addFirst(action);
  }

  /** Where it stands. */
  void replace(PendingAction action) {
    for (int i = actions.size(); i > 0; i--) {
      PendingAction one = actions.removeFirst();
      actions.addLast(one.id().equals(action.id()) ? action : one);
    }
  }

  void remove(PendingAction action) {
    if (actions.removeIf(one -> one.id().equals(action.id()))) {
      ranks[action.rank()]--;
    }
  }

  boolean isEmpty() {
    return actions.isEmpty();
  }

  long arrival() {
    return first().arrival();
  }

  int rank() {
    return ranks[0] > 0 ? 0 : ranks[1] > 0 ? 1 : 2;
  }
}
