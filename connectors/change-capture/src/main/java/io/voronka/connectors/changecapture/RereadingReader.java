package io.voronka.connectors.changecapture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffset;
import org.apache.flink.core.io.InputStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink CDC's reader, which is not given the splits of an earlier submission, nor a position that
 * the slot does not reach back to: from there it would go on with the changes of now, and those in
 * between would be lost without a word.
 */
final class RereadingReader implements SourceReader<RowChange, SourceSplitBase> {
  private static final Logger LOG = LoggerFactory.getLogger(RereadingReader.class);

  private final SourceReader<RowChange, SourceSplitBase> inner;
  private final SourceReaderContext context;
  private final ReplicationSlot slot;
  private final SourceSplitBase forgotten;
  private boolean started;

  /**
   * Kept in the state until the first split of the new reading is here: a failure in between finds
   * again that the position is lost, whether or not the enumerator has heard of it.
   */
  private List<SourceSplitBase> lost = List.of();

  RereadingReader(
      SourceReader<RowChange, SourceSplitBase> inner,
      SourceReaderContext context,
      ReplicationSlot slot,
      SourceSplitBase forgotten) {
    this.inner = inner;
    this.context = context;
    this.slot = slot;
    this.forgotten = forgotten;
  }

  @Override
  public void addSplits(List<SourceSplitBase> splits) {
    List<SourceSplitBase> current = splits.stream().filter(split -> split != forgotten).toList();
    if (!started && current.stream().anyMatch(this::isOutOfReach)) {
      LOG.warn("the slot does not reach back to {}: the tables are read anew", current);
      lost = current;
    } else if (!current.isEmpty()) {
      lost = List.of();
      inner.addSplits(current);
    }
  }

  /** Splits that come before the start are those of a checkpoint. */
  @Override
  public void start() {
    started = true;
    if (!lost.isEmpty()) {
      context.sendSourceEventToCoordinator(new PositionLost());
    }
    inner.start();
  }

  private boolean isOutOfReach(SourceSplitBase split) {
    return split.isStreamSplit()
        && split.asStreamSplit().getStartingOffset() instanceof PostgresOffset offset
        && !slot.reaches(offset.getLsn().asLong());
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RowChange> output) throws Exception {
    return inner.pollNext(output);
  }

  @Override
  public List<SourceSplitBase> snapshotState(long checkpointId) {
    List<SourceSplitBase> splits = new ArrayList<>(inner.snapshotState(checkpointId));
    splits.addAll(lost);
    return splits;
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
