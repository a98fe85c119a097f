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
import org.junit.jupiter.params.provider.EnumSource;

final class TargetTest {
  private static final long NOW = Requests.NOW;
  private final RetryPolicy policy = RetryPolicy.standard();
  private final Target target = new Target(new TokenBucket(7, NOW, true), policy, 4);
  private final FixedControls controls = new FixedControls();
  private final Guard guard = new Guard(controls, new BookInMemory(), Duration.ofSeconds(10));

  @Test
  void sendsAtOnceWhatTheBudgetAllows() {
    IntStream.range(0, 6).forEach(i -> add(ActionKind.ADD_NOTE, "a" + i, "lead" + i));

    List<Step> steps = target.drain(NOW, guard);

    assertThat(steps).extracting(Step::kind).containsOnly(Step.Kind.SEND).hasSize(4);
    assertThat(target.inFlight()).isEqualTo(4);
    assertThat(target.wakeAt(NOW)).isEqualTo(Requests.DEADLINE + 1);
  }

  @Test
  void sendsTheNextOfASubjectOnlyWhenTheFirstIsDone() {
    add(ActionKind.ADD_NOTE, "first", "1");
    add(ActionKind.ADD_NOTE, "second", "1");
    assertThat(target.drain(NOW, guard)).extracting(this::id).containsExactly("first");

    Step done = target.sent("first", SendResult.done(200, "77"), NOW + 90);

    assertThat(done.outcome()).isEqualTo(ActionOutcome.CONFIRMED);
    assertThat(done.vendorId()).isEqualTo("77");
    assertThat(target.drain(NOW + 90, guard)).extracting(this::id).containsExactly("second");
  }

  @Test
  void waitsForATokenAndSaysUntilWhen() {
    Target narrow = new Target(new TokenBucket(1, NOW, true), policy, 4);
    narrow.add(pending(ActionKind.ADD_NOTE, "first", "1", 1));
    narrow.add(pending(ActionKind.ADD_NOTE, "second", "2", 2));
    narrow.drain(NOW, guard);
    narrow.sent("first", SendResult.done(200, null), NOW + 100);

    assertThat(narrow.drain(NOW + 200, guard)).isEmpty();
    assertThat(narrow.wakeAt(NOW + 200)).isEqualTo(NOW + 1100);
    assertThat(narrow.drain(NOW + 1100, guard))
        .extracting(Step::kind)
        .containsExactly(Step.Kind.SEND);
  }

  @Test
  void aRetryThatComesDueWhileAllPlacesAreTakenWakesNobody() {
    add(ActionKind.ADD_NOTE, "failed", "1");
    target.drain(NOW, guard);
    target.sent("failed", SendResult.notDone(null, 0, Reason.CONNECTION_REFUSED, null), NOW);
    IntStream.range(0, 4).forEach(i -> add(ActionKind.ADD_NOTE, "a" + i, "lead" + i));
    target.drain(NOW, guard);

    long due = NOW + policy.delayMillis("failed", 1);
    assertThat(target.wakeAt(NOW)).isEqualTo(due);
    assertThat(target.drain(due, guard)).isEmpty();
    assertThat(target.wakeAt(due)).isEqualTo(Requests.DEADLINE + 1);
  }

  @Test
  void isNeverSentLate() {
    add(ActionKind.ADD_NOTE, "a", "1");

    List<Step> steps = target.drain(Requests.DEADLINE + 1, guard);

    assertThat(steps).extracting(Step::outcome).containsExactly(ActionOutcome.EXPIRED);
    assertThat(steps.get(0).action().progress().reason()).isEqualTo(Reason.NOT_AFTER_PASSED);
    assertThat(target.isEmpty()).isTrue();
  }

  @Test
  void tooManyRequestsPausesTheTargetAndCountsAgainstNobody() {
    add(ActionKind.ADD_NOTE, "a", "1");
    add(ActionKind.ADD_NOTE, "b", "2");
    target.drain(NOW, guard);
    target.sent("b", SendResult.done(200, null), NOW + 5);

    Step step = target.sent("a", SendResult.limited(429, 30_000), NOW + 10);

    assertThat(step.kind()).isEqualTo(Step.Kind.KEEP);
    assertThat(step.action().progress().failures()).isZero();
    assertThat(step.action().progress().attempts()).isEqualTo(1);
    assertThat(target.drain(NOW + 30_009, guard)).isEmpty();
    assertThat(target.wakeAt(NOW + 20)).isEqualTo(NOW + 30_010);
    assertThat(target.drain(NOW + 30_010, guard))
        .extracting(Step::kind)
        .containsExactly(Step.Kind.SEND);
  }

  @Test
  void refusalsInARowPauseLongerAndOneSuccessForgetsThem() {
    add(ActionKind.ADD_NOTE, "a", "1");
    long now = NOW;
    for (long pause : new long[] {1000, 2000, 4000}) {
      target.drain(now, guard);
      target.sent("a", SendResult.limited(429, 0), now);
      assertThat(target.bucket().pausedUntil()).isEqualTo(now + pause);
      now += pause;
    }
    target.drain(now, guard);
    target.sent("a", SendResult.done(200, null), now);
    add(ActionKind.ADD_NOTE, "b", "1");
    target.drain(now, guard);

    target.sent("b", SendResult.limited(429, 0), now);

    assertThat(target.bucket().pausedUntil()).isEqualTo(now + 1000);
  }

