package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.Urgency;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A hundred thousand steps are due in the same second, over accounts with different budgets: played
 * on a clock that jumps from answer to answer.
 */
final class HerdTest {
  private static final long NOW = Requests.NOW;
  private static final int STEPS = 100_000;
  private static final int[] BUDGETS = {3, 7, 14, 25, 50};

  private static final Map<Integer, Account> ACCOUNTS = new LinkedHashMap<>();

  @BeforeAll
  static void play() {
    for (int budget : BUDGETS) {
      ACCOUNTS.put(budget, new Account(budget));
    }
    for (int i = 0; i < STEPS; i++) {
      int number = i / BUDGETS.length;
      // They come in the course of one second, the accounts in turn.
      ACCOUNTS.get(BUDGETS[i % BUDGETS.length]).comes(number, NOW + i * 1000L / STEPS);
    }
    ACCOUNTS.values().forEach(Account::untilAllHaveLeft);
    System.out.println(
        "budget/s   steps  requests  shared   seconds  of ideal  told   error p50/p95");
    ACCOUNTS.values().forEach(account -> System.out.println(account.figures()));
  }

  @Test
  void allLeaveAsFastAsTheBudgetAllowsAndNoFaster() {
    ACCOUNTS
        .values()
        .forEach(
            account -> {
              assertThat(account.left).as("of %d/s", account.budget).hasSize(STEPS / 5);
              assertThat(account.worstSecond()).isLessThanOrEqualTo(account.budget);
              assertThat(account.seconds()).isLessThan(1.1 * account.idealSeconds());
            });
  }

  /** Most urgent first, then as they came; what shares a request may come early. */
  @Test
  void theyLeaveInFairOrder() {
    for (Account account : ACCOUNTS.values()) {
      List<PendingAction> interactive = account.leftOf(Urgency.INTERACTIVE);
      List<PendingAction> normal = account.leftOf(Urgency.NORMAL);
      List<PendingAction> bulk = account.leftOf(Urgency.BULK);
      assertThat(account.arrivals(interactive)).isSorted();
      assertThat(account.turnsOutOfOrder(normal)).isLessThan(normal.size() / 7);

      // The last urgent one leaves when little else has, but the rest does not stand still.
      int urgentDone = account.turn(interactive.get(interactive.size() - 1));
      assertThat(urgentDone).isLessThan(account.left.size() / 5);
      assertThat(account.turn(bulk.get(0))).isLessThan(account.turn(normal.get(normal.size() - 1)));
    }
  }

  @Test
  void whoWaitsIsToldWhenItLeavesOnceAndHardlyEverTwice() {
    for (Account account : ACCOUNTS.values()) {
      assertThat(account.tellings).allSatisfy((id, told) -> assertThat(told).hasSizeLessThan(3));
      long twice = account.tellings.values().stream().filter(told -> told.size() == 2).count();
      assertThat(twice).isLessThan(account.tellings.size() / 20);
      // All but those that leave in the first seconds know it.
      assertThat(account.tellings.size()).isGreaterThan(STEPS / 5 * 9 / 10);
      assertThat(account.error(0.5)).isLessThan(0.1);
      assertThat(account.error(0.95)).isLessThan(0.25);
    }
  }

  @Test
  void theTimeToDrainCountsWhatSharesARequestOnce() {
    for (Account account : ACCOUNTS.values()) {
      assertThat(account.drainsInSeconds / account.seconds()).isBetween(0.85, 1.15);
    }
  }

  /** One account: its target, and a vendor that answers after a tenth of a second or so. */
  private static final class Account {
    private final int budget;
    private final Target target;
    private final Guard guard =
        new Guard(new FixedControls(), new BookInMemory(), Duration.ofSeconds(10));
    private final PriorityQueue<Answer> answers =
        new PriorityQueue<>(Comparator.comparingLong(Answer::at));
    private final List<PendingAction> left = new ArrayList<>();
    private final Map<String, Integer> turns = new HashMap<>();
    private final Map<String, Long> leftAt = new HashMap<>();
    private final Map<String, List<Long>> tellings = new HashMap<>();
    private final Map<String, Long> toldAt = new HashMap<>();
    private final List<Long> requests = new ArrayList<>();
    private int shared;
    private long now = NOW;
    private double drainsInSeconds;

    private record Answer(long at, List<String> ids) {}

    Account(int budget) {
      this.budget = budget;
      this.target = new Target(new TokenBucket(budget, NOW, true), RetryPolicy.standard(), 4);
    }

