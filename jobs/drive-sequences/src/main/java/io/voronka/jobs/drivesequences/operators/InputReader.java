package io.voronka.jobs.drivesequences.operators;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.PatientDecoder;
import io.voronka.jobs.kit.Rejected;
import io.voronka.jobs.kit.Rejections;
import io.voronka.jobs.kit.events.domain.RejectReason;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.MalformedRecordException;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.Subject;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.metrics.MetricGroup;

/** Decodes inputs where they are needed; what is none leaves by the way of rejected records. */
final class InputReader implements AutoCloseable {
  private final KafkaSettings kafka;
  private final PatientDecoder<CrmEvent> events;
  private final PatientDecoder<ActionCompleted> outcomes;
  private final PatientDecoder<CommandRequested> commands;
  private final PatientDecoder<ActionRequested> requests;
  private final Rejections<RejectReason> rejections;
  private final Consumer<RecordRejected> rejected;

  /**
   * @param schemaWait how long one attempt waits for a writer's schema before the job restarts
   */
  InputReader(
      KafkaSettings kafka,
      Duration schemaWait,
      MetricGroup metrics,
      Consumer<RecordRejected> rejected) {
    Runnable waits = metrics.counter("schemaWaits")::inc;
    this.kafka = kafka;
    this.events = PatientDecoder.of(kafka, CrmEvent.class, schemaWait, waits);
    this.outcomes = PatientDecoder.of(kafka, ActionCompleted.class, schemaWait, waits);
    this.commands = PatientDecoder.of(kafka, CommandRequested.class, schemaWait, waits);
    this.requests = PatientDecoder.of(kafka, ActionRequested.class, schemaWait, waits);
    this.rejections = Rejections.register(metrics, RejectReason.class);
    this.rejected = rejected;
  }

  /** Null when it has been rejected. */
  CrmEvent event(SubjectInput input) throws InterruptedException {
    CrmEvent event = decoded(events, input);
    if (event == null) {
      return null;
    }
    if (event.getKind() == EventKind.UNKNOWN || event.getKind() == EventKind.TICK) {
      return reject(input, RejectReason.UNKNOWN_KIND, "event " + event.getId());
    }
    return of(event, Subject.of(event).key(), input);
  }

  /** Null when it has been rejected. */
  ActionCompleted outcome(SubjectInput input) throws InterruptedException {
    return decoded(outcomes, input);
  }

  /** Null when it has been rejected. */
  ActionRequested request(SubjectInput input) throws InterruptedException {
    return decoded(requests, input);
  }

  /** Null when it has been rejected. */
  CommandRequested command(SubjectInput input) throws InterruptedException {
    CommandRequested command = decoded(commands, input);
    if (command == null) {
      return null;
    }
    if (command.getKind() == CommandKind.UNKNOWN) {
      return reject(input, RejectReason.UNKNOWN_KIND, "command " + command.getCommandId());
    }
    return of(command, Subject.of(command).key(), input);
  }

  @Override
  public void close() {
    events.close();
    outcomes.close();
    commands.close();
    requests.close();
  }

  private <T extends SpecificRecordBase> T decoded(PatientDecoder<T> decoder, SubjectInput input)
      throws InterruptedException {
    try {
      return decoder.decode(input.value());
    } catch (MalformedRecordException e) {
      return reject(input, RejectReason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private <T> T of(T record, String subject, SubjectInput input) {
    return subject.equals(input.subject())
        ? record
        : reject(input, RejectReason.OTHER_SUBJECT, "the record is about " + subject);
  }

  private <T> T reject(SubjectInput input, RejectReason reason, String detail) {
    rejections.count(reason);
    rejected.accept(Rejected.of(input.raw(kafka), reason, detail, kafka));
    return null;
  }
}
