package io.voronka.connectors.changecapture;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.core.io.InputStatus;

/** Flink CDC's reader, which is not given the splits of an earlier submission. */
final class RereadingReader implements SourceReader<RowChange, SourceSplitBase> {
  private final SourceReader<RowChange, SourceSplitBase> inner;
  private final SourceSplitBase forgotten;

  RereadingReader(SourceReader<RowChange, SourceSplitBase> inner, SourceSplitBase forgotten) {
    this.inner = inner;
    this.forgotten = forgotten;
  }

  @Override
  public void addSplits(List<SourceSplitBase> splits) {
    List<SourceSplitBase> current = splits.stream().filter(split -> split != forgotten).toList();
    if (!current.isEmpty()) {
      inner.addSplits(current);
    }
  }

  @Override
  public void start() {
    inner.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RowChange> output) throws Exception {
    return inner.pollNext(output);
  }

  @Override
  public List<SourceSplitBase> snapshotState(long checkpointId) {
    return inner.snapshotState(checkpointId);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return inner.isAvailable();
  }

  @Override
  public void notifyNoMoreSplits() {
    inner.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    inner.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    inner.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    inner.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
    inner.pauseOrResumeSplits(toPause, toResume);
  }

  @Override
  public void close() throws Exception {
    inner.close();
  }
}
