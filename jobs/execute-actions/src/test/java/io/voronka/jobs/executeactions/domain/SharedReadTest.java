package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Writes of many leads that may have been sent before a restart. */
final class SharedReadTest {
  private static final long NOW = Requests.NOW;
  private final BookInMemory book = new BookInMemory();
  private final Guard guard = new Guard(new FixedControls(), book, Duration.ofSeconds(10));
  private Target target = target(7);
  private final List<String> read = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private final Map<String, Step> finished = new HashMap<>();
  private int reads;
  private int writes;
  private long arrival;

  @Test
  void aFewAreLookedForOneByOne() {
    doubtful(4);

    assertThat(target.drain(NOW, guard)).hasSize(4).allMatch(step -> step.company().isEmpty());
  }

  @Test
  void fiveHundredThatAreThereTakeTenReadsAndTwoSeconds() {
    doubtful(500);

    long millis = play(id -> ReadResult.found(id));

    assertThat(reads).isEqualTo(10);
    assertThat(writes).isZero();
    assertThat(millis).isLessThan(2000);
    assertThat(read).hasSize(500).doesNotHaveDuplicates();
    assertThat(finished.values())
        .hasSize(500)
        .allMatch(step -> step.verified() && step.outcome() == ActionOutcome.CONFIRMED);
  }

  @Test
  void fiveHundredThatAreAbsentTakeTenReadsAndTenWrites() {
    doubtful(500);

    long millis = play(id -> ReadResult.absent());

    assertThat(reads).isEqualTo(10);
    assertThat(writes).isEqualTo(10);
    assertThat(millis).isLessThan(3500);
    assertThat(sent).hasSize(500).doesNotHaveDuplicates();
    assertThat(finished.values()).hasSize(500).noneMatch(Step::verified);
  }

  /** What took ten minutes one by one. */
  @Test
  void anAccountOfOneRequestASecondCatchesUpInTwelve() {
    target = target(1);
    doubtful(261);

    long millis = play(id -> ReadResult.absent());

    assertThat(reads + writes).isEqualTo(12);
    assertThat(millis).isLessThan(14_000);
  }

  @Test
  void onlyWhatIsAbsentIsSent() {
    doubtful(500);

    play(id -> number(id) % 3 == 0 ? ReadResult.found(id) : ReadResult.absent());

    assertThat(reads).isEqualTo(10);
    assertThat(writes).isLessThanOrEqualTo(10);
    assertThat(sent).hasSize(333).doesNotHaveDuplicates().allMatch(id -> number(id) % 3 != 0);
    finished.forEach((id, step) -> assertThat(step.verified()).isEqualTo(number(id) % 3 == 0));
    assertThat(finished).hasSize(500);
  }

  @Test
  void theyAreLookedForInTheOrderInWhichTheyCame() {
    doubtful(200);

    assertThat(target.drain(NOW, guard)).flatMap(SharedReadTest::numbers).hasSize(200).isSorted();
  }

  @Test
  void onlyTheFirstOfALeadIsLookedForAndTheSecondComesAfterItsEnd() {
    for (int i = 0; i < 20; i++) {
      target.add(pending(ActionKind.ADD_TAGS, "first-" + i, "lead" + i));
      target.add(pending(ActionKind.UPDATE_FIELD, "second-" + i, "lead" + i));
    }

    play(id -> ReadResult.absent());

    assertThat(sent.subList(0, 20)).allMatch(id -> id.startsWith("first"));
    assertThat(sent.subList(20, 40)).allMatch(id -> id.startsWith("second"));
    assertThat(reads + writes).isEqualTo(4);
  }

  @Test
  void whatWaitsIsNotSentWithWhatIsDoubtful() {
    doubtful(10);
    for (int i = 0; i < 10; i++) {
      PendingAction one = pending(ActionKind.ADD_TAGS, "new-" + i, "new-" + i);
      target.add(one.with(ActionProgress.waiting(one.arrival())));
    }

    List<Step> steps = target.drain(NOW, guard);

    assertThat(steps).extracting(Step::kind).containsExactly(Step.Kind.READ, Step.Kind.SEND);
    assertThat(ids(steps.get(0))).hasSize(10).noneMatch(id -> id.startsWith("new"));
    assertThat(ids(steps.get(1))).hasSize(10).allMatch(id -> id.startsWith("new"));
  }

  @Test
  void aPauseOfTheVendorsPutsAllBackAndCountsAgainstNobody() {
    doubtful(30);
    Step look = target.drain(NOW, guard).get(0);

    ids(look).forEach(id -> target.read(id, ReadResult.limited(429, 1000), NOW + 50));

    assertThat(target.bucket().capacity()).as("a quarter less, once").isEqualTo(5);
    assertThat(target.inFlight()).isZero();
    assertThat(target.actions())
        .hasSize(30)
        .allMatch(action -> action.progress().phase() == Phase.DOUBTFUL)
        .allMatch(action -> action.progress().reads() == 0);
    assertThat(target.drain(NOW + 1049, guard)).isEmpty();
    assertThat(target.drain(NOW + 1050, guard))
        .singleElement()
        .satisfies(again -> assertThat(ids(again)).hasSize(30));
  }

