package io.voronka.sequences.domain;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import io.voronka.sequences.domain.Enrolments.Early;
import io.voronka.sequences.domain.Sequence.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One input's way through all enrolments of a subject. */
final class Drive {
  private static final long VENDORS_TICK = 1000;

  private final SequenceSet set;
  private final SubjectState state;
  private final Subject subject;
  private final Clocks clocks;
  private final AccountSetting setting;
  private final List<ActionRequested> actions = new ArrayList<>();
  private final List<Withdrawal> withdrawals = new ArrayList<>();
  private final List<SequenceProgressed> progress = new ArrayList<>();
  private Enrolments enrolments;

  Drive(
      SequenceSet set,
      Enrolments before,
      SubjectState state,
      Subject subject,
      Clocks clocks,
      AccountSetting setting) {
    this.set = set;
    this.enrolments = before;
    this.state = state;
    this.subject = subject;
    this.clocks = clocks;
    this.setting = setting;
    settle();
  }

  Driven driven(SubjectState after) {
    SubjectState caused = Causes.asked(after, actions, setting, clocks.firedAt());
    return new Driven(enrolments, caused, actions, withdrawals, progress);
  }

  /**
   * @param depth how deep in a chain the event is; 0 when it tells of nothing that we have written
   */
  void event(SubjectView view, int depth) {
    String eventId = view.event().getId();
    for (Enrolment enrolment : enrolments.running()) {
      advance(enrolment, new Input.Event(), scene(enrolment, view, eventId));
    }
    for (String id : set.opened(view)) {
      SequenceVersion newest = set.current(id, clocks.firedAt());
      if (newest != null && !older(view, id) && Admission.opens(newest.sequence(), view)) {
        Entry entry = newest.sequence().entry().orElseThrow();
        enter(
            newest,
            entry.key() == null ? null : Admission.key(entry, view),
            eventId,
            depth,
            true,
            view);
      }
    }
  }

  void moment() {
    List<Enrolment> due =
        enrolments.running().stream()
            .filter(enrolment -> enrolment.nextDue() <= clocks.dueAt())
            .sorted(Comparator.comparingLong(Enrolment::nextDue).thenComparing(Enrolment::id))
            .toList();
    for (Enrolment enrolment : due) {
      advance(enrolment, new Input.Moment(), scene(enrolment, null));
    }
  }

  /** One whose request is still to come is kept for it. */
  void outcome(Input.Outcome outcome) {
    String run = outcome.step().getEnrolmentId();
    Enrolment enrolment = enrolments.running(run);
    boolean early =
        enrolment == null
            ? !enrolments.ended(run)
            : outcome.step().getVisit() > enrolment.visit(outcome.step().getStepId());
    if (early) {
      if (outcome.outcome() != ActionOutcome.WITHDRAWN) {
        long action = Early.action(outcome.step());
        enrolments =
            enrolments.keeping(
                new Early(action, outcome.outcome(), outcome.reason(), clocks.firedAt()));
      }
    } else if (enrolment != null) {
      advance(enrolment, outcome, scene(enrolment, null));
    }
  }

  void start(Start start) {
    SequenceVersion newest = set.current(start.sequenceId(), clocks.firedAt());
    if (newest != null) {
      enter(newest, start.runKey(), start.causeId(), start.depth(), start.byRule(), still());
    } else {
      refuse(start.sequenceId(), null, start.causeId(), Refusal.NO_SUCH_SEQUENCE);
    }
  }

  /** A person always gets an answer. */
  void command(String commandId, String sequenceId, String enrolmentId, Command command) {
    boolean found = false;
    for (Enrolment enrolment : enrolments.running()) {
      boolean meant =
          enrolmentId == null
              ? enrolment.sequenceId().equals(sequenceId) && command.means(enrolment.runKey())
              : enrolment.id().equals(enrolmentId);
      if (meant) {
        found = true;
        advance(enrolment, new Input.Asked(command), scene(enrolment, commandId));
      }
    }
    if (!found && !command.byRule()) {
      refuse(sequenceId, enrolmentId, commandId, Refusal.NOT_INSIDE);
    }
  }

  /**
   * @param enrolmentId null: none was named
   */
  private void refuse(String sequenceId, String enrolmentId, String causeId, Refusal why) {
    SequenceVersion newest = set.current(sequenceId, clocks.firedAt());
    String id =
        enrolmentId == null ? StableId.of(subject.key(), sequenceId, "", causeId) : enrolmentId;
    Enrolment none = Enrolment.none(id, sequenceId, newest == null ? 0 : newest.version());
    Written written = new Written(scene(still(), causeId));
    written.progress(none, ProgressKind.REFUSED, why.written());
    progress.addAll(written.advance(null).progress());
  }

