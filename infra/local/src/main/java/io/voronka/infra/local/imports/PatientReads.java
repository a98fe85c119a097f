package io.voronka.infra.local.imports;

import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.infra.local.imports.ImportException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks the CRM, one request at a time, at the import's pace. What passes by itself is waited out: a
 * {@code Retry-After} as long as it says, other trouble for growing times. Belongs to one thread.
 */
final class PatientReads {
  /** Ten attempts take about five minutes. */
  private static final int ATTEMPTS = 10;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** A vendor that wants more than this is left alone until somebody starts the import again. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private final Pacer pacer;
  private final Clock clock;
  private final Rest rest;
  private final Consumer<String> notes;

  /** Lets the thread rest. */
  @FunctionalInterface
  interface Rest {
    void pause(Duration time) throws InterruptedException;
  }

  /**
   * @param notes told why the import waits
   */
  PatientReads(Pacer pacer, Clock clock, Rest rest, Consumer<String> notes) {
    this.pacer = pacer;
    this.clock = clock;
    this.rest = rest;
    this.notes = notes;
  }

  /**
   * The answer.
   *
   * @param what for messages: {@code leads of acme/main}
   * @throws ImportException when there is none
   */
  <T> T read(String what, Supplier<CompletableFuture<CrmReply<T>>> request) {
    try {
      for (int attempt = 1; ; attempt++) {
        rest.pause(pacer.take(clock.instant()));
        CrmReply<T> reply = request.get().get();
        if (reply.isOk()) {
          pacer.answered();
          return reply.value();
        }
        await(what, reply.failure(), attempt);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImportException(Reason.INTERRUPTED, "stopped while reading " + what);
    } catch (ExecutionException e) {
      throw new IllegalStateException("replies never fail: what fails is inside them", e);
    }
  }

  private void await(String what, CrmFailure failure, int attempt) {
    String why = failure.kind().label() + ": " + failure.detail();
    if (!failure.kind().isTransient()) {
      throw refused(what, failure, why);
    }
    if (attempt == ATTEMPTS) {
      throw new ImportException(
          Reason.CRM_UNAVAILABLE,
          "%s could not be read in %d attempts (%s); start the import again later, it goes on from here"
              .formatted(what, ATTEMPTS, why));
    }
    Duration wait = failure.retryAfter() == null ? pause(attempt) : failure.retryAfter();
    if (wait.compareTo(LONGEST_WAIT) > 0) {
      throw new ImportException(
          Reason.TOLD_TO_WAIT,
          "the vendor wants no request for %d minutes (%s); start the import again then, it goes on from here"
              .formatted(wait.toMinutes(), why));
    }
    if (failure.kind() == CrmFailure.Kind.TOO_MANY_REQUESTS) {
      pacer.slowDown();
    }
    Instant until = clock.instant().plus(wait);
    pacer.pauseUntil(until);
    notes.accept("%s: waiting %d s (%s)".formatted(what, Math.max(1, wait.toSeconds()), why));
  }

  private static ImportException refused(String what, CrmFailure failure, String why) {
    return switch (failure.kind()) {
      case UNAUTHORIZED, RECONNECT_NEEDED ->
          new ImportException(
              Reason.ACCESS_REFUSED,
              "%s: no access (%s); connect the account again".formatted(what, why));
      case PAYMENT_REQUIRED, FORBIDDEN ->
          new ImportException(
              Reason.ACCESS_REFUSED, "%s: the account does not allow it (%s)".formatted(what, why));
      default ->
          new ImportException(
              Reason.ANSWER_NOT_BELIEVED, "%s could not be read (%s)".formatted(what, why));
    };
  }

  private static Duration pause(int attempt) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
