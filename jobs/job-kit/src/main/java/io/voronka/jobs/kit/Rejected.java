package io.voronka.jobs.kit;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.schemas.RecordRejected;
import java.nio.ByteBuffer;
import org.apache.flink.util.OutputTag;

/** The way out for records that a job can do nothing with. */
public final class Rejected {
  /** Side output of every operator that rejects. */
  public static final OutputTag<RecordRejected> TAG =
      new OutputTag<>("rejected", RecordTypes.of(RecordRejected.class));

  private Rejected() {}

  /** The record with its bytes, why it is rejected, and by which application. */
  public static RecordRejected of(
      RawRecord record, Enum<?> reason, String detail, KafkaSettings kafka) {
    return new RecordRejected(
        record.topic(),
        record.partition(),
        record.offset(),
        record.key() == null ? null : ByteBuffer.wrap(record.key()),
        record.value() == null ? null : ByteBuffer.wrap(record.value()),
        Rejections.label(reason),
        detail,
        kafka.application(),
        record.timestamp());
  }
}
