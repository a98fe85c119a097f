package io.voronka.sequences.domain;

import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.sequences.domain.Position.Phase;
import io.voronka.sequences.domain.delay.Delay;
import io.voronka.sequences.domain.step.Step;
import java.util.OptionalLong;

/** How a run waits for its time. */
final class Waiting {
  private final Run run;
  private final Scene scene;

  Waiting(Run run, Scene scene) {
    this.run = run;
    this.scene = scene;
  }

  void await(Step.Wait wait, long since) {
    await(Phase.TIME, wait.delay(), since, wait.next(), missed(wait));
  }

  void await(Step.WaitFor wait, long since) {
    await(Phase.EVENT, wait.timeout(), since, wait.onTimeout(), wait.onTimeout());
  }

  /** By another version it may be due at another time, or be so already. */
  void moved() {
    boolean forEvent = run.enrolment().position().phase() == Phase.EVENT;
    if (forEvent
        && run.step() instanceof Step.WaitFor wait
        && wait.watch().holdsAlready(scene.view())) {
      run.branch("holds-already", null, wait.then());
    } else {
      rearm();
    }
  }

  /** What it waits for is due at another time now: another version, or a pause has passed. */
  void rearm() {
    Position where = run.enrolment().position();
    if (where.phase() == Phase.TIME && run.step() instanceof Step.Wait wait) {
      await(wait, where.since());
    } else if (where.phase() == Phase.EVENT && run.step() instanceof Step.WaitFor wait) {
      await(wait, where.since());
    }
  }

  /** The field that a wait goes by may have changed. */
  void follow(Delay delay, String missed) {
    if (!delay.followsField()) {
      return;
    }
    Position where = run.enrolment().position();
    OptionalLong end = end(delay, where.since());
    if (end.isEmpty() || end.getAsLong() != where.due()) {
      await(where.phase(), delay, where.since(), null, missed);
    }
  }

  /** Without a way of its own, a missed date is none. */
  static String missed(Step.Wait wait) {
    return wait.missed() == null ? wait.next() : wait.missed();
  }

  /**
   * Waits in the step where the run is.
   *
   * @param over where it goes when the wait is over already
   * @param missed where it goes when its date is unknown or has passed
   */
  private void await(Phase phase, Delay delay, long since, String over, String missed) {
    OptionalLong end = end(delay, since);
    if (end.isEmpty()) {
      run.branch("date-unknown", null, missed);
    } else if (end.getAsLong() > scene.now()
        || (run.enrolment().paused() && !delay.followsField())) {
      // Who is paused stays, even if another version's wait is over: that comes with the resuming.
      String stepId = run.enrolment().position().stepId();
      boolean again = run.enrolment().position().phase() == phase;
      run.become(run.enrolment().at(new Position(stepId, phase, since, end.getAsLong(), 0)));
      run.written().waiting(run.enrolment(), again);
    } else if (delay.followsField()) {
      run.branch("date-passed", null, missed);
    } else if (phase == Phase.EVENT) {
      run.branch("timeout", null, over);
    } else {
      run.moveTo(over);
    }
  }

  private OptionalLong end(Delay delay, long since) {
    SubjectState lead = scene.view().after();
    return delay.end(since, lead, run.sequence().zone(lead, scene.zone()));
  }
}
