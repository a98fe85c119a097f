package io.voronka.jobs.drivesequences.operators;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.drivesequences.domain.RejectReason;
import io.voronka.jobs.kit.RecordTypes;
import io.voronka.jobs.kit.Rejections;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.util.OutputTag;

/** The way out for records that are not driven by. */
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
      SubjectInput input, RejectReason reason, String detail, KafkaSettings kafka) {
    return new RecordRejected(
        kafka.topic(topic(input.kind())),
        input.partition(),
        input.offset(),
        ByteBuffer.wrap(input.subject().getBytes(StandardCharsets.UTF_8)),
        ByteBuffer.wrap(input.value()),
        Rejections.label(reason),
        detail,
        kafka.application(),
        input.recordedAt());
  }

  private static String topic(SubjectInput.Kind kind) {
    return switch (kind) {
      case EVENT -> Topics.CRM_EVENTS;
      case OUTCOME -> Topics.ACTIONS_COMPLETED;
      case COMMAND -> Topics.COMMANDS_REQUESTED;
    };
  }
}
