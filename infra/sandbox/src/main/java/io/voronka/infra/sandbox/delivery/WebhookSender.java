package io.voronka.infra.sandbox.delivery;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.voronka.infra.sandbox.clock.SandboxClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends webhooks, each attempt within the vendor's 2 seconds, and climbs the retry ladder on the
 * sandbox's clock. Attempts run side by side, so nothing promises an order. Event loop only.
 */
public final class WebhookSender {
  private static final long ACCOUNT_WINDOW = Duration.ofHours(2).toMillis();
  private static final long PIPELINE_WINDOW = Duration.ofMinutes(5).toMillis();
  private static final HttpCourier.Outcome NOT_SENT =
      new HttpCourier.Outcome(0, false, 0, "not sent: the webhook is switched off");

  private final SandboxClock clock;
  private final DeliveryBook book;
  private final HookOwner owner;
  private final Supplier<String> requestIds;
  private final HttpCourier courier;
  private final Runnable alarmsChanged;
  private final Map<String, HookHealth> healthByHook = new HashMap<>();
  private final Map<String, HookHealth> healthByAddress = new HashMap<>();
  private final Map<String, Long> pausedUntil = new HashMap<>();
  private Consumer<Attempt> listener = attempt -> {};
  private long waiting;
  private long inFlight;

  /**
   * @param requestIds gives the UUID of each attempt
   * @param alarmsChanged called when the clock got a new alarm
   */
  public WebhookSender(
      Vertx vertx,
      SandboxClock clock,
      DeliveryBook book,
      HookOwner owner,
      Supplier<String> requestIds,
      Runnable alarmsChanged) {
    this.clock = clock;
    this.book = book;
    this.owner = owner;
    this.requestIds = requestIds;
    this.courier = new HttpCourier(vertx);
    this.alarmsChanged = alarmsChanged;
  }

  /** Is told of every attempt as it ends. */
  public void onAttempt(Consumer<Attempt> told) {
    listener = told;
  }

  /**
   * Sends something meaningless once, unrecorded: the first request of a fresh JVM can take longer
   * than a receiver is given, and the receiver would be blamed for it.
   */
  public Future<Void> warmUp(String address) {
    Delivery nothing =
        new Delivery(
            0,
            "",
            RetryLadder.ONCE,
            0,
            address,
            "",
            null,
            null,
            null,
            Delivery.FORM,
            "",
            null,
            null,
            false);
    return courier.post(nothing, requestIds.get()).mapEmpty();
  }

  /** Makes the first attempt now; completes with it, whatever its answer. */
  public Future<Attempt> send(Delivery delivery) {
    return attempt(delivery, 1);
  }

  /** Sends the same bytes again, once, outside any ladder: a duplicate. */
  public Future<Attempt> repeat(Delivery delivery) {
    return attempt(
        new Delivery(
            delivery.id(),
            delivery.account(),
            RetryLadder.ONCE,
            delivery.hookId(),
            delivery.destination(),
            delivery.code(),
            delivery.entity(),
            delivery.mark(),
            delivery.load(),
            delivery.contentType(),
            delivery.body(),
            delivery.bodyBase64(),
            delivery.headers(),
            false),
        1);
  }

  /** Goes on with a delivery that a former process left unfinished; {@code last} may be null. */
  public void resume(Delivery delivery, Attempt last) {
    if (last == null) {
      later(delivery, 1, clock.now());
    } else if (last.state() == Attempt.State.RETRYING && last.nextAt() != null) {
      later(delivery, last.attempt() + 1, last.nextAt());
    }
  }

  /** Remembers an answer from before a restart. */
  public void recall(Attempt attempt) {
    if (attempt.hook() != 0 && attempt.sent()) {
      boolean good = RetryLadder.good(attempt.answer());
      health(attempt.account(), attempt.hook()).sick(good, attempt.at());
    }
  }

  /** A person switched the webhook on again: old bad answers no longer count. */
  public void forgive(String account, long hookId) {
    health(account, hookId).forget();
  }

  /** Deliveries that wait for their next attempt. */
  public long waiting() {
    return waiting;
  }

  public long inFlight() {
    return inFlight;
  }

