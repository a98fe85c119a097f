package io.voronka.sequences.domain;

import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.text.UnfillableTextException;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import io.voronka.sequences.domain.step.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects what an advance puts out. */
final class Written {
  static final long NOT_REQUESTED = -1;

  /** How long after its deadline an action's outcome is missed. */
  private static final long GRACE = Duration.ofMinutes(10).toMillis();

  private final Scene scene;
  private final List<ActionRequested> actions = new ArrayList<>();
  private final List<Withdrawal> withdrawals = new ArrayList<>();
  private final List<SequenceProgressed> progress = new ArrayList<>();

  Written(Scene scene) {
    this.scene = scene;
  }

  Advance advance(Enrolment after) {
    return new Advance(after, actions, withdrawals, progress);
  }

  /**
   * Asks for the effect of the step that the enrolment is at.
   *
   * @return when its outcome is missed, epoch milliseconds; {@link #NOT_REQUESTED} when its texts
   *     cannot be filled
   */
  long request(SequenceVersion by, Enrolment enrolment, Step.Act act) {
    ActionTemplate.Cause cause =
        new ActionTemplate.Cause(
            enrolment.decisionId(),
            null,
            0,
            scene.clocks().dueAt(),
            scene.now(),
            StableId.fingerprint(enrolment.id()),
            enrolment.depth() + 1,
            by.sequence().agent().orElse(null));
    ActionRequested request;
    try {
      request = act.action().request(scene.view(), cause, enrolment.stepRef());
    } catch (UnfillableTextException e) {
      return NOT_REQUESTED;
    }
    actions.add(request);
    SequenceProgressed record = record(enrolment, ProgressKind.REQUESTED);
    record.setActionId(request.getId());
    progress.add(record);
    return Math.max(scene.now(), request.getNotAfter()) + GRACE;
  }

  void withdraw(Enrolment enrolment, Step.Act act) {
    Subject subject = scene.view().subject();
    withdrawals.add(
        new Withdrawal(enrolment.actionId(), enrolment.sequenceId(), act.target(subject)));
  }

  void concluded(Enrolment enrolment, ActionOutcome outcome, String reason) {
    SequenceProgressed record = record(enrolment, ProgressKind.CONCLUDED);
    record.setReason(outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    record.setDetail(reason);
    record.setActionId(enrolment.actionId());
    progress.add(record);
  }

  /**
   * @param again it waits in this step already, and now until another time
   */
  void waiting(Enrolment enrolment, boolean again) {
    String which = again ? cause(enrolment) : "";
    SequenceProgressed record = record(enrolment, ProgressKind.WAITING, which);
    record.setUntil(enrolment.position().due());
    progress.add(record);
  }

  void progress(Enrolment enrolment, ProgressKind kind, String reason) {
    progress(enrolment, kind, reason, null);
  }

  void progress(Enrolment enrolment, ProgressKind kind, String reason, String detail) {
    SequenceProgressed record = record(enrolment, kind);
    record.setReason(reason);
    record.setDetail(detail);
    progress.add(record);
  }

  private SequenceProgressed record(Enrolment enrolment, ProgressKind kind) {
    String which =
        switch (kind) {
          case REQUESTED -> Integer.toString(enrolment.position().asked());
          case MOVED, RESTARTED, REFUSED, PAUSED, RESUMED, SKIPPED -> cause(enrolment);
          case ENTERED, WAITING, CONCLUDED, BRANCHED, EXITED, UNKNOWN -> "";
        };
    return record(enrolment, kind, which);
  }

  private String cause(Enrolment enrolment) {
    return scene.causeId() == null ? Long.toString(enrolment.version()) : scene.causeId();
  }

  /**
   * Its id holds no time: a job that was set back may read an outcome somewhat earlier or later
   * than before, and what it then tells again is the same thing.
   *
   * @param which tells it apart from others of its kind in one visit of a step
   */
  private SequenceProgressed record(Enrolment enrolment, ProgressKind kind, String which) {
    Subject subject = scene.view().subject();
    String stepId = enrolment.position().stepId();
    int visit = enrolment.visit(stepId);
    return SequenceProgressed.newBuilder()
        .setId(
            StableId.of(
                enrolment.id(),
                kind.name(),
                stepId == null ? "" : stepId,
                Integer.toString(visit),
                which))
        .setTenantId(subject.tenantId())
        .setAccountId(subject.accountId())
        .setSubjectType(subject.type())
        .setSubjectId(subject.id())
        .setSequenceId(enrolment.sequenceId())
        .setSequenceVersion(enrolment.version())
        .setEnrolmentId(enrolment.id())
        .setRunKey(enrolment.runKey())
        .setKind(kind)
        .setStepId(stepId)
        .setVisit(visit)
        .setDueAt(scene.clocks().dueAt())
        .setFiredAt(scene.now())
        .setCauseId(scene.causeId())
        .build();
  }
}
