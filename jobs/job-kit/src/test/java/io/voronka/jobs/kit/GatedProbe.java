package io.voronka.jobs.kit;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The smallest gated operator: passes events on with the number of tenants as their gateway, and
 * refuses to be asked too early.
 */
final class GatedProbe
    extends KeyedBroadcastProcessFunction<String, CrmEvent, ControlUpdate, CrmEvent> {
  private static final long serialVersionUID = 1L;

  private final ControlGate<CrmEvent> gate =
      ControlGate.of(RecordTypes.of(CrmEvent.class), Set.of(ControlTable.TENANTS));

  static SingleOutputStreamOperator<CrmEvent> attach(
      DataStream<CrmEvent> events, DataStream<ControlUpdate> control) {
    return events
        .keyBy(CrmEvent::getSubjectId)
        .connect(ControlGate.broadcast(control))
        .process(new GatedProbe(), RecordTypes.of(CrmEvent.class))
        .uid("probe")
        .name("probe");
  }

  @Override
  public void open(OpenContext context) {
    gate.open(getRuntimeContext());
  }

  @Override
  public void processElement(CrmEvent event, ReadOnlyContext context, Collector<CrmEvent> out)
      throws Exception {
    if (!gate.holds(event, context)) {
      judge(event, out);
    }
  }

  @Override
  public void processBroadcastElement(
      ControlUpdate update, Context context, Collector<CrmEvent> out) throws Exception {
    gate.apply(update, context);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<CrmEvent> out)
      throws Exception {
    for (Held<CrmEvent> held : gate.release(timestamp, context)) {
      judge(held.event(), out);
    }
  }

  private void judge(CrmEvent event, Collector<CrmEvent> out) {
    int tenants = gate.control().rows(ControlTable.TENANTS).size();
    if (!gate.isOpen() || tenants == 0) {
      throw new IllegalStateException("judged without a complete copy");
    }
    out.collect(CrmEvent.newBuilder(event).setGatewayId(String.valueOf(tenants)).build());
  }
}
