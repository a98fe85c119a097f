package io.voronka.jobs.kit.testing;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Keeps what reaches it, at least once, where the test finds it. */
final class RecordingSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;

  private final String test;
  private final String name;

  RecordingSink(String test, String name) {
    this.test = test;
    this.name = name;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new Writer<>(test, name);
  }

  private record Writer<T>(String test, String name) implements SinkWriter<T> {
    @Override
    public void write(T element, Context context) {
      Bench.recording(test, name).add(element);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
