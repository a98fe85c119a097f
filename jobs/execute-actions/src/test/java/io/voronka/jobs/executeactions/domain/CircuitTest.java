package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that is away, seen through its queue. */
final class CircuitTest {
  private static final long NOW = Requests.NOW;
  private static final SendResult DOWN =
      SendResult.notDone(null, 0, Reason.CONNECTION_REFUSED, "down");

  private final RetryPolicy policy = RetryPolicy.standard();
  private final Target target = new Target(new TokenBucket(50, NOW, true), policy, 4);
  private final Guard guard =
      new Guard(new FixedControls(), new BookInMemory(), Duration.ofSeconds(10));

  @Test
  void opensAfterDifferentActionsFailedInARowAndNothingMoreIsSent() {
    waiting(20);

    fail(sent(NOW), NOW);
    fail(sent(NOW), NOW);

    assertThat(target.allowance().circuit()).isEqualTo(1);
    assertThat(target.drain(NOW, guard)).isEmpty();
    assertThat(target.wakeAt(NOW) - NOW).isBetween(1L, 1000L);
    assertThat(target.actions())
        .extracting(action -> action.progress().attempts())
        .containsOnly(0, 1);
  }

  /** Probes before that would be in vain, and each would put the next one off. */
  @Test
  void whoSaysWhenItCanBeAskedAgainIsAskedThen() {
    waiting(20);
    SendResult later = SendResult.notDone(null, 5000, Reason.TIMED_OUT, "no token yet");
    sent(NOW).forEach(id -> target.sent(id, later, NOW));

    assertThat(target.drain(NOW + 4999, guard)).isEmpty();
    assertThat(target.wakeAt(NOW + 1000)).isEqualTo(NOW + 5000);
    assertThat(sent(NOW + 5000)).isNotEmpty();
  }

  @Test
  void oneActionThatAlwaysFailsOpensNothing() {
    waiting(1);
    long now = NOW;
    for (int i = 1; i < policy.attempts(); i++) {
      fail(sent(now), now);
      assertThat(target.allowance().circuit()).isZero();
      now += 300_000;
    }
  }

  @Test
  void oneProbeAtATimeIsSentWhenItsTimeIsOver() {
    waiting(20);
    long now = open();

    List<String> probe = sent(now);

    assertThat(probe).hasSize(1);
    assertThat(target.allowance().circuit()).isEqualTo(2);
    assertThat(target.drain(now, guard)).isEmpty();
  }

  @Test
  void aFailedProbeCostsItsActionNothingAndTheNextOneComesLater() {
    waiting(20);
    long now = open();
    long before = 0;
    for (int i = 0; i < 30; i++) {
      fail(sent(now), now);
      long wait = target.allowance().memory().openUntil() - now;
      assertThat(wait).isBetween(Math.min(before / 2, 1000), 60_000L);
      before = wait;
      now += wait;
    }

    assertThat(before).isGreaterThan(30_000L);
    assertThat(target.size()).isEqualTo(20);
    assertThat(target.actions())
        .allMatch(action -> action.progress().failures() <= 1, "no attempt burnt");
  }

  @Test
  void anAnswerOfAnyKindClosesIt() {
    waiting(20);
    long now = open();
    String probe = sent(now).get(0);

    target.sent(probe, SendResult.denied(404, Reason.NOT_FOUND, null), now);

    assertThat(target.allowance().circuit()).isZero();
    assertThat(sent(now)).hasSize(4);
  }

