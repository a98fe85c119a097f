package io.voronka.jobs.drivesequences.operators;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.PatientDecoder;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.kit.Rejected;
import io.voronka.jobs.kit.Rejections;
import io.voronka.jobs.kit.events.EncodedEvent;
import io.voronka.jobs.kit.events.LeadEvents;
import io.voronka.jobs.kit.events.SendOn;
import io.voronka.jobs.kit.events.domain.RejectReason;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.MalformedRecordException;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells whom a record is about. Commands have their subject for a key, and are not decoded for it;
 * requests and outcomes are keyed by where the action goes. Sequences' own requests end here, and
 * outcomes of what rules asked for.
 */
public final class RouteInputs extends ProcessFunction<RawRecord, SubjectInput> {
  private static final long serialVersionUID = 1L;

  private final SubjectInput.Kind kind;
  private final KafkaSettings kafka;
  private final Duration schemaWait;
  private transient PatientDecoder<ActionCompleted> outcomes;
  private transient PatientDecoder<ActionRequested> requests;
  private transient Rejections<RejectReason> rejections;
  private transient Counter passedOver;

  RouteInputs(SubjectInput.Kind kind, KafkaSettings kafka, Duration schemaWait) {
    this.kind = kind;
    this.kafka = kafka;
    this.schemaWait = schemaWait;
  }

  /**
   * Side output: {@link #rejected}.
   *
   * @param uid of the operator
   */
  public static SingleOutputStreamOperator<SubjectInput> attach(
      DataStream<RawRecord> raw,
      SubjectInput.Kind kind,
      String uid,
      KafkaSettings kafka,
      Duration schemaWait) {
    return raw.process(
            new RouteInputs(kind, kafka, schemaWait), TypeInformation.of(SubjectInput.class))
        .uid(uid)
        .name(uid)
        .setParallelism(raw.getParallelism());
  }

  /**
   * Events, which have found their subjects already. Uids: {@code take-events}, {@code
   * take-neighbours-events}, {@code take-talks-events}.
   */
  public static DataStream<SubjectInput> events(LeadEvents events) {
    return taken(events.own(), "take-events")
        .union(
            taken(events.ofNeighbours(), "take-neighbours-events").setBufferTimeout(SendOn.AT_ONCE),
            taken(events.ofTalks(), "take-talks-events").setBufferTimeout(SendOn.AT_ONCE));
  }

  private static SingleOutputStreamOperator<SubjectInput> taken(
      SingleOutputStreamOperator<EncodedEvent> events, String uid) {
    return events
        .map(SubjectInput::of, TypeInformation.of(SubjectInput.class))
        .uid(uid)
        .name(uid)
        .setParallelism(events.getParallelism());
  }

  /** What nobody can be told for. */
  public static DataStream<RecordRejected> rejected(
      SingleOutputStreamOperator<SubjectInput> operator) {
    return operator.getSideOutput(Rejected.TAG);
  }

  @Override
  public void open(OpenContext context) {
    Counter waits = getRuntimeContext().getMetricGroup().counter("schemaWaits");
    outcomes = PatientDecoder.of(kafka, ActionCompleted.class, schemaWait, waits::inc);
    requests = PatientDecoder.of(kafka, ActionRequested.class, schemaWait, waits::inc);
    rejections = Rejections.register(getRuntimeContext().getMetricGroup(), RejectReason.class);
    passedOver = getRuntimeContext().getMetricGroup().counter("passedOver");
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<SubjectInput> out)
      throws InterruptedException {
    if (record.value() == null) {
      reject(record, RejectReason.NO_VALUE, "a tombstone", context);
    } else if (kind == SubjectInput.Kind.OUTCOME || kind == SubjectInput.Kind.REQUEST) {
      decoded(record, context, out);
    } else if (record.key() != null) {
      out.collect(input(record, new String(record.key(), StandardCharsets.UTF_8)));
    } else {
      passedOver.inc();
    }
  }

  @Override
  public void close() {
    if (requests != null) {
      outcomes.close();
      requests.close();
    }
  }

  private void decoded(RawRecord record, Context context, Collector<SubjectInput> out)
      throws InterruptedException {
    try {
      String subject =
          kind == SubjectInput.Kind.OUTCOME
              ? ofStep(outcomes.decode(record.value()))
              : ofRule(requests.decode(record.value()));
      if (subject == null) {
        passedOver.inc();
      } else {
        out.collect(input(record, subject));
      }
    } catch (MalformedRecordException e) {
      reject(record, RejectReason.MALFORMED, String.valueOf(e.getMessage()), context);
    }
  }

  private static String ofStep(ActionCompleted completed) {
    return completed.getStep() == null ? null : Subject.of(completed).key();
  }

  private static String ofRule(ActionRequested requested) {
    return requested.getStep() == null ? Subject.of(requested).key() : null;
  }

  private SubjectInput input(RawRecord record, String subject) {
    return new SubjectInput(
        kind, subject, record.value(), record.timestamp(), record.partition(), record.offset());
  }

  private void reject(RawRecord record, RejectReason reason, String detail, Context context) {
    rejections.count(reason);
    context.output(Rejected.TAG, Rejected.of(record, reason, detail, kafka));
  }
}
