package io.voronka.sequences.domain;

import io.voronka.rules.domain.Chains;
import io.voronka.rules.domain.subject.Budget.OverBudgetException;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.rules.domain.text.UnfillableTextException;
import io.voronka.schemas.EventKind;
import io.voronka.sequences.domain.Enrolments.Entered;
import io.voronka.sequences.domain.Sequence.Again;
import io.voronka.sequences.domain.Sequence.Entry;
import io.voronka.sequences.domain.Sequence.State;

/**
 * Whether a subject is let into a sequence.
 *
 * @param depth how many rules and sequences in a row caused each other before it
 * @param now the log's time, epoch milliseconds
 */
record Admission(Sequence sequence, Enrolments enrolments, int depth, long now) {
  private static final int MOST_RUNS = 25;
  private static final int LONGEST_KEY = 200;

  /** True when the view's event asks for the sequence. */
  static boolean opens(Sequence sequence, SubjectView view) {
    view.begin(sequence.agent().orElse(null));
    try {
      return sequence.state() == State.ON
          && sequence.concerns(view.subject().accountId())
          && sequence.entry().isPresent()
          && sequence.entry().get().watch().seen(view);
    } catch (RuntimeException e) {
      return false; // It took too many steps, and nobody is let in by half a condition.
    }
  }

  /** Empty when it cannot be filled. */
  static String key(Entry entry, SubjectView view) {
    try {
      return entry.key().fill(view);
    } catch (UnfillableTextException | OverBudgetException e) {
      return "";
    }
  }

  /** True for a key that tells no runs apart; null is the run without one. */
  static boolean isNoKey(String runKey) {
    return runKey != null && (runKey.isEmpty() || runKey.length() > LONGEST_KEY);
  }

  /**
   * Null when nothing speaks against it.
   *
   * @param limited it may not come again, or only after a time, if the sequence says so
   */
  Refusal refusal(String runKey, boolean limited, SubjectView view) {
    if (isNoKey(runKey)) {
      return Refusal.NO_KEY;
    }
    if (sequence.state() != State.ON) {
      return sequence.state() == State.STOPPED ? Refusal.STOPPED : Refusal.CLOSED;
    }
    if (!sequence.concerns(view.subject().accountId())) {
      return Refusal.OTHER_ACCOUNT;
    }
    if (deleted(view)) {
      return Refusal.LEAD_DELETED;
    }
    if (enrolments.running(sequence.id(), runKey) != null) {
      return Refusal.INSIDE;
    }
    if (enrolments.running().size() >= MOST_RUNS) {
      return Refusal.TOO_MANY_RUNS;
    }
    if (limited && !again(enrolments.entry(sequence.id(), runKey))) {
      return Refusal.ENTERED_BEFORE;
    }
    Refusal exit = exit(view);
    return exit == null && depth >= Chains.DEEPEST ? Refusal.CHAIN_TOO_DEEP : exit;
  }

  /** What its own deletion opens is wanted; all else comes late. */
  private static boolean deleted(SubjectView view) {
    boolean deletes = view.event() != null && view.event().getKind() == EventKind.LEAD_DELETED;
    return !deletes && view.after().end(view.subject().type()) != null;
  }

  /** Who can leave only by what nobody can judge would have to leave with the next event. */
  private Refusal exit(SubjectView view) {
    view.begin(sequence.agent().orElse(null));
    try {
      boolean out = sequence.exits().stream().anyMatch(exit -> exit.watch().holdsAlready(view));
      return out ? Refusal.EXIT_HOLDS : null;
    } catch (OverBudgetException e) {
      return Refusal.EXITS_UNJUDGED;
    }
  }

  private boolean again(Entered last) {
    Again again = sequence.entry().map(Entry::again).orElse(Again.ALWAYS);
    return last == null
        || again == Again.ALWAYS
        || (again == Again.AFTER
            && now - last.at() >= sequence.entry().orElseThrow().afterMillis());
  }
}
