package io.voronka.connectors.changecapture;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.cdc.connectors.base.source.assigner.state.PendingSplitsState;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;

/** Flink CDC's enumerator, in whose place a new one begins when the reader's position is lost. */
final class RereadingEnumerator implements SplitEnumerator<SourceSplitBase, PendingSplitsState> {
  private final Supplier<SplitEnumerator<SourceSplitBase, PendingSplitsState>> fresh;
  private SplitEnumerator<SourceSplitBase, PendingSplitsState> inner;

  /**
   * @param fresh makes one that begins at the beginning
   */
  RereadingEnumerator(
      SplitEnumerator<SourceSplitBase, PendingSplitsState> inner,
      Supplier<SplitEnumerator<SourceSplitBase, PendingSplitsState>> fresh) {
    this.inner = inner;
    this.fresh = fresh;
  }

  @Override
  public void start() {
    inner.start();
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    inner.handleSplitRequest(subtask, host);
  }

  @Override
  public void addSplitsBack(List<SourceSplitBase> splits, int subtask) {
    inner.addSplitsBack(splits, subtask);
  }

  @Override
  public void addReader(int subtask) {
    inner.addReader(subtask);
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (event instanceof PositionLost) {
      startOver(subtask);
    } else {
      inner.handleSourceEvent(subtask, event);
    }
  }

  private void startOver(int subtask) {
    try {
      inner.close();
    } catch (IOException e) {
      throw new IllegalStateException("the enumerator of the lost position stays", e);
    }
    inner = fresh.get();
    inner.start();
    inner.addReader(subtask);
  }

  @Override
  public PendingSplitsState snapshotState(long checkpointId) throws Exception {
    return inner.snapshotState(checkpointId);
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
  public void close() throws IOException {
    inner.close();
  }
}
