package io.voronka.infra.local.bench.timers;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes crm.events as a gateway does: at the present time, with ticks in every partition. */
final class LivingLog implements AutoCloseable {
  /** A gateway's. */
  private static final Duration TICK = Duration.ofMillis(250);

  private final Clock clock;
  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final RecordCodec<CrmEvent> events = RecordCodec.of(CrmEvent.class);
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Callback callback =
      (metadata, problem) -> {
        if (problem != null) {
          failure.compareAndSet(null, problem);
        }
      };
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(run -> new Thread(run, "ticks"));

  private LivingLog(KafkaSettings kafka, Clock clock) {
    this.clock = clock;
    this.topic = kafka.topic(Topics.CRM_EVENTS);
    this.producer = ProducerSettings.patient(kafka).withLinger(Duration.ofMillis(5)).open();
  }

  /** Ticks from now on, until it is closed. */
  static LivingLog open(KafkaSettings kafka, Clock clock) {
    LivingLog log = new LivingLog(kafka, clock);
    RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);
    log.tickSoon(codec);
    return log;
  }

  /**
   * Lets all leads of a wave begin to wait; returns when Kafka has the events.
   *
   * @throws IllegalStateException when it does not take them
   */
  void arm(Waits waits, Wave wave) {
    for (int lead = wave.first(); lead < wave.next() && failure.get() == null; lead++) {
      long now = clock.millis();
      CrmEvent event = waits.arming(wave, lead, now);
      send(
          null,
          now,
          Subject.of(event).key().getBytes(StandardCharsets.UTF_8),
          events.encode(event));
    }
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka does not take the events", failure.get());
    }
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    producer.close();
  }

  /** Just after each whole period, as gateways do. */
  @SuppressWarnings("FutureReturnValueIgnored") // a failure shows in the callback
  private void tickSoon(RecordCodec<CrmEvent> codec) {
    long period = TICK.toMillis();
    ticks.schedule(
        () -> {
          tick(codec);
          tickSoon(codec);
        },
        period - Math.floorMod(clock.millis() - 1, period),
        TimeUnit.MILLISECONDS);
  }

  private void tick(RecordCodec<CrmEvent> codec) {
    long now = clock.millis();
    byte[] tick =
        codec.encode(
            CrmEvent.newBuilder()
                .setId("tick-" + now)
                .setKind(EventKind.TICK)
                .setReceivedAt(now)
                .setGatewayId("bench")
                .build());
    for (int part = 0; part < Topics.named(Topics.CRM_EVENTS).partitions(); part++) {
      send(part, now, null, tick);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback says the same
  private void send(Integer partition, long time, byte[] key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, partition, time, key, value), callback);
  }
}
