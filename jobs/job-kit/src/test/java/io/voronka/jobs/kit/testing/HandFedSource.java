package io.voronka.jobs.kit.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Emits a {@link Feed}; keeps its position in checkpoints, or begins anew at each start. */
final class HandFedSource<T> implements Source<T, HandFedSource.Position, Integer> {
  private static final long serialVersionUID = 1L;
  private static final int UNASSIGNED = 0;
  private static final int ASSIGNED = 1;

  private final String test;
  private final String name;
  private final boolean fromStart;

  /**
   * @param fromStart whether a restart begins at the first element, as the control stream does
   */
  HandFedSource(String test, String name, boolean fromStart) {
    this.test = test;
    this.name = name;
    this.fromStart = fromStart;
  }

  /** How much of the feed has been emitted. */
  record Position(int value) implements SourceSplit {
    @Override
    public String splitId() {
      return "feed";
    }
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<T, Position> createReader(SourceReaderContext context) {
    return new Reader<>(Bench.feed(test, name), fromStart);
  }

  @Override
  public SplitEnumerator<Position, Integer> createEnumerator(
      SplitEnumeratorContext<Position> context) {
    return new Assigner(context, List.of(new Position(0)));
  }

  @Override
  public SplitEnumerator<Position, Integer> restoreEnumerator(
      SplitEnumeratorContext<Position> context, Integer assigned) {
    return new Assigner(context, assigned == ASSIGNED ? List.of() : List.of(new Position(0)));
  }

  @Override
  public SimpleVersionedSerializer<Position> getSplitSerializer() {
    return new IntSerializer<>() {
      @Override
      int toInt(Position position) {
        return position.value();
      }

      @Override
      Position fromInt(int value) {
        return new Position(value);
      }
    };
  }

  @Override
  public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
    return new IntSerializer<>() {
      @Override
      int toInt(Integer assigned) {
        return assigned;
      }

      @Override
      Integer fromInt(int value) {
        return value;
      }
    };
  }

  private static final class Reader<T> implements SourceReader<T, Position> {
    private final Feed<T> feed;
    private final boolean fromStart;
    private Integer position;
    private final CompletableFuture<Void> assigned = new CompletableFuture<>();

    Reader(Feed<T> feed, boolean fromStart) {
      this.feed = feed;
      this.fromStart = fromStart;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) {
      if (position == null) {
        return InputStatus.NOTHING_AVAILABLE;
      }
      Feed.Item<T> item = feed.at(position);
      if (item == null) {
        return InputStatus.NOTHING_AVAILABLE;
      }
      position++;
      if (item.watermark() == null) {
        output.collect(item.element(), item.timestamp());
      } else {
        output.emitWatermark(item.watermark());
      }
      return feed.at(position) == null ? InputStatus.NOTHING_AVAILABLE : InputStatus.MORE_AVAILABLE;
    }

    @Override
    public List<Position> snapshotState(long checkpointId) {
      return position == null ? List.of() : List.of(new Position(position));
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return position == null ? assigned : feed.available(position);
    }

    @Override
    public void addSplits(List<Position> splits) {
      position = fromStart ? 0 : splits.get(0).value();
      assigned.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  private static final class Assigner implements SplitEnumerator<Position, Integer> {
    private final SplitEnumeratorContext<Position> context;
    private final List<Position> unassigned;

    Assigner(SplitEnumeratorContext<Position> context, List<Position> unassigned) {
      this.context = context;
      this.unassigned = new ArrayList<>(unassigned);
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void addSplitsBack(List<Position> splits, int subtask) {
      unassigned.addAll(splits);
      if (context.registeredReaders().containsKey(subtask)) {
        addReader(subtask);
      }
    }

    @Override
    public void addReader(int subtask) {
      unassigned.forEach(split -> context.assignSplit(split, subtask));
      unassigned.clear();
    }

    @Override
    public Integer snapshotState(long checkpointId) {
      return unassigned.isEmpty() ? ASSIGNED : UNASSIGNED;
    }

    @Override
    public void close() {}
  }

  private abstract static class IntSerializer<V> implements SimpleVersionedSerializer<V> {
    abstract int toInt(V value);

    abstract V fromInt(int value);

    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(V value) {
      return ByteBuffer.allocate(Integer.BYTES).putInt(toInt(value)).array();
    }

    @Override
    public V deserialize(int version, byte[] bytes) {
      return fromInt(ByteBuffer.wrap(bytes).getInt());
    }
  }
}
