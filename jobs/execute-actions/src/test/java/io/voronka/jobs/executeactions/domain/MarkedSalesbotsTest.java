package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Many salesbots that wait for one account: a crash makes each one unknown that is marked. */
final class MarkedSalesbotsTest {
  private static final long NOW = Requests.NOW;
  private static final int PER_SECOND = 7;
  private static final int CHECKPOINT_MILLIS = 2_000;
  private static final int ANSWER_MILLIS = 100;

  private final Target target =
      new Target(new TokenBucket(PER_SECOND, NOW, true), RetryPolicy.standard(), 4);
  private final FixedControls controls = new FixedControls();
  private final Guard guard = new Guard(controls, new BookInMemory(), Duration.ofSeconds(10));
  private long arrival;

  @Test
  void noMoreAreMarkedThanCanLeaveSoon() {
    add(ActionKind.RUN_SALESBOT, 100);

    List<Step> steps = target.drain(NOW, guard);

    assertThat(steps).extracting(Step::kind).containsOnly(Step.Kind.ARM).hasSize(3 * PER_SECOND);
    assertThat(target.drain(NOW + 1, guard)).isEmpty();
  }

  @Test
  void whatNeedsNoMarkLeavesInBetween() {
    add(ActionKind.RUN_SALESBOT, 100);
    add(ActionKind.ADD_NOTE, 1);

    assertThat(target.drain(NOW, guard))
        .filteredOn(step -> step.kind() == Step.Kind.SEND)
        .extracting(step -> step.action().kind())
        .containsExactly(ActionKind.ADD_NOTE);
  }

  /** As fast as the account allows, in order, and never more than three seconds' worth marked. */
  @Test
  void theTargetNeverWaitsForMarks() {
    add(ActionKind.RUN_SALESBOT, 210);
    List<String> sent = new ArrayList<>();
    Set<String> marked = new HashSet<>();
    int mostMarked = 0;
    long now = NOW;
    long firstSent = 0;
    while (!target.isEmpty()) {
      List<Step> leaving = new ArrayList<>();
      for (Step step : target.drain(now, guard)) {
        switch (step.kind()) {
          case ARM -> marked.add(id(step));
          case SEND -> leaving.add(step);
          default -> {}
        }
      }
      for (Step step : leaving) {
        firstSent = firstSent == 0 ? now : firstSent;
        sent.add(id(step));
        marked.remove(id(step));
        target.sent(id(step), SendResult.done(204, null), now + ANSWER_MILLIS);
      }
      mostMarked = Math.max(mostMarked, marked.size());
      now += ANSWER_MILLIS;
      if ((now - NOW) % CHECKPOINT_MILLIS == 0) {
        for (String id : marked) {
          target.markRemembered(id, now);
        }
      }
    }

    assertThat(sent).doesNotHaveDuplicates().hasSize(210);
    assertThat(sent.get(0)).isEqualTo("RUN_SALESBOT-1");
    assertThat(mostMarked).isLessThanOrEqualTo(3 * PER_SECOND);
    // Each token comes back a second after the answer.
    assertThat(now - firstSent).isLessThan(30 * (1_000 + 2 * ANSWER_MILLIS));
  }

  @Test
  void oneThatIsTakenBackMakesRoom() {
    add(ActionKind.RUN_SALESBOT, 100);
    List<Step> steps = target.drain(NOW, guard);

    target.withdraw(steps.get(0).action().id());

    assertThat(target.drain(NOW, guard)).extracting(Step::kind).containsExactly(Step.Kind.ARM);
  }

  @Test
  void eachThatLeavesMakesRoomForAnother() {
    add(ActionKind.RUN_SALESBOT, 100);
    long remembered = NOW + CHECKPOINT_MILLIS;
    target.drain(NOW, guard).forEach(step -> target.markRemembered(id(step), remembered));

    List<Step> steps = target.drain(remembered, guard);

    assertThat(steps).filteredOn(step -> step.kind() == Step.Kind.SEND).hasSize(4);
    assertThat(steps).filteredOn(step -> step.kind() == Step.Kind.ARM).hasSize(4);
  }

  private void add(ActionKind kind, int count) {
    for (int i = 1; i <= count; i++) {
      String id = kind + "-" + i;
      ActionRequested request = Requests.builder(kind, id).setSubjectId(id).build();
      target.add(PendingAction.of(request, ActionProgress.waiting(++arrival), NOW));
    }
  }

  private static String id(Step step) {
    return step.action().id();
  }
}
