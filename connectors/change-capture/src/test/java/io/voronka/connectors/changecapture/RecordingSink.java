package io.voronka.connectors.changecapture;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Keeps what it is given, in the order of arrival, through failures and restarts of the job. */
final class RecordingSink implements Sink<RowChange>, AutoCloseable {
  private static final long serialVersionUID = 1L;
  private static final Map<String, List<RowChange>> RECORDED = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();

  RecordingSink() {
    RECORDED.put(id, new CopyOnWriteArrayList<>());
  }

  List<RowChange> recorded() {
    return RECORDED.get(id);
  }

  @Override
  public void close() {
    RECORDED.remove(id);
  }

  @Override
  public SinkWriter<RowChange> createWriter(WriterInitContext context) {
    List<RowChange> recorded = RECORDED.get(id);
    return new SinkWriter<>() {
      @Override
      public void write(RowChange element, Context writeContext) {
        recorded.add(element);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
