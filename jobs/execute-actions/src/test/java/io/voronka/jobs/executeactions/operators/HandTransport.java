package io.voronka.jobs.executeactions.operators;

import io.voronka.jobs.executeactions.JournalInMemory;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.ActionTransport;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.jobs.executeactions.transport.SendJournal;
import io.voronka.schemas.ActionRequested;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An outside world that answers when the test says so. */
final class HandTransport implements ActionTransport, ActionTransport.Factory {
  private static final long serialVersionUID = 1L;

  private final transient List<String> sent = new ArrayList<>();
  private final transient List<List<String>> together = new ArrayList<>();
  private final transient List<String> read = new ArrayList<>();
  private final transient List<List<String>> readTogether = new ArrayList<>();
  private final transient Map<String, Long> since = new LinkedHashMap<>();
  private final transient Map<String, CompletableFuture<SendResult>> sends = new LinkedHashMap<>();
  private final transient Map<String, CompletableFuture<ReadResult>> reads = new LinkedHashMap<>();
  private final transient Map<String, Means> means = new LinkedHashMap<>();
  private final transient SendJournal journal;
  private transient boolean closed;

  /** With a journal of its own. */
  HandTransport() {
    this(new JournalInMemory());
  }

  /** Of another life of the job. */
  HandTransport(JournalInMemory journal) {
    this(journal.life());
  }

  HandTransport(SendJournal journal) {
    this.journal = journal;
  }

  @Override
  public ActionTransport open() {
    return this;
  }

  @Override
  public CompletionStage<SendResult> send(ActionRequested request, Means given) {
    sent.add(request.getId());
    means.put(request.getId(), given);
    return sends.compute(request.getId(), (id, before) -> new CompletableFuture<>());
  }

  @Override
  public CompletionStage<List<SendResult>> sendTogether(
      List<ActionRequested> requests, Means means) {
    together.add(requests.stream().map(ActionRequested::getId).toList());
    return ActionTransport.super.sendTogether(requests, means);
  }

  @Override
  public CompletionStage<ReadResult> read(ActionRequested request, Means means, long from) {
    read.add(request.getId());
    since.put(request.getId(), from);
    return reads.compute(request.getId(), (id, before) -> new CompletableFuture<>());
  }

  @Override
  public CompletionStage<List<ReadResult>> readTogether(List<Look> looks, Means means) {
    readTogether.add(looks.stream().map(look -> look.request().getId()).toList());
    return ActionTransport.super.readTogether(looks, means);
  }

  @Override
  public SendJournal journal() {
    return journal;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Ids in the order of sending, repeats included. */
  List<String> sent() {
    return sent;
  }

  /** Those that left in one request, request by request. */
  List<List<String>> together() {
    return together;
  }

  List<String> read() {
    return read;
  }

  /** Those that were looked for in one request, request by request. */
  List<List<String>> readTogether() {
    return readTogether;
  }

  /** Shared ones count once. */
  int requests() {
    return requests(sent, together) + requests(read, readTogether);
  }

  private static int requests(List<String> all, List<List<String>> shared) {
    return all.size() - shared.stream().mapToInt(each -> each.size() - 1).sum();
  }

  /** What it was sent with, last. */
  Means means(String id) {
    return means.get(id);
  }

  long since(String id) {
    return since.get(id);
  }

  boolean closed() {
    return closed;
  }

  void answer(String id, SendResult result) {
    sends.get(id).complete(result);
  }

  void fail(String id, Throwable error) {
    sends.get(id).completeExceptionally(error);
  }

  void answerRead(String id, ReadResult result) {
    reads.get(id).complete(result);
  }
}
