package io.voronka.jobs.kit;

import java.io.Serializable;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets each id pass once per key; later copies are counted and end here. An operator that has keyed
 * state of its own saves a step by holding {@link SeenIds} itself.
 */
public final class DropSeen<K, T> extends KeyedProcessFunction<K, T, T> {
  private static final long serialVersionUID = 1L;

  private final IdOf<T> id;
  private final DatedOf<T> dated;
  private final SeenIds seen = new SeenIds();
  private transient Counter passed;
  private transient Counter dropped;

  private DropSeen(IdOf<T> id, DatedOf<T> dated) {
    this.id = id;
    this.dated = dated;
  }

  /** The deterministic id of a record. */
  @FunctionalInterface
  public interface IdOf<T> extends Function<T, String>, Serializable {}

  /**
   * Whether the id was derived from a vendor's time; if not it is remembered for two hours only.
   */
  @FunctionalInterface
  public interface DatedOf<T> extends Predicate<T>, Serializable {}

  /**
   * @param uid kebab-case, such as {@code drop-seen-events}
   */
  public static <K, T> SingleOutputStreamOperator<T> attach(
      KeyedStream<T, K> stream, IdOf<T> id, DatedOf<T> dated, String uid) {
    return stream.process(DropSeen.<K, T>function(id, dated), stream.getType()).uid(uid).name(uid);
  }

  static <K, T> KeyedProcessFunction<K, T, T> function(IdOf<T> id, DatedOf<T> dated) {
    return new DropSeen<>(id, dated);
  }

  @Override
  public void open(OpenContext context) {
    seen.open(getRuntimeContext());
    passed = getRuntimeContext().getMetricGroup().counter("passed");
    dropped = getRuntimeContext().getMetricGroup().counter("dropped");
  }

  @Override
  public void processElement(T record, Context context, Collector<T> out) throws Exception {
    if (seen.isNew(id.apply(record), context.timestamp(), dated.test(record))) {
      passed.inc();
      out.collect(record);
    } else {
      dropped.inc();
    }
  }
}
