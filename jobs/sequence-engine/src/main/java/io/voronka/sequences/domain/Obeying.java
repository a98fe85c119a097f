package io.voronka.sequences.domain;

import io.voronka.schemas.ProgressKind;
import io.voronka.sequences.domain.Position.Phase;
import io.voronka.sequences.domain.step.Step;

/** What commands do to a run. */
final class Obeying {
  private final Run run;

  Obeying(Run run) {
    this.run = run;
  }

  void obey(Command command) {
    switch (command.kind()) {
      case PAUSE -> pause();
      case RESUME_KEEPING -> resume(false);
      case RESUME_SHIFTING -> resume(true);
      case SKIP -> skip(command.stepId());
      case STOP -> run.leave(ExitReason.STOPPED, null);
      case CANCEL -> run.leave(ExitReason.CANCELLED, null);
    }
  }

  private void pause() {
    if (run.enrolment().paused()) {
      refuse(Refusal.PAUSED_ALREADY, null);
      return;
    }
    run.become(run.enrolment().pausedAt(run.now()));
    run.written().progress(run.enrolment(), ProgressKind.PAUSED, null);
  }

  private void resume(boolean shifting) {
    if (!run.enrolment().paused()) {
      refuse(Refusal.NOT_PAUSED, null);
      return;
    }
    long paused = run.now() - run.enrolment().pausedAt();
    run.become(run.enrolment().pausedAt(0));
    String how = shifting ? "shifting" : "keeping";
    run.written().progress(run.enrolment(), ProgressKind.RESUMED, how);
    Position where = run.enrolment().position();
    if (shifting && (where.phase() == Phase.TIME || where.phase() == Phase.EVENT)) {
      Position later =
          new Position(where.stepId(), where.phase(), where.since() + paused, where.due(), 0);
      run.become(run.enrolment().at(later));
      run.waiting().rearm();
    }
    run.momentCame();
  }

  private void skip(String stepId) {
    boolean toEnd = Step.END.equals(stepId);
    if (stepId != null && !toEnd && run.sequence().step(stepId) == null) {
      refuse(Refusal.NO_SUCH_STEP, stepId);
      return;
    }
    Step present = run.step();
    String target = toEnd ? null : stepId;
    if (stepId == null && present != null) {
      target = present.next();
    }
    run.withdraw();
    String told = target == null ? Step.END : target;
    run.written().progress(run.enrolment(), ProgressKind.SKIPPED, null, told);
    run.moveTo(target);
  }

  private void refuse(Refusal why, String detail) {
    run.written().progress(run.enrolment(), ProgressKind.REFUSED, why.written(), detail);
  }
}
