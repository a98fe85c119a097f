package io.voronka.jobs.kit.events;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.PatientDecoder;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.kit.Rejected;
import io.voronka.jobs.kit.Rejections;
import io.voronka.jobs.kit.events.domain.RejectReason;
import io.voronka.jobs.kit.events.domain.TalkLead;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EncodedKind;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.MalformedRecordException;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Tells events from ticks, and whom an event is about, without decoding it: events have the subject
 * for a key, ticks have none. Ticks end here; their time has passed as a watermark.
 *
 * <p>Time never goes back in a partition: an event that a gateway with a slower clock has stamped
 * earlier than what stands before it gets the time of that, or whether a moment comes before the
 * event would be a matter of chance.
 */
public final class RouteEvents extends ProcessFunction<RawRecord, EncodedEvent>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** Events of contacts and companies, which belong to leads. */
  static final OutputTag<EncodedEvent> NEIGHBOURS =
      new OutputTag<>("neighbours", TypeInformation.of(EncodedEvent.class));

  /** Events that name a talk and no lead. */
  static final OutputTag<EncodedEvent> OF_TALKS =
      new OutputTag<>("of-talks", TypeInformation.of(EncodedEvent.class));

  /** Whose talks are whose, as events of leads tell. */
  static final OutputTag<TalkLead> TALK_LEADS =
      new OutputTag<>("talk-leads", TypeInformation.of(TalkLead.class));

  private static final String TALK = EntityType.TALK.name() + '|';
  private static final String CONTACT = EntityType.CONTACT.name() + '|';
  private static final String COMPANY = EntityType.COMPANY.name() + '|';

  private final KafkaSettings kafka;
  private final Duration schemaWait;
  private transient PatientDecoder<CrmEvent> decoder;
  private transient Rejections<RejectReason> rejections;
  private transient Counter ticks;
  private transient PartitionClocks clocks;

  private RouteEvents(KafkaSettings kafka, Duration schemaWait) {
    this.kafka = kafka;
    this.schemaWait = schemaWait;
  }

  static RouteEvents of(KafkaSettings kafka, Duration schemaWait) {
    return new RouteEvents(kafka, schemaWait);
  }

  /**
   * Side outputs: {@link #NEIGHBOURS}, {@link #OF_TALKS}, {@link #TALK_LEADS}, {@link #rejected}.
   * Uid: {@code route-events}.
   */
  public static SingleOutputStreamOperator<EncodedEvent> attach(
      DataStream<RawRecord> raw, KafkaSettings kafka, Duration schemaWait) {
    return raw.process(of(kafka, schemaWait), TypeInformation.of(EncodedEvent.class))
        .uid("route-events")
        .name("route-events")
        .setParallelism(raw.getParallelism());
  }

  /** What is no event. */
  public static DataStream<RecordRejected> rejected(
      SingleOutputStreamOperator<EncodedEvent> operator) {
    return operator.getSideOutput(Rejected.TAG);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    clocks = PartitionClocks.open(context.getOperatorStateStore());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    clocks.store();
  }

  @Override
  public void open(OpenContext context) {
    Counter waits = getRuntimeContext().getMetricGroup().counter("schemaWaits");
    decoder = PatientDecoder.of(kafka, CrmEvent.class, schemaWait, waits::inc);
    rejections = Rejections.register(getRuntimeContext().getMetricGroup(), RejectReason.class);
    ticks = getRuntimeContext().getMetricGroup().counter("ticks");
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<EncodedEvent> out)
      throws InterruptedException {
    long time = clocks.at(record.partition(), record.timestamp());
    if (record.value() == null) {
      reject(record, RejectReason.NO_VALUE, "a tombstone", context);
    } else if (record.key() != null) {
      emit(routed(record, new String(record.key(), StandardCharsets.UTF_8), time), context, out);
    } else {
      withoutKey(record, time, context, out);
    }
  }

  @Override
  public void close() {
    if (decoder != null) {
      decoder.close();
    }
  }

  private void withoutKey(RawRecord record, long time, Context context, Collector<EncodedEvent> out)
      throws InterruptedException {
    try {
      CrmEvent event = decoder.decode(record.value());
      if (event.getKind() == EventKind.TICK) {
        ticks.inc();
      } else {
        emit(routed(record, Subject.of(event).key(), time), context, out);
      }
    } catch (MalformedRecordException e) {
      reject(record, RejectReason.MALFORMED, String.valueOf(e.getMessage()), context);
    }
  }

  /** The key is tenant|account|TYPE|id, and the first two have no bars. */
  private void emit(EncodedEvent event, Context context, Collector<EncodedEvent> out)
      throws InterruptedException {
    String subject = event.subject();
    int type = subject.indexOf('|', subject.indexOf('|') + 1) + 1;
    if (subject.startsWith(CONTACT, type) || subject.startsWith(COMPANY, type)) {
      context.output(NEIGHBOURS, event);
    } else if (subject.startsWith(TALK, type)) {
      context.output(OF_TALKS, event);
    } else {
      tellTalk(event, context);
      out.collect(event);
    }
  }

  private void tellTalk(EncodedEvent event, Context context) throws InterruptedException {
    switch (EncodedKind.of(event.value())) {
      case TALK_OPENED, TALK_UPDATED, MESSAGE_RECEIVED, MESSAGE_SENT -> {
        try {
          TalkLead.toldBy(decoder.decode(event.value()))
              .ifPresent(told -> context.output(TALK_LEADS, told));
        } catch (MalformedRecordException e) {
          // It is rejected where it is decoded to be acted on.
        }
      }
      default -> {}
    }
  }

  private void reject(RawRecord record, RejectReason reason, String detail, Context context) {
    rejections.count(reason);
    context.output(Rejected.TAG, Rejected.of(record, reason, detail, kafka));
  }

  private static EncodedEvent routed(RawRecord record, String subject, long time) {
    return new EncodedEvent(subject, record.value(), time, record.partition(), record.offset());
  }
}
