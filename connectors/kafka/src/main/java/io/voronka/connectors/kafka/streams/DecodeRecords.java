package io.voronka.connectors.kafka.streams;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.PatientDecoder;
import io.voronka.schemas.MalformedRecordException;
import io.voronka.schemas.RecordRejected;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Decodes the raw records that are wanted. What is malformed leaves by {@link #REJECTED}. A
 * writer's schema that nobody has published yet holds the stream up: first here, then, when that
 * takes too long, by a restart that comes back to the same record.
 */
final class DecodeRecords<T extends SpecificRecordBase> extends ProcessFunction<RawRecord, T> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<RecordRejected> REJECTED =
      new OutputTag<>("rejected", new AvroTypeInfo<>(RecordRejected.class));

  private final KafkaSettings kafka;
  private final Class<T> type;
  private final Duration schemaWait;
  private final Wanted wanted;
  private transient PatientDecoder<T> decoder;
  private transient Map<RejectReason, Counter> rejected;
  private transient Counter passedOver;

  private DecodeRecords(ReadSettings<T> settings) {
    this.kafka = settings.kafka();
    this.type = settings.type();
    this.schemaWait = settings.schemaWait();
    this.wanted = settings.wanted();
  }

  /**
   * @param uid also the name of the step
   */
  static <T extends SpecificRecordBase> Decoded<T> attach(
      DataStream<RawRecord> raw, ReadSettings<T> settings, String uid) {
    SingleOutputStreamOperator<T> records =
        raw.process(new DecodeRecords<>(settings), new AvroTypeInfo<>(settings.type()))
            .uid(uid)
            .name(uid)
            .setParallelism(raw.getParallelism());
    return new Decoded<>(records, records.getSideOutput(REJECTED));
  }

  @Override
  public void open(OpenContext context) {
    Counter waits = getRuntimeContext().getMetricGroup().counter("schemaWaits");
    decoder = PatientDecoder.of(kafka, type, schemaWait, waits::inc);
    passedOver = getRuntimeContext().getMetricGroup().counter("passedOver");
    rejected = new EnumMap<>(RejectReason.class);
    for (RejectReason reason : RejectReason.values()) {
      rejected.put(
          reason,
          getRuntimeContext()
              .getMetricGroup()
              .addGroup("reason", reason.label())
              .counter("rejected"));
    }
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<T> out)
      throws InterruptedException {
    if (record.value() == null) {
      reject(record, RejectReason.NO_VALUE, "a tombstone", context);
      return;
    }
    if (!wanted.test(record.value())) {
      passedOver.inc();
      return;
    }
    T decoded;
    try {
      decoded = decoder.decode(record.value());
    } catch (MalformedRecordException e) {
      reject(record, RejectReason.MALFORMED, describe(e), context);
      return;
    }
    out.collect(decoded);
  }

  @Override
  public void close() {
    if (decoder != null) {
      decoder.close();
    }
  }

  private void reject(RawRecord record, RejectReason reason, String detail, Context context) {
    rejected.get(reason).inc();
    context.output(REJECTED, rejection(record, reason, detail, kafka.application()));
  }

  static RecordRejected rejection(
      RawRecord record, RejectReason reason, String detail, String rejectedBy) {
    return RecordRejected.newBuilder()
        .setTopic(record.topic())
        .setPartition(record.partition())
        .setOffset(record.offset())
        .setKey(record.key() == null ? null : ByteBuffer.wrap(record.key()))
        .setValue(record.value() == null ? null : ByteBuffer.wrap(record.value()))
        .setReason(reason.label())
        .setDetail(detail)
        .setRejectedBy(rejectedBy)
        .setRecordedAt(record.timestamp())
        .build();
  }

  private static String describe(MalformedRecordException e) {
    return e.getCause() == null ? e.getMessage() : e.getMessage() + ": " + e.getCause();
  }
}
