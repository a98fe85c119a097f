package io.voronka.connectors.kafka;

import io.voronka.schemas.MalformedRecordException;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.SchemaDirectory;
import io.voronka.schemas.SchemaPublished;
import io.voronka.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas on {@code schemas.published}. Nothing is read until a fingerprint is asked for that
 * is not yet known; then the topic is read from where it was left to its present end. A Kafka that
 * does not answer counts as "not found yet". One instance belongs to one thread.
 */
public final class PublishedSchemas implements SchemaDirectory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedSchemas.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CLOSE = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaSettings kafka;
  private final Map<Long, Schema> known = new HashMap<>();
  private final RecordCodec<SchemaPublished> codec = RecordCodec.of(SchemaPublished.class);
  private Consumer<byte[], byte[]> consumer;

  private PublishedSchemas(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  public static PublishedSchemas of(KafkaSettings kafka) {
    return new PublishedSchemas(kafka);
  }

  @Override
  public Optional<Schema> find(long fingerprint) {
    if (!known.containsKey(fingerprint)) {
      try {
        readToEnd();
      } catch (KafkaException e) {
        LOG.warn("schemas.published cannot be read now", e);
        close();
      }
    }
    return Optional.ofNullable(known.get(fingerprint));
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close(CloseOptions.timeout(CLOSE));
      consumer = null;
    }
  }

  private void readToEnd() {
    TopicPartition partition = new TopicPartition(kafka.topic(Topics.SCHEMAS_PUBLISHED), 0);
    if (consumer == null) {
      consumer = open();
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
    }
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    while (consumer.position(partition) < end) {
      consumer.poll(POLL).forEach(this::learn);
    }
  }

  private void learn(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      SchemaPublished published = codec.decode(record.value());
      known.put(published.getFingerprint(), new Schema.Parser().parse(published.getJson()));
    } catch (MalformedRecordException | SchemaParseException e) {
      // It can only be missed by somebody who asks for it, and that reader waits and says so.
      LOG.error("schemas.published holds an unreadable record at offset {}", record.offset(), e);
    }
  }

  private Consumer<byte[], byte[]> open() {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, kafka.application() + "-schemas");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
