package io.voronka.jobs.executeactions.operators;

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
import org.apache.flink.util.function.ThrowingRunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the outside world, and brings what it says from the transport's threads into the task's. */
final class Calls {
  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  private final TaskThread task;
  private final ActionTransport transport;

  Calls(TaskThread task, ActionTransport transport) {
    this.task = task;
    this.transport = transport;
  }

  /**
   * @param requests several leave in one
   * @param take is given a result for each, in their order
   */
  void send(
      List<ActionRequested> requests,
      Means means,
      ThrowingConsumer<List<SendResult>, Exception> take) {
    answerTo(
        () ->
            requests.size() == 1
                ? transport.send(requests.get(0), means).thenApply(List::of)
                : transport.sendTogether(requests, means),
        take,
        error ->
            Collections.nCopies(
                requests.size(),
                SendResult.unclear(null, Reason.INTERNAL_ERROR, error.getClass().getSimpleName())));
  }

  /**
   * @param looks several are one request
   * @param take is given a result for each, in their order
   */
  void read(List<Look> looks, Means means, ThrowingConsumer<List<ReadResult>, Exception> take) {
    answerTo(
        () ->
            looks.size() == 1
                ? transport
                    .read(looks.get(0).request(), means, looks.get(0).since())
                    .thenApply(List::of)
                : transport.readTogether(looks, means),
        take,
        error ->
            Collections.nCopies(
                looks.size(),
                ReadResult.failed(null, Reason.INTERNAL_ERROR, error.getClass().getSimpleName())));
  }

  private <R> void answerTo(
      Supplier<CompletionStage<List<R>>> call,
      ThrowingConsumer<List<R>, Exception> take,
      Function<Throwable, List<R>> lost) {
    started(call)
        .whenComplete(
            (results, error) -> {
              List<R> known = error == null ? results : lost.apply(error);
              hand(() -> take.accept(known));
            });
  }

  /** Into the task's thread. */
  void hand(ThrowingRunnable<Exception> mail) {
    try {
      task.run(mail);
    } catch (RejectedExecutionException e) {
      // The task is over; the action is in state as sent, and the next attempt looks at it.
      LOG.debug("An answer came after the task's end", e);
    }
  }

  private static <R> CompletionStage<R> started(Supplier<CompletionStage<R>> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