    /** Three in ten say how a lead shall be; one in twenty is urgent, one in ten is in no hurry. */
    void comes(int number, long at) {
      ActionKind kind =
          switch (number % 10) {
            case 0, 1 -> ActionKind.ADD_TAGS;
            case 2 -> ActionKind.CHANGE_STAGE;
            case 3 -> ActionKind.CREATE_TASK;
            default -> ActionKind.SEND_MESSAGE;
          };
      Urgency urgency =
          number % 20 == 9 ? Urgency.INTERACTIVE : number % 10 == 4 ? Urgency.BULK : Urgency.NORMAL;
      answersUntil(at);
      now = at;
      target.add(
          PendingAction.of(
              Requests.builder(kind, "a" + number)
                  .setSubjectId("lead" + number)
                  .setUrgency(urgency)
                  .setNotAfter(NOW + Duration.ofDays(1).toMillis())
                  .build(),
              ActionProgress.waiting(target.nextArrival()),
              at));
      drain();
    }

    void untilAllHaveLeft() {
      drainsInSeconds = target.forecast().secondsToDrain();
      while (!target.isEmpty()) {
        long next = answers.isEmpty() ? Long.MAX_VALUE : answers.peek().at();
        now = Math.max(now, Math.min(next, target.wakeAt(now)));
        answersUntil(now);
        drain();
      }
    }

    private void answersUntil(long moment) {
      while (!answers.isEmpty() && answers.peek().at() <= moment) {
        Answer answer = answers.poll();
        now = answer.at();
        answer.ids().forEach(id -> target.sent(id, SendResult.done(200, null), now));
        drain();
      }
    }

    private void drain() {
      for (Step step : target.drain(now, guard)) {
        if (step.kind() == Step.Kind.TELL) {
          String id = step.action().id();
          long at = step.action().progress().expectedAt();
          tellings.computeIfAbsent(id, any -> new ArrayList<>()).add(at);
          toldAt.putIfAbsent(id, now);
        } else {
          assertThat(step.kind()).isEqualTo(Step.Kind.SEND);
          List<String> ids = new ArrayList<>();
          leaves(step.action(), ids);
          step.company().forEach(other -> leaves(other, ids));
          requests.add(now);
          shared += step.company().isEmpty() ? 0 : 1;
          answers.add(new Answer(now + 60 + Math.floorMod(ids.get(0).hashCode() * 7907, 120), ids));
        }
      }
    }

    private void leaves(PendingAction action, List<String> ids) {
      ids.add(action.id());
      turns.put(action.id(), left.size());
      leftAt.put(action.id(), now);
      left.add(action);
    }

    List<PendingAction> leftOf(Urgency urgency) {
      return left.stream()
          .filter(action -> action.urgency() == urgency && !action.shareable())
          .toList();
    }

    List<Long> arrivals(List<PendingAction> actions) {
      return actions.stream().map(PendingAction::arrival).toList();
    }

    int turn(PendingAction action) {
      return turns.get(action.id());
    }

    /** Left although one of the same urgency had come before. */
    int turnsOutOfOrder(List<PendingAction> actions) {
      int out = 0;
      long newest = 0;
      for (PendingAction action : actions) {
        out += action.arrival() < newest ? 1 : 0;
        newest = Math.max(newest, action.arrival());
      }
      return out;
    }

    int worstSecond() {
      ArrayDeque<Long> second = new ArrayDeque<>();
      int worst = 0;
      for (long at : requests) {
        second.addLast(at);
        while (second.peekFirst() <= at - 1000) {
          second.removeFirst();
        }
        worst = Math.max(worst, second.size());
      }
      return worst;
    }

    double seconds() {
      return (requests.get(requests.size() - 1) - NOW) / 1000.0;
    }

    /** A token comes back a second after the answer; four requests are on their way at most. */
    double idealSeconds() {
      double answer = 0.1195;
      return requests.size() / Math.min(budget / (1 + answer), 4 / answer);
    }

    /** Of the first promise, as a part of the wait. */
    double error(double quantile) {
      List<Double> errors =
          tellings.entrySet().stream()
              .map(
                  told -> {
                    long wait = leftAt.get(told.getKey()) - toldAt.get(told.getKey());
                    long error = Math.abs(told.getValue().get(0) - leftAt.get(told.getKey()));
                    return (double) error / Math.max(1000, wait);
                  })
              .sorted()
              .toList();
      return errors.get((int) (quantile * (errors.size() - 1)));
    }

    String figures() {
      int lines = tellings.values().stream().mapToInt(List::size).sum();
      return "%8d  %6d  %8d  %6d  %8.0f  %8.2f  %d  %.1f %% / %.1f %%"
          .formatted(
              budget,
              left.size(),
              requests.size(),
              shared,
              seconds(),
              seconds() / idealSeconds(),
              lines,
              100 * error(0.5),
              100 * error(0.95));
    }
  }
}
