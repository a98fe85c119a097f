package io.voronka.infra.local.connect;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.connectors.kafka.SchemaPublisher;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Topic {@code alerts.raised}. Connects when it is first used, and again after a failure. */
public final class KafkaAlertLog implements AlertLog {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaAlertLog.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaSettings kafka;
  private final Clock clock;
  private final Duration patience;
  private final RecordCodec<AlertRaised> codec = RecordCodec.of(AlertRaised.class);
  private KafkaConsumer<byte[], byte[]> consumer;
  private Producer<byte[], byte[]> producer;

  /**
   * @param clock its time is the records'
   */
  public KafkaAlertLog(KafkaSettings kafka, Clock clock) {
    this(kafka, clock, PATIENCE);
  }

  /**
   * @param patience how long Kafka may take for anything
   */
  KafkaAlertLog(KafkaSettings kafka, Clock clock, Duration patience) {
    this.kafka = kafka;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public void readNew(Consumer<AlertRaised> to) throws AlertLogException {
    try {
      if (consumer == null) {
        consumer = openConsumer();
      }
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      long deadline = clock.millis() + patience.toMillis();
      while (ends.entrySet().stream().anyMatch(end -> position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          read(record, to);
        }
        if (clock.millis() > deadline) {
          throw new KafkaException("no end within " + patience);
        }
      }
    } catch (KafkaException e) {
      throw new AlertLogException("the alerts cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void write(AlertRaised alert) throws AlertLogException {
    try {
      if (producer == null) {
        producer = openProducer();
      }
      producer
          .send(
              new ProducerRecord<>(
                  topic(),
                  null,
                  clock.millis(),
                  alert.getTenantId().getBytes(StandardCharsets.UTF_8),
                  codec.encode(alert)))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AlertLogException("interrupted while writing an alert", e);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new AlertLogException("the alert cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close();
    }
    if (producer != null) {
      producer.close(patience);
    }
  }

  private long position(TopicPartition partition) {
    return consumer.position(partition, patience);
  }

  private void read(ConsumerRecord<byte[], byte[]> record, Consumer<AlertRaised> to) {
    try {
      to.accept(codec.decode(record.value()));
    } catch (RuntimeException e) {
      // a newer writer's: such alerts are theirs to resolve
      LOG.warn(
          "the alert at {}-{} cannot be read: {}",
          record.partition(),
          record.offset(),
          e.toString());
    }
  }

  private KafkaConsumer<byte[], byte[]> openConsumer() {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
    KafkaConsumer<byte[], byte[]> opened =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      List<TopicPartition> partitions =
          opened.partitionsFor(topic()).stream()
              .map(partition -> new TopicPartition(topic(), partition.partition()))
              .toList();
      opened.assign(partitions);
      opened.seekToBeginning(partitions);
      return opened;
    } catch (KafkaException e) {
      opened.close();
      throw e;
    }
  }

  /** A reader that is older than this build finds the schema before the first record. */
  private Producer<byte[], byte[]> openProducer()
      throws ExecutionException, InterruptedException, TimeoutException {
    Producer<byte[], byte[]> opened = ProducerSettings.hasty(kafka, patience).open();
    try {
      SchemaPublisher.of(kafka)
          .publish(opened, List.of(AlertRaised.class), clock.millis())
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return opened;
    } catch (ExecutionException | InterruptedException | TimeoutException | KafkaException e) {
      opened.close(Duration.ZERO);
      throw e;
    }
  }

  private String topic() {
    return kafka.topic(Topics.ALERTS_RAISED);
  }
}
