package io.voronka.jobs.kit.events;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.jobs.kit.Rejected;
import io.voronka.jobs.kit.StateLifetime;
import io.voronka.jobs.kit.events.domain.TalkLead;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.RecordRejected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Brings what happens in a talk to the talk's lead: Kommo's hook of a message to a client names
 * only the talk, and whose talk it is was told by the talk's opening or by a message of the client.
 * Keyed by the talk. Those came on the lead's partition, which may be read later than the talk's:
 * until somebody has told, an event waits for the log's clock to pass it. Then it stays the talk's
 * own.
 */
final class FollowTalks
    extends KeyedCoProcessFunction<String, EncodedEvent, TalkLead, EncodedEvent> {
  private static final long serialVersionUID = 1L;

  /** Emptied by the clock. */
  private static final ListStateDescriptor<EncodedEvent> WAITING =
      new ListStateDescriptor<>("talk-events", TypeInformation.of(EncodedEvent.class));

  private final KafkaSettings kafka;
  private final Duration schemaWait;
  private final Duration subjectLifetime;
  private transient EventReader reader;
  private transient Context at;
  private transient RecordCodec<CrmEvent> codec;
  private transient ValueState<TalkLead> lead;
  private transient ListState<EncodedEvent> waiting;
  private transient Counter followed;
  private transient Counter unfollowed;

  FollowTalks(KafkaSettings kafka, Duration schemaWait, Duration subjectLifetime) {
    this.kafka = kafka;
    this.schemaWait = schemaWait;
    this.subjectLifetime = subjectLifetime;
  }

  /** Side output: {@link #rejected}. Uid: {@code follow-talks}. */
  static SingleOutputStreamOperator<EncodedEvent> attach(
      DataStream<EncodedEvent> ofTalks,
      DataStream<TalkLead> told,
      KafkaSettings kafka,
      Duration schemaWait,
      Duration subjectLifetime) {
    return ofTalks
        .keyBy(EncodedEvent::subject)
        .connect(told.keyBy(TalkLead::talk))
        .process(
            new FollowTalks(kafka, schemaWait, subjectLifetime),
            TypeInformation.of(EncodedEvent.class))
        .uid("follow-talks")
        .name("follow-talks");
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
    lead = getRuntimeContext().getState(talkLead());
    waiting = getRuntimeContext().getListState(WAITING);
    followed = getRuntimeContext().getMetricGroup().counter("leadsTold");
    unfollowed = getRuntimeContext().getMetricGroup().counter("talksWithoutLead");
  }

  @Override
  public void processElement1(EncodedEvent event, Context context, Collector<EncodedEvent> out)
      throws Exception {
    at = context;
    TalkLead known = lead.value();
    if (known == null || waiting.get().iterator().hasNext()) {
      waiting.add(event);
      context.timerService().registerEventTimeTimer(event.recordedAt());
    } else {
      tell(known, event, out);
    }
  }

  @Override
  public void processElement2(TalkLead told, Context context, Collector<EncodedEvent> out)
      throws Exception {
    lead.update(told.after(lead.value()));
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<EncodedEvent> out)
      throws Exception {
    at = context;
    TalkLead known = lead.value();
    List<EncodedEvent> still = new ArrayList<>();
    for (EncodedEvent event : waiting.get()) {
      if (event.recordedAt() > time) {
        still.add(event);
      } else if (known == null) {
        unfollowed.inc();
        out.collect(event);
      } else {
        tell(known, event, out);
      }
    }
    waiting.update(still);
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }

  /** Forgotten when it was not told for as long. */
  private ValueStateDescriptor<TalkLead> talkLead() {
    ValueStateDescriptor<TalkLead> descriptor =
        new ValueStateDescriptor<>("talk-lead", TypeInformation.of(TalkLead.class));
    descriptor.enableTimeToLive(StateLifetime.sinceWritten(subjectLifetime));
    return descriptor;
  }

  private void tell(TalkLead known, EncodedEvent encoded, Collector<EncodedEvent> out)
      throws InterruptedException {
    CrmEvent event = reader.read(encoded);
    if (event != null) {
      followed.inc();
      out.collect(encoded.telling(known.tell(event), codec));
    }
  }
}
