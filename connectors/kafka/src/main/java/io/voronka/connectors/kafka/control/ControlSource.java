package io.voronka.connectors.kafka.control;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.schemas.ControlTable;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The control topics as a Flink source that keeps no offsets: after a restart it reads everything
 * again, so that readiness need not survive in state and a lost tombstone does no harm.
 */
final class ControlSource implements Source<ControlRecord, NoSplit, Integer> {
  private static final long serialVersionUID = 1L;
  private static final Integer NOTHING = 0;

  private final KafkaSettings kafka;
  private final EnumSet<ControlTable> tables;

  ControlSource(KafkaSettings kafka, Set<ControlTable> tables) {
    this.kafka = kafka;
    this.tables = EnumSet.copyOf(tables);
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<ControlRecord, NoSplit> createReader(SourceReaderContext context) {
    return new ControlSourceReader(kafka, tables);
  }

  @Override
  public SplitEnumerator<NoSplit, Integer> createEnumerator(
      SplitEnumeratorContext<NoSplit> context) {
    return new NoEnumerator();
  }

  @Override
  public SplitEnumerator<NoSplit, Integer> restoreEnumerator(
      SplitEnumeratorContext<NoSplit> context, Integer checkpoint) {
    return new NoEnumerator();
  }

  @Override
  public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
    return new EmptySerializer<>(NoSplit::new);
  }

  @Override
  public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
    return new EmptySerializer<>(() -> NOTHING);
  }

  private static final class NoEnumerator implements SplitEnumerator<NoSplit, Integer> {
    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void addSplitsBack(List<NoSplit> splits, int subtask) {}

    @Override
    public void addReader(int subtask) {}

    @Override
    public Integer snapshotState(long checkpointId) {
      return NOTHING;
    }

    @Override
    public void close() {}
  }
}