  @Test
  void aFailedReadCountsOnceForEachAndOnceForTheTarget() {
    doubtful(30);
    Step look = target.drain(NOW, guard).get(0);

    failed(look, NOW + 50);

    assertThat(target.inFlight()).isZero();
    assertThat(target.allowance().circuit()).isZero();
    assertThat(target.actions())
        .allMatch(action -> action.progress().phase() == Phase.DOUBTFUL)
        .allMatch(action -> action.progress().reads() == 1)
        .allMatch(action -> action.progress().failures() == 0);
  }

  @Test
  void whatFailsAgainAndAgainTogetherIsLookedForAlone() {
    doubtful(30);
    long now = NOW;
    for (int i = 0; i < 3; i++) {
      List<Step> looks = target.drain(now, guard);
      assertThat(looks).flatMap(SharedReadTest::ids).hasSize(30);
      for (Step look : looks) {
        failed(look, now + 50);
      }
      // Another answer in between: it is not the target that is in trouble.
      target.allowance().remember(new TargetMemory(0, 0, 0, 0, 0, 0));
      now += 10_000;
    }

    assertThat(target.drain(now, guard)).hasSize(4).allMatch(step -> step.company().isEmpty());
  }

  @Test
  void whatOneReadDoesNotTellIsLookedForAloneWithNothingCounted() {
    doubtful(30);
    Step look = target.drain(NOW, guard).get(0);
    ReadResult apart = ReadResult.apart(null, Reason.BAD_REQUEST, "lead id");

    ids(look).forEach(id -> target.read(id, apart, NOW + 50));

    assertThat(target.drain(NOW + 50, guard))
        .hasSize(4)
        .allMatch(step -> step.kind() == Step.Kind.READ && step.company().isEmpty());
    assertThat(target.actions()).allMatch(action -> action.progress().reads() == 0);
  }

  @Test
  void nothingIsTakenBackWhileItIsLookedFor() {
    doubtful(30);
    Step look = target.drain(NOW, guard).get(0);
    List<String> ids = ids(look);
    String there = ids.get(3);
    String absent = ids.get(4);
    book.withdraw(there);
    book.withdraw(absent);

    assertThat(target.withdraw(there)).isEmpty();
    assertThat(target.withdraw(absent)).isEmpty();
    for (String id : ids) {
      Step step =
          target.read(id, id.equals(there) ? ReadResult.found(id) : ReadResult.absent(), NOW + 50);
      assertThat(step.outcome()).isEqualTo(id.equals(there) ? ActionOutcome.CONFIRMED : null);
    }

    List<Step> steps = target.drain(NOW + 50, guard);
    assertThat(steps)
        .filteredOn(Step::finished)
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.action().id()).isEqualTo(absent);
              assertThat(step.outcome()).isEqualTo(ActionOutcome.WITHDRAWN);
            });
    assertThat(steps)
        .filteredOn(step -> step.kind() == Step.Kind.SEND)
        .flatMap(SharedReadTest::ids)
        .hasSize(28);
  }

  @Test
  void whileTheTargetIsInDoubtOneAloneIsLookedFor() {
    target.allowance().remember(new TargetMemory(0, 0, 0, 0, 1, NOW));
    doubtful(30);

    assertThat(target.drain(NOW, guard))
        .singleElement()
        .satisfies(probe -> assertThat(probe.company()).isEmpty());
  }

  @Test
  void theTimeToDrainCountsAReadAndAWriteForEachFifty() {
    target = target(1);
    doubtful(500);

    assertThat(target.forecast().secondsToDrain()).isBetween(15.0, 25.0);
  }

  private static Target target(int requestsPerSecond) {
    return new Target(new TokenBucket(requestsPerSecond, NOW, true), RetryPolicy.standard(), 4);
  }

  private void doubtful(int count) {
    for (int i = 0; i < count; i++) {
      target.add(pending(ActionKind.UPDATE_FIELD, "a-" + i, "lead-" + i));
    }
  }

  private PendingAction pending(ActionKind kind, String id, String lead) {
    ActionRequested request =
        Requests.builder(kind, id).setSubjectId(lead).setUrgency(Urgency.NORMAL).build();
    return PendingAction.of(
        request, ActionProgress.doubtful(request.getKind(), ++arrival, NOW), NOW);
  }

  /** Until all are finished; every answer takes a tenth of a second. Returns the milliseconds. */
  private long play(Function<String, ReadResult> world) {
    long now = NOW;
    while (!target.isEmpty()) {
      List<Step> steps = new ArrayList<>(target.drain(now, guard));
      steps.removeIf(step -> step.kind() == Step.Kind.TELL);
      long answeredAt = now + 100;
      for (Step step : steps) {
        boolean look = step.kind() == Step.Kind.READ;
        reads += look ? 1 : 0;
        writes += look ? 0 : 1;
        for (String id : ids(step)) {
          (look ? read : sent).add(id);
          Step end =
              look
                  ? target.read(id, world.apply(id), answeredAt)
                  : target.sent(id, SendResult.done(200, id), answeredAt);
          if (end.finished()) {
            finished.put(id, end);
          }
        }
      }
      now = steps.isEmpty() ? target.wakeAt(now) : answeredAt;
    }
    return now - NOW;
  }

  private void failed(Step look, long at) {
    ids(look)
        .forEach(
            id -> target.read(id, ReadResult.failed(504, Reason.SERVER_ERROR, "too much"), at));
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(id.indexOf('-') + 1));
  }

  private static List<Integer> numbers(Step step) {
    return ids(step).stream().map(SharedReadTest::number).toList();
  }

  private static List<String> ids(Step step) {
    return step.actions().stream().map(PendingAction::id).toList();
  }
}
