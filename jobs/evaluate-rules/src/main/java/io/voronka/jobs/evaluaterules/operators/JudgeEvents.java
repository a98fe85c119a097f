package io.voronka.jobs.evaluaterules.operators;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.PatientDecoder;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.evaluaterules.domain.RejectReason;
import io.voronka.jobs.evaluaterules.domain.RulesInForce;
import io.voronka.jobs.evaluaterules.domain.SeenEvents;
import io.voronka.jobs.evaluaterules.operators.state.SubjectMemory;
import io.voronka.jobs.evaluaterules.operators.state.SubjectStates;
import io.voronka.jobs.kit.ControlGate;
import io.voronka.jobs.kit.Held;
import io.voronka.jobs.kit.RecordTypes;
import io.voronka.jobs.kit.Rejections;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.Decision;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.MalformedRecordException;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.Subject;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Judges each event by the rules in force at its time, on what is known of its subject. One read
 * and one write of state per event; none for a duplicate but the read.
 */
public final class JudgeEvents
    extends KeyedBroadcastProcessFunction<String, EncodedEvent, ControlUpdate, RuleDecided> {
  private static final long serialVersionUID = 1L;

  /** What the rules that fired ask for. */
  public static final OutputTag<ActionRequested> ACTIONS =
      new OutputTag<>("actions", RecordTypes.of(ActionRequested.class));

  /** Gateways' clocks differ a little: sets are kept this long after the clock has passed them. */
  private static final long SLACK_MILLIS = Duration.ofMinutes(10).toMillis();

  private final KafkaSettings kafka;
  private final Duration schemaWait;
  private final Duration subjectLifetime;
  private final ControlGate<EncodedEvent> gate =
      ControlGate.of(TypeInformation.of(EncodedEvent.class), RulesInForce.NEEDED);
  private transient PatientDecoder<CrmEvent> decoder;
  private transient RulesInForce rules;
  private transient ValueState<SubjectMemory> memory;
  private transient MapState<Long, Integer> olderEvents;
  private transient Rejections<RejectReason> rejections;
  private transient JudgeMetrics metrics;

  private JudgeEvents(KafkaSettings kafka, Duration schemaWait, Duration subjectLifetime) {
    this.kafka = kafka;
    this.schemaWait = schemaWait;
    this.subjectLifetime = subjectLifetime;
  }

  static JudgeEvents of(KafkaSettings kafka, Duration schemaWait, Duration subjectLifetime) {
    return new JudgeEvents(kafka, schemaWait, subjectLifetime);
  }

  /**
   * Side outputs: {@link #ACTIONS}, {@link #rejected}. Uid: {@code judge-events}.
   *
   * @param schemaWait how long one attempt waits for a writer's schema before the job restarts
   * @param subjectLifetime how long a subject is remembered after its last event
   */
  public static SingleOutputStreamOperator<RuleDecided> attach(
      DataStream<EncodedEvent> events,
      DataStream<ControlUpdate> control,
      KafkaSettings kafka,
      Duration schemaWait,
      Duration subjectLifetime) {
    return events
        .keyBy(EncodedEvent::subject)
        .connect(ControlGate.broadcast(control))
        .process(
            JudgeEvents.of(kafka, schemaWait, subjectLifetime), RecordTypes.of(RuleDecided.class))
        .uid("judge-events")
        .name("judge-events");
  }

  /** What cannot be judged. */
  public static DataStream<RecordRejected> rejected(
      SingleOutputStreamOperator<RuleDecided> operator) {
    return operator.getSideOutput(Rejected.TAG);
  }

  @Override
  public void open(OpenContext context) {
    gate.open(getRuntimeContext());
    metrics = JudgeMetrics.register(getRuntimeContext().getMetricGroup());
    rejections = Rejections.register(getRuntimeContext().getMetricGroup(), RejectReason.class);
    decoder = PatientDecoder.of(kafka, CrmEvent.class, schemaWait, metrics::waitedForSchema);
    rules = new RulesInForce(gate.control(), DefinitionReader.create(), metrics::quarantined);
    metrics.watch(rules);
    memory = getRuntimeContext().getState(SubjectStates.memory(subjectLifetime));
    olderEvents = getRuntimeContext().getMapState(SubjectStates.olderEvents());
  }

  @Override
  public void processElement(
      EncodedEvent event, ReadOnlyContext context, Collector<RuleDecided> out) throws Exception {
    if (!gate.holds(event, context)) {
      judge(event, context, out);
    }
  }

  @Override
  public void processBroadcastElement(
      ControlUpdate update, Context context, Collector<RuleDecided> out) throws Exception {
    gate.apply(update, context);
    rules.changed(update.table(), update.key(), update.change());
    if (gate.isOpen() && context.currentWatermark() > SLACK_MILLIS) {
      rules.forgetBefore(context.currentWatermark() - SLACK_MILLIS);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RuleDecided> out)
      throws Exception {
    for (Held<EncodedEvent> held : gate.release(timestamp, context)) {
      judge(held.event(), context, out);
    }
  }

  @Override
  public void close() {
    if (decoder != null) {
      decoder.close();
    }
  }

  private void judge(EncodedEvent encoded, ReadOnlyContext context, Collector<RuleDecided> out)
      throws Exception {
    CrmEvent event = decoded(encoded, context);
    if (event == null) {
      return;
    }
    long time = encoded.recordedAt();
    SubjectMemory known = memory.value();
    if (known == null) {
      known = SubjectMemory.EMPTY;
    }
    long id = SeenEvents.fingerprint(event.getId());
    if (seen(known.seen(), id, time)) {
      metrics.duplicate();
      return;
    }
    Decision decision =
        rules
            .at(event.getTenantId(), event.getAccountId(), time)
            .decide(known.subject(), event, Clocks.at(time));
    int expiry = SeenEvents.expiry(time, event.getOccurredAt() != null);
    memory.update(
        new SubjectMemory(decision.state(), known.seen().with(id, expiry, time, olderEvents::put)));
    metrics.judged(decision);
    decision.decided().ifPresent(out::collect);
    for (ActionRequested action : decision.actions()) {
      context.output(ACTIONS, action);
    }
  }

  private boolean seen(SeenEvents recent, long id, long time) throws Exception {
    if (recent.contains(id, time)) {
      return true;
    }
    if (!recent.spilled()) {
      return false;
    }
    Integer expiry = olderEvents.get(id);
    return expiry != null && SeenEvents.alive(expiry, time);
  }

  /** Null when the event has been rejected. */
  private CrmEvent decoded(EncodedEvent encoded, ReadOnlyContext context)
      throws InterruptedException {
    CrmEvent event;
    try {
      event = decoder.decode(encoded.value());
    } catch (MalformedRecordException e) {
      reject(encoded, RejectReason.MALFORMED, String.valueOf(e.getMessage()), context);
      return null;
    }
    if (event.getKind() == EventKind.UNKNOWN || event.getKind() == EventKind.TICK) {
      reject(encoded, RejectReason.UNKNOWN_KIND, "event " + event.getId(), context);
      return null;
    }
    String subject = Subject.of(event).key();
    if (!subject.equals(encoded.subject())) {
      reject(encoded, RejectReason.OTHER_SUBJECT, "the event is about " + subject, context);
      return null;
    }
    return event;
  }

  private void reject(
      EncodedEvent event, RejectReason reason, String detail, ReadOnlyContext context) {
    rejections.count(reason);
    context.output(Rejected.TAG, Rejected.of(event, reason, detail, kafka));
  }
}
