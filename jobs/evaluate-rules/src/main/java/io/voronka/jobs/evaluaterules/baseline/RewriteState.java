package io.voronka.jobs.evaluaterules.baseline;

import io.voronka.jobs.kit.events.EncodedEvent;
import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads the subject's value, writes the event as the new one, and sends on records of the sizes
 * asked for.
 */
final class RewriteState extends KeyedProcessFunction<String, EncodedEvent, SizedRecord> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<SizedRecord> ACTIONS =
      new OutputTag<>("actions", TypeInformation.of(SizedRecord.class));

  private final int decidedBytes;
  private final int actionBytes;
  private final int eventsPerAction;
  private transient ValueState<byte[]> newest;
  private transient long events;

  private RewriteState(PassthroughConfig config) {
    this.decidedBytes = config.decidedBytes();
    this.actionBytes = config.actionBytes();
    this.eventsPerAction = config.eventsPerAction();
  }

  /** Side output: {@link #ACTIONS}. Uid: {@code rewrite-state}. */
  static SingleOutputStreamOperator<SizedRecord> attach(
      DataStream<EncodedEvent> events, PassthroughConfig config) {
    return events
        .keyBy(EncodedEvent::subject)
        .process(new RewriteState(config), TypeInformation.of(SizedRecord.class))
        .uid("rewrite-state")
        .name("rewrite-state");
  }

  @Override
  public void open(OpenContext context) {
    newest =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "newest", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public void processElement(EncodedEvent event, Context context, Collector<SizedRecord> out)
      throws Exception {
    byte[] before = newest.value();
    newest.update(event.value());
    byte[] carried = before == null ? event.value() : before;
    out.collect(sized(event, carried, decidedBytes));
    if (++events % eventsPerAction == 0) {
      context.output(ACTIONS, sized(event, carried, actionBytes));
    }
  }

  /** Real bytes, repeated: zeros would be compressed away. */
  private static SizedRecord sized(EncodedEvent event, byte[] carried, int bytes) {
    byte[] value = Arrays.copyOf(carried, bytes);
    for (int at = carried.length; at < bytes; at++) {
      value[at] = (byte) (carried[at % carried.length] + at / carried.length);
    }
    return new SizedRecord(event.subject(), value, event.recordedAt());
  }
}
