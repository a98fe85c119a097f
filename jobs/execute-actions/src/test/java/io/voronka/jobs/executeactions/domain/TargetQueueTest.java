package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TargetQueueTest {
  private static final long NOW = Requests.NOW;
  private final TargetQueue queue = new TargetQueue();
  private long arrivals;

  @Test
  void theOldestOfTheMostUrgentComesFirst() {
    add("bulk", "1", Urgency.BULK);
    add("normal-1", "2", Urgency.NORMAL);
    add("normal-2", "3", Urgency.NORMAL);
    add("chat", "4", Urgency.INTERACTIVE);

    assertThat(takeAll()).containsExactly("chat", "normal-1", "normal-2", "bulk");
  }

  @Test
  void actionsOfOneSubjectKeepTheirOrderAndTheirLineIsAsUrgentAsItsMostUrgent() {
    add("other", "2", Urgency.NORMAL);
    add("tag", "1", Urgency.BULK);
    add("chat", "1", Urgency.INTERACTIVE);

    assertThat(takeAll()).containsExactly("tag", "chat", "other");
  }

  @Test
  void aSubjectWithARequestOnItsWayIsPassedOver() {
    PendingAction first = add("first", "1", Urgency.INTERACTIVE);
    add("second", "1", Urgency.INTERACTIVE);
    add("other", "2", Urgency.BULK);

    queue.busy(first);

    assertThat(queue.next(NOW).id()).isEqualTo("other");
  }

  @Test
  void everyEighthTurnIsTheOldestOnes() {
    add("bulk", "old", Urgency.BULK);
    IntStream.range(0, 20).forEach(i -> add("chat-" + i, "s" + i, Urgency.INTERACTIVE));

    assertThat(takeAll().indexOf("bulk")).isEqualTo(7);
  }

  @Test
  void aDelayedOneHoldsItsSubjectBackUntilItsMoment() {
    PendingAction first = add("first", "1", Urgency.NORMAL);
    add("second", "1", Urgency.NORMAL);

    queue.back(first.with(first.progress().failed(SendResult.limited(429, 0), false, NOW + 500)));

    assertThat(queue.next(NOW)).isNull();
    assertThat(queue.nextMoment()).isEqualTo(NOW + 500);
    assertThat(queue.next(NOW + 500).id()).isEqualTo("first");
  }

  @Test
  void aHeldOneIsPassedOverUntilReleased() {
    PendingAction held = add("held", "1", Urgency.INTERACTIVE);
    add("other", "2", Urgency.BULK);
    queue.hold(held, Long.MAX_VALUE);
    assertThat(queue.next(NOW).id()).isEqualTo("other");

    queue.releaseHeld();

    assertThat(queue.next(NOW).id()).isEqualTo("held");
  }

  @Test
  void aHeldOneComesBackAtItsMoment() {
    PendingAction held = add("held", "1", Urgency.INTERACTIVE);

    queue.hold(held, NOW + 100);

    assertThat(queue.next(NOW + 99)).isNull();
    assertThat(queue.next(NOW + 100).id()).isEqualTo("held");
  }

  @Test
  void tellsWhoseTimeIsOverEvenBehindOthers() {
    add("first", "1", Urgency.NORMAL, NOW + 1000);
    add("second", "1", Urgency.NORMAL, NOW + 10);

    assertThat(queue.expired(NOW + 10)).isEmpty();
    assertThat(queue.nextMoment()).isEqualTo(NOW + 11);
    assertThat(queue.expired(NOW + 11)).extracting(PendingAction::id).containsExactly("second");
  }

  @Test
  void takingOneOutOfTheMiddleLeavesTheRestInOrder() {
    add("first", "1", Urgency.NORMAL);
    PendingAction second = add("second", "1", Urgency.INTERACTIVE);
    add("third", "1", Urgency.NORMAL);
    add("other", "2", Urgency.NORMAL);

    queue.remove(second);

    assertThat(takeAll()).containsExactly("first", "third", "other");
    assertThat(queue.size()).isZero();
  }

  private PendingAction add(String id, String lead, Urgency urgency) {
    return add(id, lead, urgency, Requests.DEADLINE);
  }

  private PendingAction add(String id, String lead, Urgency urgency, long notAfter) {
    PendingAction action =
        PendingAction.of(
            Requests.builder(ActionKind.ADD_NOTE, id)
                .setSubjectId(lead)
                .setUrgency(urgency)
                .setNotAfter(notAfter)
                .build(),
            ActionProgress.waiting(arrivals++),
            NOW);
    queue.add(action);
    return action;
  }

  private List<String> takeAll() {
    List<String> order = new ArrayList<>();
    for (PendingAction next = queue.next(NOW); next != null; next = queue.next(NOW)) {
      order.add(next.id());
      queue.busy(next);
      queue.remove(next);
    }
    return order;
  }
}
