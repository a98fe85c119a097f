package io.voronka.infra.local.stack;

import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** A little job with keyed state, packed into a jar by the test that submits it. */
public final class CountingJob {

  static final String NAME = "counting";

  private CountingJob() {}

  /** Counts for ever, slowly. */
  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.fromSource(
            new NumberSequenceSource(1, Long.MAX_VALUE),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .map(CountingJob::slowly)
        .uid("slowly")
        .keyBy(number -> number % 4, Types.LONG)
        .process(new Count())
        .uid("count")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
    env.execute(NAME);
  }

  /**
   * Slow enough to leave the processor to the others. In the source's own task: before a slower one
   * buffers would fill up, and each checkpoint's barrier would wait behind all that is in them.
   */
  private static Long slowly(Long number) {
    LockSupport.parkNanos(1_000_000);
    return number;
  }

  /** How many numbers each key has seen. */
  public static final class Count extends KeyedProcessFunction<Long, Long, Long> {

    private static final long serialVersionUID = 1L;

    private transient ValueState<Long> seen;

    @Override
    public void open(OpenContext context) {
      seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Types.LONG));
    }

    @Override
    public void processElement(Long number, Context context, Collector<Long> out) throws Exception {
      Long before = seen.value();
      long now = before == null ? 1 : before + 1;
      seen.update(now);
      out.collect(now);
    }
  }
}