  @ParameterizedTest
  @CsvSource({"true, 3", "false, 50"})
  void whatAloneIsRefusedLikeABlockedAddressIsDeniedAndABlockIsWaitedFor(boolean alone, int sends) {
    IntStream.range(0, 20).forEach(i -> add(ActionKind.ADD_NOTE, "a" + i, "lead" + i));
    Step last = null;
    long now = NOW;
    for (int i = 0; i < sends; i++) {
      List<Step> steps = new ArrayList<>(target.drain(now, guard));
      steps.removeIf(step -> step.kind() != Step.Kind.SEND);
      for (Step step : steps) {
        boolean minded = !alone || id(step).equals("a0");
        SendResult result = minded ? SendResult.limited(403, 60_000) : SendResult.done(200, "7");
        Step next = target.sent(id(step), result, now + 100);
        last = id(step).equals("a0") ? next : last;
      }
      assertThat(target.contains("a0")).isEqualTo(!alone || i + 1 < sends);
      now += 60_100;
    }

    assertThat(target.size()).isEqualTo(alone ? 20 - 1 - 3 * 3 : 20);
    assertThat(last.outcome()).isEqualTo(alone ? ActionOutcome.FAILED : null);
    assertThat(last.action().progress().reason())
        .isEqualTo(alone ? Reason.FORBIDDEN : Reason.RATE_LIMITED);
    assertThat(last.action().progress().statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHANGE_STAGE", "CREATE_TASK", "SEND_MESSAGE", "WEBHOOK"})
  void aFailureBeforeSendingIsTriedAgainAndGivenUpInTheEnd(ActionKind kind) {
    add(kind, "a", "1");
    long now = NOW;
    Step step = null;
    for (int attempt = 1; attempt <= policy.attempts(); attempt++) {
      assertThat(target.drain(now, guard)).as("attempt %s", attempt).hasSize(1);
      step = target.sent("a", SendResult.notDone(503, 0, Reason.SERVER_ERROR, "down"), now);
      if (attempt < policy.attempts()) {
        assertThat(step.kind()).isEqualTo(Step.Kind.KEEP);
        long wait = target.wakeAt(now) - now;
        assertThat(wait).isBetween(1L, 300_000L);
        now += Math.max(wait, 1000);
      }
    }

    assertThat(step.outcome()).isEqualTo(ActionOutcome.FAILED);
    assertThat(step.action().progress().attempts()).isEqualTo(policy.attempts());
    assertThat(step.action().progress().reason()).isEqualTo(Reason.SERVER_ERROR);
    assertThat(step.action().progress().statusCode()).isEqualTo(503);
  }

  @Test
  void aNoIsFinal() {
    add(ActionKind.CREATE_TASK, "a", "1");
    target.drain(NOW, guard);

    Step step = target.sent("a", SendResult.denied(422, Reason.UNPROCESSABLE, "no"), NOW);

    assertThat(step.outcome()).isEqualTo(ActionOutcome.FAILED);
    assertThat(step.action().progress().reason()).isEqualTo(Reason.UNPROCESSABLE);
  }

  @Test
  void whatMustNotBeSentIsRefused() {
    add(ActionKind.WEBHOOK, "a", "1");
    target.drain(NOW, guard);

    Step step = target.sent("a", SendResult.forbidden(Reason.ADDRESS_PRIVATE, "private"), NOW);

    assertThat(step.outcome()).isEqualTo(ActionOutcome.REFUSED);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CHANGE_STAGE",
        "UPDATE_FIELD",
        "CREATE_TASK",
        "SEND_MESSAGE",
        "ADD_NOTE",
        "ADD_TAGS"
      })
  void aLostAnswerIsReadBackBeforeAnythingIsSentAgain(ActionKind kind) {
    add(kind, "a", "1");
    target.drain(NOW, guard);
    target.sent("a", SendResult.unclear(null, Reason.TIMED_OUT, null), NOW + 10_000);

    long settled = NOW + 12_000;
    assertThat(target.drain(settled - 1, guard)).isEmpty();
    assertThat(target.drain(settled, guard)).extracting(Step::kind).containsExactly(Step.Kind.READ);
    Step step = target.read("a", ReadResult.found("77"), settled + 50);

    assertThat(step.outcome()).isEqualTo(ActionOutcome.CONFIRMED);
    assertThat(step.verified()).isTrue();
    assertThat(step.vendorId()).isEqualTo("77");
  }

  @Test
  void whatIsNotThereIsSentAgain() {
    add(ActionKind.CREATE_TASK, "a", "1");
    target.drain(NOW, guard);
    target.sent("a", SendResult.unclear(500, Reason.SERVER_ERROR, null), NOW);
    target.drain(NOW + 2000, guard);

    target.read("a", ReadResult.absent(), NOW + 2000);

    assertThat(target.drain(NOW + 2000, guard)).as("the attempt failed").isEmpty();
    List<Step> again = target.drain(NOW + 2000 + policy.delayMillis("a", 1), guard);
    assertThat(again).extracting(Step::kind).containsExactly(Step.Kind.SEND);
    assertThat(again.get(0).action().progress().attempts()).isEqualTo(2);
  }

  @Test
  void aReadThatNeverSucceedsLeavesItUnknown() {
    add(ActionKind.CREATE_TASK, "a", "1");
    target.drain(NOW, guard);
    target.sent("a", SendResult.unclear(null, Reason.TIMED_OUT, null), NOW);
    long now = NOW + 2000;
    Step step = null;
    for (int i = 0; i < policy.reads(); i++) {
      assertThat(target.drain(now, guard)).extracting(Step::kind).containsExactly(Step.Kind.READ);
      step = target.read("a", ReadResult.failed(500, Reason.SERVER_ERROR, null), now);
      now += 301_000;
    }

    assertThat(step.outcome()).isEqualTo(ActionOutcome.MAYBE_SENT);
    assertThat(step.action().progress().reason()).isEqualTo(Reason.NOT_READABLE);
  }

  @Test
  void aDoubtfulOneIsReadEvenAfterItsTimeButNotSentAgain() {
    add(ActionKind.CREATE_TASK, "a", "1");
    target.drain(Requests.DEADLINE, guard);
    target.sent("a", SendResult.unclear(null, Reason.TIMED_OUT, null), Requests.DEADLINE);
    long late = Requests.DEADLINE + 2000;
    assertThat(target.drain(late, guard)).extracting(Step::kind).containsExactly(Step.Kind.READ);
    target.read("a", ReadResult.absent(), late);

    assertThat(target.drain(late, guard))
        .extracting(Step::outcome)
        .containsExactly(ActionOutcome.EXPIRED);
  }

  @Test
  void aWebhookWithALostAnswerIsSentAgain() {
    add(ActionKind.WEBHOOK, "a", "1");
    target.drain(NOW, guard);
    target.sent("a", SendResult.unclear(null, Reason.TIMED_OUT, null), NOW);

    long soon = target.wakeAt(NOW);
    assertThat(soon - NOW).isBetween(250L, 500L);
    assertThat(target.drain(NOW + 1000, guard))
        .extracting(Step::kind)
        .containsExactly(Step.Kind.SEND);
  }

  @Test
  void aWebhookThatMayHaveArrivedIsNotSentLate() {
    add(ActionKind.WEBHOOK, "a", "1");
    target.drain(NOW, guard);
    target.sent("a", SendResult.unclear(null, Reason.TIMED_OUT, null), NOW);

    assertThat(target.drain(Requests.DEADLINE + 1, guard))
        .extracting(Step::outcome)
        .containsExactly(ActionOutcome.MAYBE_SENT);
  }

  @Test
  void aPauseOfEffectsHoldsAndItsEndLetsGo() {
    controls.pauseAccount(true);
    add(ActionKind.ADD_NOTE, "a", "1");
    assertThat(target.drain(NOW, guard)).isEmpty();
    assertThat(target.wakeAt(NOW)).isEqualTo(Requests.DEADLINE + 1);

    controls.pauseAccount(false);
    target.controlsChanged();

    assertThat(target.drain(NOW, guard)).extracting(Step::kind).containsExactly(Step.Kind.SEND);
  }

  @Test
  void whatIsHeldTooLongExpires() {
    controls.pauseAccount(true);
    add(ActionKind.ADD_NOTE, "a", "1");
    target.drain(NOW, guard);

    assertThat(target.drain(Requests.DEADLINE + 1, guard))
        .extracting(Step::outcome)
        .containsExactly(ActionOutcome.EXPIRED);
  }

  @ParameterizedTest
  @CsvSource({"WAITING, REFUSED", "DOUBTFUL, MAYBE_SENT"})
  void anInactiveAccountRefusesWhatWasNotSentAndLeavesTheRestUnknown(
      Phase phase, ActionOutcome outcome) {
    controls.deactivateAccount();
    ActionProgress progress =
        phase == Phase.WAITING
            ? ActionProgress.waiting(1)
            : ActionProgress.doubtful(ActionKind.ADD_NOTE, 1, NOW);
    target.add(PendingAction.of(Requests.of(ActionKind.ADD_NOTE, "a"), progress, NOW));

    List<Step> steps = target.drain(NOW, guard);

    assertThat(steps).extracting(Step::outcome).containsExactly(outcome);
    assertThat(steps.get(0).action().progress().reason()).isEqualTo(Reason.ACCOUNT_INACTIVE);
  }

  private void add(ActionKind kind, String id, String lead) {
    target.add(pending(kind, id, lead, target.nextArrival()));
  }

  private static PendingAction pending(ActionKind kind, String id, String lead, long arrival) {
    return PendingAction.of(
        Requests.builder(kind, id).setSubjectId(lead).build(),
        ActionProgress.waiting(arrival),
        NOW);
  }

  private String id(Step step) {
    return step.action().id();
  }
}
