package io.voronka.jobs.capturecontrol.topics;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.PatientDecoder;
import io.voronka.jobs.capturecontrol.domain.PublishedControl;
import io.voronka.jobs.capturecontrol.operators.PublishedControlReader;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.MalformedRecordException;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the control topics of a cell once, from beginning to end. */
public record ControlTopicsAtStart(KafkaSettings kafka) implements PublishedControlReader {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ControlTopicsAtStart.class);
  private static final Duration SCHEMA_WAIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);

  /**
   * @throws org.apache.kafka.common.KafkaException when Kafka does not answer within a minute
   */
  @Override
  public PublishedControl read() throws InterruptedException {
    Map<TopicPartition, ControlTable> tables = new HashMap<>();
    for (ControlTable table : ControlSnapshot.CAPTURED) {
      tables.put(new TopicPartition(kafka.topic(Topics.of(table)), 0), table);
    }
    PublishedControl published = new PublishedControl();
    try (Consumer<byte[], byte[]> consumer = open();
        PatientDecoder<ControlChange> decoder =
            PatientDecoder.of(kafka, ControlChange.class, SCHEMA_WAIT, () -> {})) {
      consumer.assign(tables.keySet());
      consumer.seekToBeginning(tables.keySet());
      Map<TopicPartition, Long> ends = consumer.endOffsets(tables.keySet());
      while (tables.keySet().stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          TopicPartition at = new TopicPartition(record.topic(), record.partition());
          take(published, tables.get(at), record, decoder);
        }
      }
    }
    return published;
  }

  private static void take(
      PublishedControl published,
      ControlTable table,
      ConsumerRecord<byte[], byte[]> record,
      PatientDecoder<ControlChange> decoder)
      throws InterruptedException {
    if (record.key() == null) {
      // Compaction would not take it either; nobody can mean it.
      LOG.error("{} offset {} has no key", record.topic(), record.offset());
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    try {
      ControlChange change = record.value() == null ? null : decoder.decode(record.value());
      published.read(table, key, change);
    } catch (MalformedRecordException e) {
      LOG.error("{} offset {} is unreadable and is replaced", record.topic(), record.offset(), e);
      published.readUnreadable(table, key);
    }
  }

  private Consumer<byte[], byte[]> open() {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, kafka.application() + "-topics-at-start");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
