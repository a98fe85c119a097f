package io.voronka.connectors.kafka.control;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RecordRejected;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/**
 * Hands the reader thread's records to Flink's. Event time, as far as this source is concerned, is
 * at its very beginning until the copy is complete; that fires no timer and lets watermark
 * alignment stop the other sources. From then on the source is idle: it holds back no watermark.
 * The maximal watermark would say the same to operators, but alignment would stop this source for
 * being ahead, and no later change would ever be read.
 */
final class ControlSourceReader implements SourceReader<ControlRecord, NoSplit>, ControlListener {
  private static final Watermark HELD = new Watermark(Long.MIN_VALUE + 1);
  private static final int MOST_WAITING = 20_000;

  private final KafkaSettings kafka;
  private final Set<ControlTable> tables;
  private final Object lock = new Object();
  private final Queue<ControlRecord> waiting = new ArrayDeque<>();
  private boolean complete;
  private CompletableFuture<Void> available = CompletableFuture.completedFuture(null);
  private ControlTopicReader topics;
  private boolean begun;
  private boolean ended;

  ControlSourceReader(KafkaSettings kafka, Set<ControlTable> tables) {
    this.kafka = kafka;
    this.tables = tables;
  }

  @Override
  public void start() {
    topics = ControlTopicReader.start(kafka, tables, this);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<ControlRecord> output) {
    if (!begun) {
      begun = true;
      output.emitWatermark(HELD);
    }
    ControlRecord next;
    boolean end;
    synchronized (lock) {
      next = waiting.poll();
      lock.notifyAll();
      end = complete && waiting.isEmpty();
      if (waiting.isEmpty()) {
        available = new CompletableFuture<>();
      }
    }
    if (next != null) {
      output.collect(next);
    }
    if (end && !ended) {
      ended = true;
      output.markIdle();
    }
    synchronized (lock) {
      return waiting.isEmpty() ? InputStatus.NOTHING_AVAILABLE : InputStatus.MORE_AVAILABLE;
    }
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    synchronized (lock) {
      return available;
    }
  }

  @Override
  public void changed(ControlSnapshot snapshot, List<ControlUpdate> batch)
      throws InterruptedException {
    boolean ready = snapshot.ready();
    synchronized (lock) {
      while (waiting.size() > MOST_WAITING) {
        lock.wait();
      }
      batch.forEach(update -> waiting.add(new ControlRecord(update, null)));
      complete = ready;
    }
    wake();
  }

  @Override
  public void rejected(RecordRejected record) {
    synchronized (lock) {
      waiting.add(new ControlRecord(null, record));
    }
    wake();
  }

  private void wake() {
    CompletableFuture<Void> waiter;
    synchronized (lock) {
      waiter = available;
    }
    waiter.complete(null);
  }

  @Override
  public List<NoSplit> snapshotState(long checkpointId) {
    return List.of();
  }

  @Override
  public void addSplits(List<NoSplit> splits) {}

  @Override
  public void notifyNoMoreSplits() {}

  @Override
  public void close() {
    if (topics != null) {
      topics.close();
    }
  }
}
