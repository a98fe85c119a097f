package io.voronka.jobs.evaluaterules.operators;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.evaluaterules.domain.RejectReason;
import io.voronka.jobs.kit.RecordTypes;
import io.voronka.jobs.kit.Rejections;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.util.OutputTag;

/** The way out for records that are not judged. */
final class Rejected {
  static final OutputTag<RecordRejected> TAG =
      new OutputTag<>("rejected", RecordTypes.of(RecordRejected.class));

  private Rejected() {}

  static RecordRejected of(
      RawRecord record, RejectReason reason, String detail, KafkaSettings kafka) {
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

  static RecordRejected of(
      EncodedEvent event, RejectReason reason, String detail, KafkaSettings kafka) {
    return new RecordRejected(
        kafka.topic(Topics.CRM_EVENTS),
        event.partition(),
        event.offset(),
        ByteBuffer.wrap(event.subject().getBytes(StandardCharsets.UTF_8)),
        ByteBuffer.wrap(event.value()),
        Rejections.label(reason),
        detail,
        kafka.application(),
        event.recordedAt());
  }
}
