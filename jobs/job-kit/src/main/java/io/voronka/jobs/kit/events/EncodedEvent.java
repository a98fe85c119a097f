package io.voronka.jobs.kit.events;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.kit.SubjectStep;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;

/**
 * An event on its way to the operator of its subject, still as it was on the topic: it is decoded
 * once, where it is acted on, and its bytes are there should it be rejected.
 *
 * @param subject key of the subject, the record's Kafka key
 * @param recordedAt the log's time, epoch milliseconds: the newest Kafka timestamp of its partition
 *     so far, its own included
 */
public record EncodedEvent(
    String subject, byte[] value, long recordedAt, int partition, long offset)
    implements SubjectStep.Input {

  /** The same record, telling of another subject or more than it did. */
  EncodedEvent telling(CrmEvent event, RecordCodec<CrmEvent> codec) {
    return new EncodedEvent(
        Subject.of(event).key(), codec.encode(event), recordedAt, partition, offset);
  }

  /** As it was on its topic, but for the time. */
  RawRecord raw(KafkaSettings kafka) {
    byte[] key = subject.getBytes(StandardCharsets.UTF_8);
    return new RawRecord(kafka.topic(Topics.CRM_EVENTS), partition, offset, recordedAt, key, value);
  }
}
