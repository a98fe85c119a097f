package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes of many leads that wait for one account. */
final class SharedRequestTest {
  private static final long NOW = Requests.NOW;
  private final RetryPolicy policy = RetryPolicy.standard();
  private final Target target = new Target(new TokenBucket(7, NOW, true), policy, 4);
  private final FixedControls controls = new FixedControls();
  private final Guard guard = new Guard(controls, new BookInMemory(), Duration.ofSeconds(10));
  private long arrival;

  @Test
  void aFewLeaveOneByOne() {
    add(ActionKind.ADD_TAGS, 4);

    List<Step> steps = target.drain(NOW, guard);

    assertThat(steps).hasSize(4).allMatch(step -> step.company().isEmpty());
  }

  @Test
  void moreThanCanLeaveOneByOneLeaveInOneRequestThatTakesOneToken() {
    add(ActionKind.ADD_TAGS, 60);

    List<Step> steps = target.drain(NOW, guard);

    assertThat(steps.get(0).company()).hasSize(49);
    assertThat(target.inFlight()).isEqualTo(steps.size()).isLessThanOrEqualTo(4);
    assertThat(sizes(steps).stream().mapToInt(size -> size).sum()).isGreaterThanOrEqualTo(50);
    assertThat(target.actions())
        .filteredOn(action -> action.progress().phase() == Phase.SENDING)
        .allMatch(action -> action.progress().attempts() == 1);
  }

  /** The figure: as many requests as there are fifties, and a token's second for seven of them. */
  @Test
  void fiveHundredWritesTakeTenRequestsAndTwoSeconds() {
    add(ActionKind.UPDATE_FIELD, 250);
    add(ActionKind.ADD_TAGS, 250);
    int requests = 0;
    long now = NOW;
    while (!target.isEmpty()) {
      List<Step> steps = target.drain(now, guard);
      requests += steps.size();
      long answeredAt = now + 100;
      steps.forEach(step -> answerAll(step, SendResult.done(200, "x"), answeredAt));
      now = steps.isEmpty() ? target.wakeAt(now) : answeredAt;
    }

    assertThat(requests).isEqualTo(10);
    assertThat(now - NOW).isLessThan(2000);
  }

  @Test
  void otherKindsAndOtherUrgenciesDoNotRideAlong() {
    add(ActionKind.ADD_NOTE, 1);
    add(ActionKind.ADD_TAGS, 10);
    add(pending(ActionKind.ADD_TAGS, "bulk", "bulk", Urgency.BULK));
    add(pending(ActionKind.CREATE_TASK, "task", "task", Urgency.NORMAL));

    List<Step> steps = target.drain(NOW, guard);

    assertThat(steps.get(0).action().kind()).isEqualTo(ActionKind.ADD_NOTE);
    assertThat(steps.get(0).company()).isEmpty();
    assertThat(steps.get(1).company())
        .hasSize(9)
        .allMatch(other -> other.kind() == ActionKind.ADD_TAGS && !other.id().equals("bulk"));
  }

  @Test
  void twoOfOneLeadNeverLeaveTogether() {
    for (int i = 0; i < 20; i++) {
      add(pending(ActionKind.ADD_TAGS, "first-" + i, "lead" + i, Urgency.NORMAL));
      add(pending(ActionKind.UPDATE_FIELD, "second-" + i, "lead" + i, Urgency.NORMAL));
    }

    List<Step> first = target.drain(NOW, guard);
    assertThat(first)
        .flatMap(SharedRequestTest::ids)
        .hasSize(20)
        .allMatch(id -> id.startsWith("first"));

    first.forEach(step -> answerAll(step, SendResult.done(200, "x"), NOW + 50));
    assertThat(target.drain(NOW + 50, guard))
        .flatMap(SharedRequestTest::ids)
        .hasSize(20)
        .allMatch(id -> id.startsWith("second"));
  }

  @Test
  void theOneThatIsMindedGoesAloneAndTheOthersTogetherAgainWithNothingCounted() {
    add(ActionKind.ADD_TAGS, 30);
    Step batch = target.drain(NOW, guard).get(0);
    String bad = batch.company().get(3).id();
    for (String id : ids(batch)) {
      SendResult result =
          id.equals(bad)
              ? SendResult.apart(400, Reason.BAD_REQUEST, "NotSupportedChoice")
              : SendResult.again(400, Reason.BAD_REQUEST, "another one was refused");
      assertThat(target.sent(id, result, NOW + 50).kind()).isEqualTo(Step.Kind.KEEP);
    }

    List<Step> steps = target.drain(NOW + 50, guard);

    assertThat(steps)
        .filteredOn(step -> step.action().id().equals(bad))
        .singleElement()
        .satisfies(step -> assertThat(step.company()).isEmpty());
    assertThat(steps).flatMap(SharedRequestTest::ids).hasSize(30).doesNotHaveDuplicates();
    assertThat(target.actions()).allMatch(action -> action.progress().failures() == 0);
    assertThat(
            target.sent(bad, SendResult.denied(400, Reason.BAD_REQUEST, "no"), NOW + 90).outcome())
        .isEqualTo(ActionOutcome.FAILED);
  }

