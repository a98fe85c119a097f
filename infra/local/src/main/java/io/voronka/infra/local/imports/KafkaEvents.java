package io.voronka.infra.local.imports;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.connectors.kafka.SchemaPublisher;
import io.voronka.infra.local.imports.ImportException.Reason;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Topic {@code crm.events}. The timestamp is the clock of publishing and not the vendor's time: the
 * log is the clock of all timers, and must not be set back.
 */
final class KafkaEvents implements EventSink, AutoCloseable {
  private final KafkaSettings kafka;
  private final Clock clock;
  private final Producer<byte[], byte[]> producer;
  private final RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);
  private boolean schemaPublished;

  KafkaEvents(KafkaSettings kafka, Clock clock) {
    this.kafka = kafka;
    this.clock = clock;
    this.producer = ProducerSettings.patient(kafka).open();
  }

  @Override
  public void publish(List<CrmEvent> events) {
    try {
      if (!schemaPublished) {
        SchemaPublisher.of(kafka).publish(producer, List.of(CrmEvent.class), clock.millis()).get();
        schemaPublished = true;
      }
      List<Future<?>> acknowledged = new ArrayList<>(events.size());
      for (CrmEvent event : events) {
        acknowledged.add(
            producer.send(
                new ProducerRecord<>(
                    kafka.topic(Topics.CRM_EVENTS),
                    null,
                    event.getReceivedAt(),
                    Subject.of(event).key().getBytes(StandardCharsets.UTF_8),
                    codec.encode(event))));
      }
      for (Future<?> one : acknowledged) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImportException(Reason.INTERRUPTED, "stopped while writing to Kafka");
    } catch (ExecutionException e) {
      throw unavailable(e.getCause());
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void close() {
    // An interrupted thread cannot wait for the producer's own to end, and it must end.
    boolean interrupted = Thread.interrupted();
    try {
      producer.close();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private ImportException unavailable(Throwable cause) {
    return new ImportException(
        Reason.KAFKA_UNAVAILABLE,
        "%s at %s did not take the events (%s); start the import again, it goes on from here"
            .formatted(
                kafka.topic(Topics.CRM_EVENTS), kafka.bootstrapServers(), cause.getMessage()),
        cause);
  }
}