  /** Reads work all the while, and show each time that nothing was done. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 50})
  void aMinuteInWhichOnlyWritesFailLosesNothing(int tasks) {
    IntStream.range(0, tasks).forEach(i -> add(ActionKind.CREATE_TASK, "a" + i, i + 1));
    SendResult down = SendResult.unclear(504, Reason.SERVER_ERROR, null);
    List<ActionOutcome> outcomes = new ArrayList<>();
    int failedSends = 0;
    long now = NOW;
    while (!target.isEmpty()) {
      List<Step> steps = new ArrayList<>(target.drain(now, guard));
      steps.removeIf(step -> step.kind() == Step.Kind.TELL);
      for (Step step : steps) {
        String id = step.action().id();
        boolean fails = step.kind() == Step.Kind.SEND && now < NOW + 60_000;
        failedSends += fails ? 1 : 0;
        Step next =
            step.kind() == Step.Kind.READ
                ? target.read(id, ReadResult.absent(), now)
                : target.sent(id, fails ? down : SendResult.done(200, "7"), now);
        if (next.finished()) {
          outcomes.add(next.outcome());
        }
      }
      now = Math.max(now + 1, target.wakeAt(now));
    }

    assertThat(outcomes).hasSize(tasks).containsOnly(ActionOutcome.CONFIRMED);
    assertThat(failedSends).isLessThan(25);
    assertThat(target.allowance().circuit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 1"})
  void aReadClosesItWhenItFindsWhatWasWritten(boolean found, int circuit) {
    IntStream.range(0, 5).forEach(i -> add(ActionKind.CREATE_TASK, "a" + i, i + 1));
    SendResult lost = SendResult.unclear(500, Reason.SERVER_ERROR, null);
    sent(NOW).forEach(id -> target.sent(id, lost, NOW));
    sent(NOW).forEach(id -> target.sent(id, lost, NOW));
    long later = NOW + policy.settling().toMillis();

    String probe = sent(later).get(0);
    target.read(probe, found ? ReadResult.found("7") : ReadResult.absent(), later);

    assertThat(target.allowance().circuit()).isEqualTo(circuit);
    assertThat(target.drain(later, guard)).as("it is asked on").isNotEmpty();
  }

  @Test
  void whatWaitsTooLongExpiresUnsent() {
    waiting(20);
    open();

    List<Step> steps = target.drain(Requests.DEADLINE + 1, guard);

    assertThat(steps).extracting(Step::outcome).contains(ActionOutcome.EXPIRED);
    assertThat(target.isEmpty()).isTrue();
  }

  @Test
  void whatMayHaveBeenSentIsNotLookedForForEver() {
    IntStream.range(0, 5).forEach(i -> add(ActionKind.CREATE_TASK, "a" + i, i + 1));
    SendResult lost = SendResult.unclear(null, Reason.TIMED_OUT, null);
    sent(NOW).forEach(id -> target.sent(id, lost, NOW));
    sent(NOW).forEach(id -> target.sent(id, lost, NOW));
    assertThat(target.allowance().circuit()).isEqualTo(1);

    long now = Requests.DEADLINE + 1;
    for (int i = 0; i < 5 * policy.reads(); i++) {
      long at = now;
      sent(now).forEach(id -> target.read(id, ReadResult.failed(null, Reason.TIMED_OUT, null), at));
      now += 600_000;
    }

    assertThat(target.isEmpty()).isTrue();
  }

  @Test
  void isRememberedWithTheTarget() {
    waiting(20);
    open();
    Target again = new Target(new TokenBucket(50, NOW, true), policy, 4);

    again.allowance().remember(target.allowance().memory());

    assertThat(again.allowance().circuit()).isEqualTo(1);
    assertThat(again.allowance().memory()).isEqualTo(target.allowance().memory());
  }

  /** The moment of the first probe. */
  private long open() {
    fail(sent(NOW), NOW);
    fail(sent(NOW), NOW);
    assertThat(target.allowance().circuit()).isEqualTo(1);
    return target.allowance().memory().openUntil();
  }

  private List<String> sent(long now) {
    return target.drain(now, guard).stream()
        .filter(step -> !step.finished())
        .map(step -> step.action().id())
        .toList();
  }

  private void fail(List<String> ids, long now) {
    ids.forEach(id -> target.sent(id, DOWN, now));
  }

  private void waiting(int count) {
    IntStream.range(0, count).forEach(i -> add(ActionKind.WEBHOOK, "a" + i, i + 1));
  }

  private void add(ActionKind kind, String id, long arrival) {
    target.add(
        PendingAction.of(
            Requests.builder(kind, id).setSubjectId(id).build(),
            ActionProgress.waiting(arrival),
            NOW));
  }
}
