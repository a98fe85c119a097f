package io.voronka.jobs.drivesequences.operators;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.kit.SubjectStep;
import io.voronka.jobs.kit.events.EncodedEvent;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;

/**
 * What happens to a subject, still as it was on its topic: decoded once, where it is driven by, and
 * its bytes are there should it be rejected.
 *
 * @param subject key of the subject
 * @param recordedAt Kafka's timestamp, epoch milliseconds; with events, the newest of their
 *     partition so far
 */
public record SubjectInput(
    Kind kind, String subject, byte[] value, long recordedAt, int partition, long offset)
    implements SubjectStep.Input {

  /** Where it comes from. */
  public enum Kind {
    /** crm.events. */
    EVENT,
    /** actions.completed, those that a sequence asked for. */
    OUTCOME,
    /** commands.requested. */
    COMMAND,
    /** actions.requested, those that a rule asked for. */
    REQUEST
  }

  static SubjectInput of(EncodedEvent event) {
    return new SubjectInput(
        Kind.EVENT,
        event.subject(),
        event.value(),
        event.recordedAt(),
        event.partition(),
        event.offset());
  }

  /** As it was on its topic. */
  RawRecord raw(KafkaSettings kafka) {
    String topic =
        switch (kind) {
          case EVENT -> Topics.CRM_EVENTS;
          case OUTCOME -> Topics.ACTIONS_COMPLETED;
          case COMMAND -> Topics.COMMANDS_REQUESTED;
          case REQUEST -> Topics.ACTIONS_REQUESTED;
        };
    byte[] key = subject.getBytes(StandardCharsets.UTF_8);
    return new RawRecord(kafka.topic(topic), partition, offset, recordedAt, key, value);
  }
}
