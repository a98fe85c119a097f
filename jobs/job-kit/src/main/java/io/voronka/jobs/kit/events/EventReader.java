package io.voronka.jobs.kit.events;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.PatientDecoder;
import io.voronka.jobs.kit.Rejected;
import io.voronka.jobs.kit.Rejections;
import io.voronka.jobs.kit.events.domain.RejectReason;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.MalformedRecordException;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.Subject;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.flink.metrics.MetricGroup;

/** Decodes events where they are needed; what is none leaves by the way of rejected records. */
public final class EventReader implements AutoCloseable {
  private final KafkaSettings kafka;
  private final PatientDecoder<CrmEvent> decoder;
  private final Rejections<RejectReason> rejections;
  private final Consumer<RecordRejected> rejected;

  private EventReader(
      KafkaSettings kafka,
      PatientDecoder<CrmEvent> decoder,
      Rejections<RejectReason> rejections,
      Consumer<RecordRejected> rejected) {
    this.kafka = kafka;
    this.decoder = decoder;
    this.rejections = rejections;
    this.rejected = rejected;
  }

  /**
   * @param schemaWait how long one attempt waits for a writer's schema before the job restarts
   */
  public static EventReader open(
      KafkaSettings kafka,
      Duration schemaWait,
      MetricGroup metrics,
      Consumer<RecordRejected> rejected) {
    PatientDecoder<CrmEvent> decoder =
        PatientDecoder.of(kafka, CrmEvent.class, schemaWait, metrics.counter("schemaWaits")::inc);
    return new EventReader(
        kafka, decoder, Rejections.register(metrics, RejectReason.class), rejected);
  }

  /** Null when the event has been rejected. */
  public CrmEvent read(EncodedEvent encoded) throws InterruptedException {
    CrmEvent event;
    try {
      event = decoder.decode(encoded.value());
    } catch (MalformedRecordException e) {
      return reject(encoded, RejectReason.MALFORMED, String.valueOf(e.getMessage()));
    }
    if (event.getKind() == EventKind.UNKNOWN || event.getKind() == EventKind.TICK) {
      return reject(encoded, RejectReason.UNKNOWN_KIND, "event " + event.getId());
    }
    String subject = Subject.of(event).key();
    return subject.equals(encoded.subject())
        ? event
        : reject(encoded, RejectReason.OTHER_SUBJECT, "the event is about " + subject);
  }

  @Override
  public void close() {
    decoder.close();
  }

  private CrmEvent reject(EncodedEvent event, RejectReason reason, String detail) {
    rejections.count(reason);
    rejected.accept(Rejected.of(event.raw(kafka), reason, detail, kafka));
    return null;
  }
}
