package io.voronka.sequences.domain;

import io.voronka.rules.domain.condition.Truth;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.ProgressKind;
import io.voronka.sequences.domain.Position.Phase;
import io.voronka.sequences.domain.step.Step;
import java.util.Locale;
import java.util.Set;

/** One input's way through the machine. */
final class Run {
  /** More visits of one step than any sequence that is meant in earnest. */
  private static final int MOST_VISITS = 100;

  /** How often an action is asked for when nothing is heard of it. */
  private static final int MOST_ASKED = 2;

  private static final Set<String> CLOSED_STAGES = Set.of("142", "143");

  private final Scene scene;
  private final Written written;
  private final Waiting waiting;
  private SequenceVersion by;
  private Enrolment enrolment;
  private boolean left;

  Run(SequenceVersion by, Enrolment enrolment, Scene scene) {
    this.by = by;
    this.enrolment = enrolment;
    this.scene = scene;
    this.written = new Written(scene);
    this.waiting = new Waiting(this, scene);
    begin(by);
  }

  Advance advance() {
    return written.advance(left ? null : enrolment);
  }

  Enrolment enrolment() {
    return enrolment;
  }

  void become(Enrolment other) {
    enrolment = other;
  }

  Sequence sequence() {
    return by.sequence();
  }

  long now() {
    return scene.now();
  }

  Written written() {
    return written;
  }

  Waiting waiting() {
    return waiting;
  }

  void begin() {
    written.progress(enrolment, ProgressKind.ENTERED, null);
    goOn();
  }

  void happened() {
    if (leaves()) {
      return;
    }
    Step step = step();
    if (enrolment.position().phase() == Phase.EVENT && step instanceof Step.WaitFor wait) {
      if (wait.watch().seen(scene.view())) {
        branch("happened", null, wait.then());
      } else {
        waiting.follow(wait.timeout(), wait.onTimeout());
      }
    } else if (enrolment.position().phase() == Phase.TIME && step instanceof Step.Wait wait) {
      waiting.follow(wait.delay(), Waiting.missed(wait));
    }
    goOn();
  }

  void momentCame() {
    if (enrolment.nextDue() > scene.now()) {
      return;
    }
    Step step = step();
    switch (enrolment.position().phase()) {
      case TIME -> moveTo(step.next());
      case EVENT -> branch("timeout", null, ((Step.WaitFor) step).onTimeout());
      case OUTCOME -> {
        if (enrolment.position().asked() < MOST_ASKED) {
          ask((Step.Act) step, enrolment.position().asked() + 1);
        } else {
          conclude((Step.Act) step, ActionOutcome.UNKNOWN, "no-outcome");
        }
      }
      case READY -> {}
    }
    goOn();
  }

  void concluded(Input.Outcome input) {
    boolean awaited =
        enrolment.position().phase() == Phase.OUTCOME
            && input.step().getStepId().equals(enrolment.position().stepId())
            && input.step().getVisit() == enrolment.visit(enrolment.position().stepId());
    if (awaited) {
      conclude((Step.Act) step(), input.outcome(), input.reason());
      goOn();
    }
  }

  void asked(Command command) {
    new Obeying(this).obey(command);
    goOn();
  }

  void published(SequenceVersion newer) {
    Succession.Fate fate =
        Succession.of(
            newer.sequence(), new Succession.Place(by.sequence(), enrolment.position().stepId()));
    enrolment = enrolment.settledWith(newer.version());
    String older = Long.toString(by.version());
    switch (fate) {
      case FINISHES -> {}
      case LEAVES -> leave(ExitReason.STOPPED, "version " + newer.version());
      case MOVES -> {
        begin(newer);
        written.progress(enrolment, ProgressKind.MOVED, null, older);
        if (!outByNew()) {
          waiting.moved();
        }
      }
      case RESTARTS -> {
        withdraw();
        begin(newer);
        enrolment = enrolment.at(Position.ready(newer.sequence().first(), scene.now()));
        written.progress(enrolment, ProgressKind.RESTARTED, null, older);
        outByNew();
      }
    }
    goOn();
  }

  /** A sequence that cannot be gone on with is its own author's trouble and nobody else's. */
  void broken(RuntimeException trouble) {
    if (!left) {
      leave(ExitReason.FAILED, trouble.toString());
    }
  }

