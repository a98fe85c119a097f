package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A webhook whose first answer was lost may have arrived, and nothing can be read back: what comes
 * of later attempts does not make it unsent.
 */
final class DoubtedWebhookTest {
  private static final long NOW = Requests.NOW;
  private final RetryPolicy policy = RetryPolicy.standard();
  private final Target target = new Target(new TokenBucket(7, NOW, true), policy, 4);
  private final BookInMemory book = new BookInMemory();
  private final FixedControls controls = new FixedControls();
  private final Guard guard = new Guard(controls, book, Duration.ofSeconds(10));

  @BeforeEach
  void theFirstAnswerIsLostAndTheNextSaysNotNow() {
    target.add(
        PendingAction.of(
            Requests.of(ActionKind.WEBHOOK, "a"), ActionProgress.waiting(1), Requests.NOW));
    target.drain(NOW, guard);
    target.sent("a", SendResult.unclear(null, Reason.TIMED_OUT, null), NOW + 10_000);
    assertThat(target.drain(NOW + 11_000, guard))
        .extracting(Step::kind)
        .containsExactly(Step.Kind.SEND);
    target.sent("a", unavailable(), NOW + 11_100);
  }

  @Test
  void isTriedAgain() {
    assertThat(target.drain(NOW + 15_000, guard))
        .extracting(Step::kind)
        .containsExactly(Step.Kind.SEND);
    assertThat(target.sent("a", SendResult.done(200, null), NOW + 15_100).outcome())
        .isEqualTo(ActionOutcome.CONFIRMED);
  }

  @Test
  void isNotSaidToBeExpiredWhenItsTimeIsOver() {
    assertThat(outcomes(target.drain(Requests.DEADLINE + 1, guard)))
        .containsExactly(ActionOutcome.MAYBE_SENT);
  }

  @Test
  void isNotSaidToBeWithdrawnWhenItIsTakenBack() {
    book.withdraw("a");

    assertThat(target.withdraw("a")).isEmpty();
    assertThat(outcomes(target.drain(NOW + 15_000, guard)))
        .containsExactly(ActionOutcome.MAYBE_SENT);
  }

  @Test
  void isNotSaidToBeRefusedWhenItsTenantIsSwitchedOff() {
    controls.deactivateTenant();

    assertThat(outcomes(target.drain(NOW + 15_000, guard)))
        .containsExactly(ActionOutcome.MAYBE_SENT);
  }

  @Test
  void isNotSaidToBeRefusedWhenItsHostHasMovedToAnAddressThatIsNotPublic() {
    target.drain(NOW + 15_000, guard);

    Step step =
        target.sent("a", SendResult.forbidden(Reason.ADDRESS_PRIVATE, "private"), NOW + 15_100);

    assertThat(step.outcome()).isEqualTo(ActionOutcome.MAYBE_SENT);
    assertThat(step.action().progress().reason()).isEqualTo(Reason.ADDRESS_PRIVATE);
  }

  @Test
  void isNotSaidToHaveFailedWhenAllLaterAttemptsDo() {
    Step last = null;
    for (int failures = 2; failures < policy.attempts(); failures++) {
      long now = NOW + failures * policy.longestDelay().toMillis();
      assertThat(target.drain(now, guard)).extracting(Step::kind).containsExactly(Step.Kind.SEND);
      last = target.sent("a", unavailable(), now);
    }

    assertThat(last.outcome()).isEqualTo(ActionOutcome.MAYBE_SENT);
  }

  /** The receiver has judged this very webhook: whoever drops repeats says yes to them. */
  @Test
  void hasFailedWhenTheReceiverSaysNo() {
    target.drain(NOW + 15_000, guard);

    assertThat(
            target
                .sent("a", SendResult.denied(410, Reason.NOT_FOUND, null), NOW + 15_100)
                .outcome())
        .isEqualTo(ActionOutcome.FAILED);
  }

  private static SendResult unavailable() {
    return SendResult.notDone(503, 0, Reason.SERVER_ERROR, null);
  }

  private static List<ActionOutcome> outcomes(List<Step> steps) {
    return steps.stream().map(Step::outcome).toList();
  }
}
