package io.voronka.jobs.kit.events;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.jobs.kit.Rejected;
import io.voronka.jobs.kit.StateLifetime;
import io.voronka.jobs.kit.events.domain.LinkedLeads;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.RecordRejected;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Brings what happens to a contact or a company to its leads, since rules and sequences are about
 * leads. Keyed by the contact or company. Without a known lead the event stays its own subject's.
 */
final class ReachLeads extends KeyedProcessFunction<String, EncodedEvent, EncodedEvent> {
  private static final long serialVersionUID = 1L;

  private final KafkaSettings kafka;
  private final Duration schemaWait;
  private final Duration subjectLifetime;
  private transient EventReader reader;
  private transient Context at;
  private transient RecordCodec<CrmEvent> codec;
  private transient ValueState<LinkedLeads> linked;
  private transient Counter told;

  ReachLeads(KafkaSettings kafka, Duration schemaWait, Duration subjectLifetime) {
    this.kafka = kafka;
    this.schemaWait = schemaWait;
    this.subjectLifetime = subjectLifetime;
  }

  /** Side output: {@link #rejected}. Uid: {@code reach-leads}. */
  static SingleOutputStreamOperator<EncodedEvent> attach(
      DataStream<EncodedEvent> neighbours,
      KafkaSettings kafka,
      Duration schemaWait,
      Duration subjectLifetime) {
    return neighbours
        .keyBy(EncodedEvent::subject)
        .process(
            new ReachLeads(kafka, schemaWait, subjectLifetime),
            TypeInformation.of(EncodedEvent.class))
        .uid("reach-leads")
        .name("reach-leads");
  }

  /** What cannot be read. */
  static DataStream<RecordRejected> rejected(SingleOutputStreamOperator<EncodedEvent> operator) {
    return operator.getSideOutput(Rejected.TAG);
  }

  @Override
  public void open(OpenContext context) {
    reader =
        EventReader.open(
            kafka,
            schemaWait,
            getRuntimeContext().getMetricGroup(),
            rejected -> at.output(Rejected.TAG, rejected));
    codec = RecordCodec.of(CrmEvent.class);
    linked = getRuntimeContext().getState(linkedLeads());
    told = getRuntimeContext().getMetricGroup().counter("leadsTold");
  }

  @Override
  public void processElement(EncodedEvent encoded, Context context, Collector<EncodedEvent> out)
      throws Exception {
    at = context;
    CrmEvent event = reader.read(encoded);
    if (event == null) {
      return;
    }
    LinkedLeads stored = linked.value();
    LinkedLeads known = stored == null ? LinkedLeads.NONE : stored;
    LinkedLeads now = known.after(event);
    if (!now.equals(known)) {
      linked.update(now);
    }
    if (now.ids().isEmpty()) {
      out.collect(encoded);
      return;
    }
    for (CrmEvent copy : now.tell(event, known)) {
      told.inc();
      out.collect(encoded.telling(copy, codec));
    }
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }

  /** Forgotten when nothing was told of them for as long. */
  private ValueStateDescriptor<LinkedLeads> linkedLeads() {
    ValueStateDescriptor<LinkedLeads> descriptor =
        new ValueStateDescriptor<>("linked-leads", TypeInformation.of(LinkedLeads.class));
    descriptor.enableTimeToLive(StateLifetime.sinceWritten(subjectLifetime));
    return descriptor;
  }
}