  /** Versions that were published since it was last looked at count from their own moment on. */
  private void settle() {
    for (Enrolment before : enrolments.running()) {
      Enrolment enrolment = before;
      if (set.version(enrolment.sequenceId(), enrolment.version()) == null) {
        gone(enrolment);
        continue;
      }
      for (SequenceVersion newer : set.after(before.sequenceId(), before.settledWith())) {
        if (enrolment != null && newer.effectiveAt() <= clocks.firedAt()) {
          long at = Math.max(newer.effectiveAt(), enrolment.position().since());
          SubjectView view = SubjectView.at(subject, state, at, setting.surroundings());
          Scene scene = new Scene(view, new Clocks(newer.effectiveAt(), at), setting.zone(), null);
          advance(enrolment, new Input.Published(newer), scene);
          enrolment = enrolments.running(before.id());
        }
      }
    }
  }

  /** Nobody can tell any more what its steps were. */
  private void gone(Enrolment enrolment) {
    Written written = new Written(scene(still(), null));
    written.progress(
        enrolment, ProgressKind.EXITED, ExitReason.STOPPED.written(), "its version is gone");
    progress.addAll(written.advance(null).progress());
    enrolments = enrolments.with(enrolment, null);
  }

  private void advance(Enrolment before, Input input, Scene scene) {
    SequenceVersion by = set.version(before.sequenceId(), before.version());
    if (by != null) {
      take(before, SequenceMachine.advance(by, before, input, scene), scene);
    }
  }

  private void take(Enrolment before, Advance advance, Scene scene) {
    actions.addAll(advance.actions());
    withdrawals.addAll(advance.withdrawals());
    progress.addAll(advance.progress());
    Enrolment after = advance.after();
    enrolments = enrolments.with(before, after);
    if (after != null && after.position().phase() == Position.Phase.OUTCOME) {
      heardAlready(after, scene.view().after());
    }
  }

  /** It goes on as if it had been heard in its order, at its own time. */
  private void heardAlready(Enrolment enrolment, SubjectState known) {
    long action = Early.action(enrolment.stepRef());
    for (Early early : enrolments.early()) {
      if (early.action() == action) {
        enrolments = enrolments.without(early);
        Input.Outcome outcome =
            new Input.Outcome(enrolment.stepRef(), early.outcome(), early.reason());
        Clocks heard = Clocks.at(Math.max(early.at(), enrolment.position().since()));
        advance(enrolment, outcome, new Scene(still(known, heard), heard, setting.zone(), null));
        return;
      }
    }
  }

  /**
   * True when the event happened before there was such a sequence: it comes from the archive again,
   * and nobody remembers whether it has been here. Vendors tell whole seconds.
   */
  private boolean older(SubjectView view, String sequenceId) {
    return view.happenedAt() + VENDORS_TICK <= set.publishedAt(sequenceId);
  }

  /**
   * @param runKey null: a lead has one run at a time; empty or too long: it is none
   */
  private void enter(
      SequenceVersion by,
      String runKey,
      String causeId,
      int depth,
      boolean limited,
      SubjectView view) {
    String key = Admission.isNoKey(runKey) ? null : runKey;
    Scene scene = scene(view, causeId);
    Enrolment entered = Enrolment.entered(subject, by, key, causeId, depth, clocks.firedAt());
    Refusal refusal =
        new Admission(by.sequence(), enrolments, depth, clocks.firedAt())
            .refusal(runKey, limited, view);
    if (refusal == null) {
      enrolments = enrolments.entering(entered);
      take(entered, SequenceMachine.enter(by, entered, scene), scene);
    } else {
      Written written = new Written(scene);
      written.progress(entered, ProgressKind.REFUSED, refusal.written());
      progress.addAll(written.advance(null).progress());
    }
  }

  private Scene scene(SubjectView view, String causeId) {
    return new Scene(view, clocks, setting.zone(), causeId);
  }

  private Scene scene(Enrolment enrolment, SubjectView view, String causeId) {
    return new Scene(view, clocks(enrolment), setting.zone(), causeId);
  }

  /** Without an event. */
  private Scene scene(Enrolment enrolment, String causeId) {
    Clocks own = clocks(enrolment);
    return new Scene(still(state, own), own, setting.zone(), causeId);
  }

  /**
   * A run's time never goes back. It has nothing to do with what else happens to the subject, or
   * what a run does would depend on the order in which topics are read.
   */
  private Clocks clocks(Enrolment enrolment) {
    long last = Math.max(enrolment.position().since(), enrolment.pausedAt());
    return clocks.firedAt() < last ? Clocks.at(last) : clocks;
  }

  /** Without an event. */
  private SubjectView still() {
    return still(state, clocks);
  }

  private SubjectView still(SubjectState known, Clocks at) {
    return SubjectView.at(subject, known, at.firedAt(), setting.surroundings());
  }
}
