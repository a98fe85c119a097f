package io.voronka.infra.local.bench.rules;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.infra.local.bench.ControlWriter;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Fills a cell's topics with control rows and with events that wait to be judged. */
final class Backlog {
  private final KafkaSettings kafka;

  Backlog(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** What is written: one tenant's rules and events, or those of several. */
  interface Content {
    /**
     * @param effectiveAt of the rule sets, epoch milliseconds
     */
    List<ControlChange> rows(long effectiveAt);

    /**
     * @param at when the gateway got it, epoch milliseconds
     */
    CrmEvent event(long number, long at);
  }

  /**
   * Writes everything; one event a millisecond, the last one now.
   *
   * @param now epoch milliseconds
   * @throws IllegalStateException when Kafka does not take it
   */
  void write(Content content, int events, long now) {
    long start = now - events;
    ControlWriter.write(kafka, start - 1, content.rows(start - 1));
    AtomicReference<Exception> failure = new AtomicReference<>();
    Callback callback =
        (metadata, problem) -> {
          if (problem != null) {
            failure.compareAndSet(null, problem);
          }
        };
    ProducerSettings settings =
        ProducerSettings.patient(kafka)
            .withLinger(Duration.ofMillis(20))
            .withBufferBytes(32L << 20);
    try (Producer<byte[], byte[]> producer = settings.open()) {
      RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);
      for (int i = 0; i < events && failure.get() == null; i++) {
        CrmEvent event = content.event(i, start + i);
        byte[] key = Subject.of(event).key().getBytes(StandardCharsets.UTF_8);
        send(producer, null, start + i, key, codec.encode(event), callback);
      }
      byte[] tick = codec.encode(RuleWorkload.tick(now + 1_000));
      for (int part = 0; part < Topics.named(Topics.CRM_EVENTS).partitions(); part++) {
        send(producer, part, now + 1_000, null, tick, callback);
      }
      producer.flush();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka does not take the events", failure.get());
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback says the same
  private void send(
      Producer<byte[], byte[]> producer,
      Integer partition,
      long time,
      byte[] key,
      byte[] value,
      Callback callback) {
    producer.send(
        new ProducerRecord<>(kafka.topic(Topics.CRM_EVENTS), partition, time, key, value),
        callback);
  }
}
