package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What leaves no trace leaves when the journal has taken its attempt. */
final class JournaledTargetTest {
  private static final long NOW = Requests.NOW;

  private final Target target =
      new Target(new TokenBucket(7, NOW, true), RetryPolicy.standard(), 4);
  private final FixedControls controls = new FixedControls();
  private final Guard guard = new Guard(controls, new BookInMemory(), Duration.ofSeconds(10));

  @Test
  void aSalesbotWithALostAnswerStaysUnknown() {
    add("a", ActionProgress.waiting(1));
    target.drain(NOW, guard);

    Step step = target.sent("a", SendResult.unclear(null, Reason.TIMED_OUT, null), NOW);

    assertThat(step.outcome()).isEqualTo(ActionOutcome.MAYBE_SENT);
    assertThat(step.action().progress().reason()).isEqualTo(Reason.TIMED_OUT);
  }

  /** Its token comes back, and its attempt does not count. */
  @Test
  void aSalesbotThatTheJournalCannotTakeIsNotSent() {
    add("a", ActionProgress.waiting(1));
    target.drain(NOW, guard);

    Step step = target.notBegun("a", JournalAnswer.away(), NOW);

    assertThat(step.kind()).isEqualTo(Step.Kind.KEEP);
    assertThat(step.action().progress().attempts()).isZero();
    assertThat(step.action().progress().sentAt()).isZero();
    assertThat(target.inFlight()).isZero();
    assertThat(target.wakeAt(NOW)).isBetween(NOW + 1_000, NOW + 5_000);
    assertThat(target.drain(NOW + 5_000, guard))
        .extracting(Step::kind)
        .containsExactly(Step.Kind.SEND);
  }

  /** Neither the budget nor the guard is needed to know what has happened. */
  @Test
  void theJournalIsAskedWhateverTheTargetsStateIs() {
    controls.deactivateAccount();
    for (int i = 0; i < 20; i++) {
      add("a" + i, ActionProgress.first(ActionKind.RUN_SALESBOT, true, i + 1, NOW));
    }

    assertThat(target.drain(NOW, guard))
        .extracting(Step::kind)
        .containsOnly(Step.Kind.ASK)
        .hasSize(20);
    assertThat(target.drain(NOW, guard)).isEmpty();
    assertThat(target.told("a0", JournalAnswer.free(), NOW).kind()).isEqualTo(Step.Kind.KEEP);
    assertThat(
            target.told("a1", JournalAnswer.begun(new BegunSend(3, NOW - 9, null)), NOW).outcome())
        .isEqualTo(ActionOutcome.MAYBE_SENT);
    assertThat(target.drain(NOW, guard))
        .extracting(Step::outcome)
        .containsExactly(ActionOutcome.REFUSED);
  }

  /** When its time is over, it is told what it has waited for. */
  @Test
  void whatHasWaitedForTheJournalTooLongSaysSo() {
    add("a", ActionProgress.waiting(1));
    target.drain(NOW, guard);
    target.notBegun("a", JournalAnswer.away(), NOW);

    Step step = target.drain(Requests.DEADLINE + 1, guard).get(0);

    assertThat(step.outcome()).isEqualTo(ActionOutcome.EXPIRED);
    assertThat(step.action().progress().detail()).contains("journal");
  }

  private void add(String id, ActionProgress progress) {
    target.add(
        PendingAction.of(
            Requests.builder(ActionKind.RUN_SALESBOT, id).setSubjectId(id).build(), progress, NOW));
  }
}
