package io.voronka.jobs.executeactions.operators;

import io.voronka.jobs.executeactions.domain.PendingAction;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.ActionTransport;
import io.voronka.jobs.executeactions.transport.ActionTransport.Look;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.schemas.ActionRequested;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.flink.util.function.ThrowingConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the outside world, and brings what it says from the transport's threads into the task's. */
final class Calls {
  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  private final TaskThread task;
  private final ActionTransport transport;
  private final ExecutorMetrics metrics;

  Calls(TaskThread task, ActionTransport transport, ExecutorMetrics metrics) {
    this.task = task;
    this.transport = transport;
    this.metrics = metrics;
  }

  /**
   * What cannot be looked for afterwards leaves when it stands in the journal that this attempt of
   * it does.
   *
   * @param first of those that leave
   * @param requests several leave in one
   * @param take is given a result for each, in their order
   */
  void send(
      PendingAction first,
      List<ActionRequested> requests,
      Means means,
      ThrowingConsumer<List<SendResult>, Exception> take) {
    Supplier<CompletionStage<List<SendResult>>> call =
        first.isJournaled()
            ? () -> sendOnce(requests.get(0), first.progress().attempts(), means)
            : () ->
                requests.size() == 1
                    ? transport.send(requests.get(0), means).thenApply(List::of)
                    : transport.sendTogether(requests, means);
    answerTo(
        call,
        results -> {
          countFailure(results.get(0).reason());
          take.accept(results);
        },
        error ->
            Collections.nCopies(
                requests.size(),
                SendResult.unclear(null, Reason.INTERNAL_ERROR, error.getClass().getSimpleName())));
  }

  private CompletionStage<List<SendResult>> sendOnce(
      ActionRequested request, int attempt, Means means) {
    return transport
        .journal()
        .begin(request.getId(), attempt)
        .handle((ours, error) -> begun(ours, error, request, means))
        .thenCompose(Function.identity())
        .thenApply(List::of);
  }

  private CompletionStage<SendResult> begun(
      Boolean ours, Throwable error, ActionRequested request, Means means) {
    if (error != null) {
      return CompletableFuture.completedFuture(
          SendResult.notDone(null, 0, Reason.JOURNAL_UNAVAILABLE, null));
    }
    return ours
        ? transport.send(request, means)
        : CompletableFuture.completedFuture(
            SendResult.unclear(null, Reason.RESTARTED_WHILE_SENDING, null));
  }

  /**
   * What left no trace is looked for in the journal.
   *
   * @param first of those that are looked for
   * @param looks several are one request
   * @param take is given a result for each, in their order
   */
  void read(
      PendingAction first,
      List<Look> looks,
      Means means,
      ThrowingConsumer<List<ReadResult>, Exception> take) {
    Supplier<CompletionStage<List<ReadResult>>> call =
        first.asksJournal()
            ? () -> inJournal(first)
            : () ->
                looks.size() == 1
                    ? transport
                        .read(looks.get(0).request(), means, looks.get(0).since())
                        .thenApply(List::of)
                    : transport.readTogether(looks, means);
    answerTo(
        call,
        results -> {
          countFailure(results.get(0).reason());
          take.accept(results);
        },
        error ->
            Collections.nCopies(
                looks.size(),
                ReadResult.failed(null, Reason.INTERNAL_ERROR, error.getClass().getSimpleName())));
  }

  private CompletionStage<List<ReadResult>> inJournal(PendingAction action) {
    return transport
        .journal()
        .begun(action.id(), action.progress().perhapsBegun())
        .handle((begun, error) -> List.of(told(begun, error)));
  }

  private static ReadResult told(Boolean begun, Throwable error) {
    if (error != null) {
      return ReadResult.failed(null, Reason.JOURNAL_UNAVAILABLE, error.getClass().getSimpleName());
    }
    return begun ? ReadResult.left() : ReadResult.absent();
  }

  private void countFailure(Reason reason) {
    if (reason == Reason.JOURNAL_UNAVAILABLE) {
      metrics.journalUnavailable();
    }
  }

  private <R> void answerTo(
      Supplier<CompletionStage<List<R>>> call,
      ThrowingConsumer<List<R>, Exception> take,
      Function<Throwable, List<R>> lost) {
    started(call)
        .whenComplete(
            (results, error) -> {
              List<R> known = error == null ? results : lost.apply(error);
              try {
                task.run(() -> take.accept(known));
              } catch (RejectedExecutionException e) {
                // The task is over; the action is in state as sent, and the next attempt looks at
                // it.
                LOG.debug("An answer came after the task's end", e);
              }
            });
  }

  private static <R> CompletionStage<R> started(Supplier<CompletionStage<R>> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