  private void begin(SequenceVersion version) {
    by = version;
    enrolment = enrolment.by(version.version());
    scene.view().begin(version.sequence().agent().orElse(null));
  }

  /** Whom the new version would not let in, it does not keep. */
  private boolean outByNew() {
    for (Sequence.Exit exit : by.sequence().exits()) {
      if (exit.watch().holdsAlready(scene.view())) {
        return leave(exit.reason(), exit.watch().pointer());
      }
    }
    return false;
  }

  private boolean leaves() {
    if (scene.view().event().getKind() == EventKind.LEAD_DELETED) {
      return leave(ExitReason.LEAD_DELETED, null);
    }
    for (Sequence.Exit exit : by.sequence().exits()) {
      if (exit.watch().seen(scene.view())) {
        return leave(exit.reason(), exit.watch().pointer());
      }
    }
    boolean closed =
        scene.view().move().entered() && CLOSED_STAGES.contains(scene.view().move().to());
    return closed
        && !by.sequence().stayWhenClosed()
        && leave(ExitReason.LEAD_CLOSED, scene.view().move().to());
  }

  /** Takes steps until one has to be waited for. */
  private void goOn() {
    while (!left && enrolment.position().phase() == Phase.READY && !enrolment.paused()) {
      Step step = step();
      if (step == null) {
        leave(ExitReason.COMPLETED, null);
      } else if (enrolment.visit(step.id()) == MOST_VISITS) {
        leave(ExitReason.LOOPING, step.id());
      } else {
        enrolment = enrolment.visiting(step.id());
        take(step);
      }
    }
  }

  private void take(Step step) {
    if (step instanceof Step.Act act) {
      ask(act, 1);
    } else if (step instanceof Step.Wait wait) {
      waiting.await(wait, scene.now());
    } else if (step instanceof Step.WaitFor wait) {
      if (wait.watch().holdsAlready(scene.view())) {
        branch("holds-already", null, wait.then());
      } else {
        waiting.await(wait, scene.now());
      }
    } else if (step instanceof Step.Branch branch) {
      Truth truth = branch.when().test(scene.view());
      branch(
          truth.name().toLowerCase(Locale.ROOT),
          null,
          truth == Truth.TRUE ? branch.then() : branch.otherwise());
    } else if (step instanceof Step.Split split) {
      Step.Split.Part part = split.of(by.sequence().id(), scene.view().subject().key());
      branch("split", part.name(), part.first());
    } else if (step instanceof Step.GoTo goTo) {
      moveTo(goTo.target());
    }
  }

  private void ask(Step.Act act, int times) {
    scene.view().budget().refill();
    long until = written.request(by, enrolment, act);
    if (until == Written.NOT_REQUESTED) {
      conclude(act, ActionOutcome.FAILED, "unfillable-text");
      return;
    }
    String stepId = act.id();
    long since = times == 1 ? scene.now() : enrolment.position().since();
    enrolment = enrolment.at(new Position(stepId, Phase.OUTCOME, since, until, times));
  }

  /** An effect that may have come about has not failed. */
  private void conclude(Step.Act act, ActionOutcome outcome, String reason) {
    boolean failed = outcome != ActionOutcome.CONFIRMED && outcome != ActionOutcome.MAYBE_SENT;
    written.concluded(enrolment, outcome, reason);
    if (!failed || !act.required()) {
      moveTo(act.next());
    } else if (act.onFailure() != null) {
      moveTo(act.onFailure());
    } else {
      enrolment = enrolment.at(Position.ready(act.id(), scene.now())); // Nothing to take back.
      leave(ExitReason.FAILED, act.id());
    }
  }

  void branch(String reason, String detail, String target) {
    written.progress(enrolment, ProgressKind.BRANCHED, reason, detail);
    moveTo(target);
  }

  void moveTo(String stepId) {
    enrolment = enrolment.at(Position.ready(stepId, scene.now()));
  }

  boolean leave(ExitReason reason, String detail) {
    withdraw();
    written.progress(enrolment, ProgressKind.EXITED, reason.written(), detail);
    left = true;
    return true;
  }

  void withdraw() {
    if (enrolment.position().phase() == Phase.OUTCOME && step() instanceof Step.Act act) {
      written.withdraw(enrolment, act);
    }
  }

  /** Where it is, or with READY what it comes to next; null: the end. */
  Step step() {
    return by.sequence().step(enrolment.position().stepId());
  }
}
