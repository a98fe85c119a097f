package io.voronka.jobs.executeactions.transport;

import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.schemas.ActionRequested;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Carries actions out. No method blocks; failures of the other side are results, and a stage that
 * fails means that whether the request was sent is unknown.
 */
public interface ActionTransport extends AutoCloseable {

  /** One attempt, with its own time-out and no retry inside. */
  CompletionStage<SendResult> send(ActionRequested request, Means means);

  /**
   * One attempt at each of several actions that may share a request, all of one account and each
   * about another subject; a result for each, in their order. Where there is no such request they
   * leave one by one.
   */
  default CompletionStage<List<SendResult>> sendTogether(
      List<ActionRequested> requests, Means means) {
    return all(requests.stream().map(request -> send(request, means)));
  }

  /**
   * Looks whether the effect is there.
   *
   * @param since traces older than this are not ours, epoch milliseconds
   */
  CompletionStage<ReadResult> read(ActionRequested request, Means means, long since);

  /**
   * Looks for each of several actions that may share a request, as {@link #sendTogether} says; a
   * result for each, in their order. Where there is no such read they are looked for one by one.
   */
  default CompletionStage<List<ReadResult>> readTogether(List<Look> looks, Means means) {
    return all(looks.stream().map(look -> read(look.request(), means, look.since())));
  }

  /**
   * What is looked for.
   *
   * @param since traces older than this are not ours, epoch milliseconds
   */
  record Look(ActionRequested request, long since) {}

  private static <R> CompletionStage<List<R>> all(Stream<CompletionStage<R>> stages) {
    List<CompletableFuture<R>> results = stages.map(CompletionStage::toCompletableFuture).toList();
    return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
        .thenApply(all -> results.stream().map(CompletableFuture::join).toList());
  }

  /** Where it stands what is about to leave. */
  default SendJournal journal() {
    return SendJournal.NONE;
  }

  /** Ends every thread that it started. */
  @Override
  void close();

  /** Travels to the task, where the transport is opened. */
  interface Factory extends Serializable {
    ActionTransport open();
  }
}
