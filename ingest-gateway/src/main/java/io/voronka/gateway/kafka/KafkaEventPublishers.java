package io.voronka.gateway.kafka;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.connectors.kafka.SchemaPublisher;
import io.voronka.gateway.deliver.EventPublisher;
import io.voronka.gateway.deliver.EventPublishers;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Topics;
import io.voronka.schemas.WebhookReceived;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Opens producers that wait for all in-sync replicas, keep the order within a partition, and never
 * block a sender: what cannot be buffered, or has no known partition, fails at once. How long to
 * wait for an acknowledgement is for the outbox to decide; the producer itself would try for longer
 * than anybody waits.
 */
public final class KafkaEventPublishers implements EventPublishers {
  private static final List<String> TOPICS =
      List.of(
          Topics.WEBHOOKS_RECEIVED,
          Topics.CRM_EVENTS,
          Topics.ALERTS_RAISED,
          Topics.OPT_OUTS_HEARD,
          Topics.SCHEMAS_PUBLISHED);
  private static final List<Class<? extends SpecificRecordBase>> WRITTEN =
      List.of(WebhookReceived.class, CrmEvent.class, AlertRaised.class, ControlChange.class);
  private static final Duration DELIVERY = Duration.ofSeconds(10);
  private static final long BUFFER_BYTES = 64L << 20;
  private static final long POLL_MILLIS = 20;

  private final KafkaSettings kafka;
  private final Map<String, Object> config;
  private final Duration patience;
  private final Clock clock;

  /**
   * @param linger how long a batch waits for company
   * @param compression as Kafka names it
   * @param patience how long one attempt to reach Kafka may take
   */
  public KafkaEventPublishers(
      KafkaSettings kafka, Duration linger, String compression, Duration patience, Clock clock) {
    this.kafka = kafka;
    this.config = config(kafka, linger, compression);
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public EventPublisher open() throws LogUnavailableException, InterruptedException {
    Producer<byte[], byte[]> producer = null;
    try {
      producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
      for (String topic : TOPICS) {
        awaitPartitions(producer, kafka.topic(topic));
      }
      // Before the first record: a reader that is older than this build finds the schemas there.
      SchemaPublisher.of(kafka)
          .publish(producer, WRITTEN, clock.millis())
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new KafkaEventPublisher(producer, kafka);
    } catch (ExecutionException | java.util.concurrent.TimeoutException | KafkaException e) {
      close(producer);
      throw new LogUnavailableException(e.toString(), e);
    } catch (LogUnavailableException | InterruptedException | RuntimeException e) {
      close(producer);
      throw e;
    }
  }

  private void awaitPartitions(Producer<?, ?> producer, String topic)
      throws LogUnavailableException, InterruptedException {
    for (long left = patience.toMillis(); ; left -= POLL_MILLIS) {
      try {
        producer.partitionsFor(topic);
        return;
      } catch (TimeoutException e) {
        if (left <= 0) {
          throw new LogUnavailableException("no metadata of " + topic, e);
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }

  private static void close(Producer<?, ?> producer) {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
  }

  private static Map<String, Object> config(
      KafkaSettings kafka, Duration linger, String compression) {
    ProducerSettings settings =
        ProducerSettings.hasty(kafka, DELIVERY)
            .withLinger(linger)
            .withMaxBlock(Duration.ZERO)
            .withBufferBytes(BUFFER_BYTES);
    Map<String, Object> config = new HashMap<>(settings.config());
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    config.put(ProducerConfig.CLIENT_ID_CONFIG, kafka.application() + "-producer");
    config.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, "20");
    config.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, "200");
    config.put(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, "20");
    config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "200");
    config.put(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, "1000");
    config.put(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, "2000");
    // A topic that nobody wrote to for a while must not cost the next webhook a look-up.
    config.put(
        ProducerConfig.METADATA_MAX_IDLE_CONFIG, String.valueOf(Duration.ofDays(30).toMillis()));
    config.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
    return config;
  }
}
