package io.voronka.jobs.executeactions.operators;

import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.ActionTransport;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.schemas.ActionRequested;
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

  Calls(TaskThread task, ActionTransport transport) {
    this.task = task;
    this.transport = transport;
  }

  void send(ActionRequested request, Means means, ThrowingConsumer<SendResult, Exception> take) {
    answerTo(() -> transport.send(request, means), take, Calls::lost);
  }

  void sendTogether(
      List<ActionRequested> requests,
      Means means,
      ThrowingConsumer<List<SendResult>, Exception> take) {
    answerTo(
        () -> transport.sendTogether(requests, means),
        take,
        error -> requests.stream().map(any -> lost(error)).toList());
  }

  private static SendResult lost(Throwable error) {
    return SendResult.unclear(null, Reason.INTERNAL_ERROR, error.getClass().getSimpleName());
  }

  void read(
      ActionRequested request,
      Means means,
      long since,
      ThrowingConsumer<ReadResult, Exception> take) {
    answerTo(
        () -> transport.read(request, means, since),
        take,
        error -> ReadResult.failed(null, Reason.INTERNAL_ERROR, error.getClass().getSimpleName()));
  }

  private <R> void answerTo(
      Supplier<CompletionStage<R>> call,
      ThrowingConsumer<R, Exception> take,
      Function<Throwable, R> lost) {
    started(call)
        .whenComplete(
            (result, error) -> {
              R known = error == null ? result : lost.apply(error);
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