  @Test
  void theyAreLookedForTogetherWhenTheAnswerIsLost() {
    add(ActionKind.CHANGE_STAGE, 20);
    Step batch = target.drain(NOW, guard).get(0);

    for (String id : ids(batch)) {
      target.sent(id, SendResult.unclear(504, Reason.SERVER_ERROR, "gone"), NOW + 50);
    }

    long settled = NOW + 50 + policy.settling().toMillis();
    List<Step> looks = target.drain(settled, guard);
    assertThat(looks).singleElement().matches(step -> step.kind() == Step.Kind.READ);
    assertThat(looks).flatMap(SharedRequestTest::ids).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void aRequestThatIsTooMuchForTheVendorGetsSmallerUntilItIsNot(int bound) {
    add(ActionKind.ADD_TAGS, 200);
    List<ActionOutcome> outcomes = new ArrayList<>();
    int requests = 0;
    long now = NOW;
    while (!target.isEmpty()) {
      List<Step> steps = new ArrayList<>(target.drain(now, guard));
      steps.removeIf(step -> step.kind() == Step.Kind.TELL);
      requests += steps.size();
      for (Step step : steps) {
        SendResult result =
            ids(step).size() > bound
                ? SendResult.unclear(504, Reason.SERVER_ERROR, "too many")
                : SendResult.done(200, "x");
        for (String id : ids(step)) {
          Step next =
              step.kind() == Step.Kind.READ
                  ? target.read(id, ReadResult.absent(), now)
                  : target.sent(id, result, now);
          if (next.finished()) {
            outcomes.add(next.outcome());
          }
        }
      }
      now = Math.max(now + 1, target.wakeAt(now));
    }

    assertThat(outcomes).hasSize(200).containsOnly(ActionOutcome.CONFIRMED);
    assertThat(requests).isLessThan(bound == 1 ? 500 : 100);
  }

  @Test
  void aPauseOfTheVendorsCountsOnceAndAgainstNobody() {
    add(ActionKind.ADD_TAGS, 30);
    Step batch = target.drain(NOW, guard).get(0);

    ids(batch).forEach(id -> target.sent(id, SendResult.limited(429, 1000), NOW + 50));

    assertThat(target.bucket().capacity()).as("a quarter less, once").isEqualTo(5);
    assertThat(target.inFlight()).isZero();
    assertThat(target.drain(NOW + 1049, guard)).isEmpty();
    assertThat(target.drain(NOW + 1050, guard)).isNotEmpty();
    assertThat(target.actions()).allMatch(action -> action.progress().failures() == 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 60})
  void oneThatIsRefusedLikeABlockedAddressDoesNotTakeTheOthersWithIt(int writes) {
    add(ActionKind.ADD_TAGS, writes);
    List<Step> ends = new ArrayList<>();
    long now = NOW;
    while (!target.isEmpty() && now < Requests.DEADLINE) {
      List<Step> steps = new ArrayList<>(target.drain(now, guard));
      steps.removeIf(step -> step.kind() != Step.Kind.SEND);
      for (Step step : steps) {
        SendResult result =
            ids(step).contains("ADD_TAGS-3")
                ? SendResult.limited(403, 60_000)
                : SendResult.done(200, "x");
        for (String id : ids(step)) {
          ends.add(target.sent(id, result, now));
        }
      }
      now = Math.max(now + 1, target.wakeAt(now));
    }

    ends.removeIf(step -> !step.finished());
    assertThat(ends)
        .hasSize(writes)
        .filteredOn(step -> step.outcome() != ActionOutcome.CONFIRMED)
        .extracting(step -> step.action().id())
        .containsExactly("ADD_TAGS-3");
  }

  @Test
  void whoeverIsHeldBackStaysBehind() {
    add(ActionKind.ADD_TAGS, 10);
    controls.pauseAccount(true);

    assertThat(target.drain(NOW, guard)).isEmpty();
    assertThat(target.inFlight()).isZero();
  }

  private void add(ActionKind kind, int count) {
    for (int i = 0; i < count; i++) {
      String id = kind + "-" + i;
      add(pending(kind, id, id, Urgency.NORMAL));
    }
  }

  private void add(PendingAction action) {
    target.add(action);
  }

  private PendingAction pending(ActionKind kind, String id, String lead, Urgency urgency) {
    ActionRequested request =
        Requests.builder(kind, id).setSubjectId(lead).setUrgency(urgency).build();
    return PendingAction.of(request, ActionProgress.waiting(++arrival), NOW);
  }

  private void answerAll(Step step, SendResult result, long at) {
    ids(step).forEach(id -> target.sent(id, result, at));
  }

  private static List<String> ids(Step step) {
    List<String> ids = new ArrayList<>(List.of(step.action().id()));
    step.company().forEach(other -> ids.add(other.id()));
    return ids;
  }

  private static List<Integer> sizes(List<Step> steps) {
    return steps.stream().map(step -> 1 + step.company().size()).toList();
  }
}