  private Future<Attempt> attempt(Delivery delivery, int number) {
    long at = clock.now();
    String requestId = requestIds.get();
    Promise<Attempt> done = Promise.promise();
    inFlight++;
    courier
        .post(delivery, requestId)
        .onSuccess(
            outcome -> {
              inFlight--;
              done.complete(settle(delivery, number, at, requestId, outcome));
            });
    return done.future();
  }

  private Attempt settle(
      Delivery delivery, int number, long at, String requestId, HttpCourier.Outcome outcome) {
    int answer = outcome.timedOut() ? owner.timeoutCountsAs(delivery) : outcome.status();
    boolean good = RetryLadder.good(answer);
    boolean sick = watch(delivery, good);
    long wait = good ? RetryLadder.STOP : delivery.ladder().waitAfter(number, answer);
    Attempt.State state = Attempt.State.DELIVERED;
    if (!good) {
      boolean wanted = owner.wanted(delivery) && !sick;
      state =
          !wanted
              ? Attempt.State.SWITCHED_OFF
              : wait == RetryLadder.STOP ? Attempt.State.GAVE_UP : Attempt.State.RETRYING;
    }
    Long nextAt = state == Attempt.State.RETRYING ? retryAt(delivery, at + wait) : null;
    Attempt attempt = tell(delivery, number, at, answer, outcome, state, nextAt, requestId);
    if (sick && delivery.ladder() == RetryLadder.ACCOUNT_HOOK) {
      owner.switchOff(delivery);
    }
    if (nextAt != null) {
      later(delivery, number + 1, nextAt);
    }
    return attempt;
  }

  /** Whether an account hook must be switched off now; pauses pipeline hooks on the way. */
  private boolean watch(Delivery delivery, boolean good) {
    long now = clock.now();
    return switch (delivery.ladder()) {
      case ACCOUNT_HOOK ->
          delivery.hookId() != 0 && health(delivery.account(), delivery.hookId()).sick(good, now);
      case PIPELINE_HOOK -> {
        HookHealth health =
            healthByAddress.computeIfAbsent(
                delivery.destination(), k -> new HookHealth(PIPELINE_WINDOW));
        if (health.sick(good, now)) {
          pausedUntil.put(delivery.destination(), now + PIPELINE_WINDOW);
        }
        yield false;
      }
      case ONCE -> false;
    };
  }

  /** Retries of pipeline hooks rest while their address is paused. */
  private long retryAt(Delivery delivery, long planned) {
    return delivery.ladder() == RetryLadder.PIPELINE_HOOK
        ? Math.max(planned, pausedUntil.getOrDefault(delivery.destination(), 0L))
        : planned;
  }

  private void later(Delivery delivery, int number, long at) {
    waiting++;
    clock.schedule(
        at,
        () -> {
          waiting--;
          if (owner.wanted(delivery)) {
            attempt(delivery, number)
                .onFailure(
                    e -> {
                      throw new IllegalStateException("an attempt always ends", e);
                    });
          } else {
            drop(delivery, number);
          }
        });
    alarmsChanged.run();
  }

  /** The webhook was switched off, or removed, while the next attempt was waited for. */
  private void drop(Delivery delivery, int number) {
    tell(delivery, number, clock.now(), 0, NOT_SENT, Attempt.State.SWITCHED_OFF, null, null);
  }

  /** Writes an attempt down and hands it to the listener. */
  private Attempt tell(
      Delivery delivery,
      int number,
      long at,
      int answer,
      HttpCourier.Outcome outcome,
      Attempt.State state,
      Long nextAt,
      String requestId) {
    Attempt attempt =
        new Attempt(
            book.nextSeq(),
            at,
            delivery.id(),
            delivery.account(),
            delivery.hookId(),
            delivery.destination(),
            delivery.code(),
            delivery.entity(),
            delivery.mark(),
            delivery.load(),
            number,
            answer,
            outcome.latencyMs(),
            outcome.error(),
            state,
            nextAt,
            requestId,
            requestId == null ? 0 : delivery.bytes().length);
    book.append(attempt);
    listener.accept(attempt);
    return attempt;
  }

  /** Hook ids are counted per account, so the account belongs to the key. */
  private HookHealth health(String account, long hookId) {
    return healthByHook.computeIfAbsent(
        account + "/" + hookId, k -> new HookHealth(ACCOUNT_WINDOW));
  }
}
