package io.voronka.connectors.kafka.control;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.PatientDecoder;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.MalformedRecordException;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads control topics from their beginning and goes on reading. Kafka may be away at
 * the start or later: the reader keeps trying and goes on where it was. Every start reads
 * everything again; the topics are compacted and small.
 *
 * <p>What the topics hold when reading begins is delivered at once, and without the markers that
 * later ones replace: a copy that was whole in the past says nothing of the rows behind it. Tables
 * without markers come first of all, so that a copy that is whole has them too.
 */
public final class ControlTopicReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlTopicReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration SCHEMA_WAIT = Duration.ofSeconds(10);
  private static final Duration CLOSE = Duration.ofSeconds(1);
  private static final long RETRY_MS = 500;

  private final KafkaSettings kafka;
  private final ControlListener listener;
  private final ControlSnapshot snapshot;
  private final Map<TopicPartition, ControlTable> tables = new HashMap<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Thread thread;

  /** What was read before the end was reached for the first time; null from then on. */
  private List<ControlUpdate> past = new ArrayList<>();

  private volatile boolean closed;
  private volatile boolean ready;

  private ControlTopicReader(
      KafkaSettings kafka, Set<ControlTable> needed, ControlListener listener) {
    this.kafka = kafka;
    this.listener = listener;
    this.snapshot = new ControlSnapshot(needed);
    for (ControlTable table : EnumSet.copyOf(needed)) {
      tables.put(new TopicPartition(kafka.topic(Topics.of(table)), 0), table);
    }
    this.thread = new Thread(this::run, kafka.application() + "-control-reader");
    thread.setDaemon(true);
  }

  /**
   * Starts reading; returns at once.
   *
   * @param needed tables to read; the copy is ready when all of these are whole
   */
  public static ControlTopicReader start(
      KafkaSettings kafka, Set<ControlTable> needed, ControlListener listener) {
    ControlTopicReader reader = new ControlTopicReader(kafka, needed, listener);
    reader.thread.start();
    return reader;
  }

  /** True from the first complete copy on; the listener has been called with it by then. */
  public boolean ready() {
    return ready;
  }

  /** Stops the thread and waits for it, at most five seconds. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try (PatientDecoder<ControlChange> decoder =
          PatientDecoder.of(kafka, ControlChange.class, SCHEMA_WAIT, () -> {})) {
        read(decoder);
      } catch (InterruptedException | InterruptException e) {
        if (!closed) {
          LOG.warn("the control reader was interrupted, and goes on", e);
        }
      } catch (RuntimeException e) {
        LOG.error("the control topics cannot be read now; trying again", e);
        pause();
      }
    }
  }

  private void read(PatientDecoder<ControlChange> decoder) throws InterruptedException {
    Consumer<byte[], byte[]> consumer = open();
    try {
      consumer.assign(tables.keySet());
      for (TopicPartition partition : tables.keySet()) {
        consumer.seek(partition, positions.getOrDefault(partition, 0L));
      }
      while (!closed) {
        take(consumer.poll(POLL), decoder);
        if (past != null && atEnd(consumer)) {
          List<ControlUpdate> present = unmarkedFirst(withoutReplacedMarkers(past));
          past = null;
          deliver(present);
        }
      }
    } finally {
      // close() interrupts this thread, and the consumer would not close in order.
      boolean interrupted = Thread.interrupted();
      LOG.debug("closing the consumer, interrupted: {}", interrupted);
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }

  private void take(
      Iterable<ConsumerRecord<byte[], byte[]>> records, PatientDecoder<ControlChange> decoder)
      throws InterruptedException {
    List<ControlUpdate> batch = new ArrayList<>();
    try {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        ControlTable table = tables.get(partition);
        try {
          ControlChange change = record.value() == null ? null : decoder.decode(record.value());
          batch.add(new ControlUpdate(table, key(record), change));
        } catch (MalformedRecordException e) {
          LOG.error("{} offset {} is unreadable", partition, record.offset(), e);
          settle(batch);
          listener.rejected(rejection(record, e));
        }
        positions.put(partition, record.offset() + 1);
      }
    } finally {
      // What was read before a failure counts: positions are past it.
      settle(batch);
    }
  }

  private void settle(List<ControlUpdate> batch) throws InterruptedException {
    if (past == null) {
      deliver(batch);
    } else {
      past.addAll(batch);
      batch.clear();
    }
  }

  private boolean atEnd(Consumer<byte[], byte[]> consumer) {
    return tables.keySet().stream()
        .allMatch(partition -> consumer.currentLag(partition).orElse(Long.MAX_VALUE) == 0);
  }

  private static List<ControlUpdate> withoutReplacedMarkers(List<ControlUpdate> updates) {
    Set<ControlTable> marked = EnumSet.noneOf(ControlTable.class);
    List<ControlUpdate> kept = new ArrayList<>(updates.size());
    for (int i = updates.size() - 1; i >= 0; i--) {
      ControlUpdate update = updates.get(i);
      boolean marker =
          update.change() != null && update.change().getOp() == ControlOp.SNAPSHOT_COMPLETE;
      if (!marker || marked.add(update.table())) {
        kept.add(update);
      }
    }
    Collections.reverse(kept);
    return kept;
  }

  private static List<ControlUpdate> unmarkedFirst(List<ControlUpdate> updates) {
    List<ControlUpdate> sorted = new ArrayList<>(updates);
    // Stable: the order within a topic stays.
    sorted.sort(Comparator.comparing(update -> ControlSnapshot.CAPTURED.contains(update.table())));
    return sorted;
  }

  private void deliver(List<ControlUpdate> batch) throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    batch.forEach(update -> update.applyTo(snapshot));
    listener.changed(snapshot, List.copyOf(batch));
    batch.clear();
    if (!ready && snapshot.ready()) {
      ready = true;
      LOG.info("control rows complete, generation {}", snapshot.generation().orElse(-1L));
    }
  }

  private Consumer<byte[], byte[]> open() {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, kafka.application() + "-control");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000");
    // A topic that is created after us is found within a second.
    config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "1000");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private RecordRejected rejection(
      ConsumerRecord<byte[], byte[]> record, MalformedRecordException e) {
    return RecordRejected.newBuilder()
        .setTopic(record.topic())
        .setPartition(record.partition())
        .setOffset(record.offset())
        .setKey(record.key() == null ? null : ByteBuffer.wrap(record.key()))
        .setValue(ByteBuffer.wrap(record.value()))
        .setReason("malformed")
        .setDetail(String.valueOf(e.getMessage()))
        .setRejectedBy(kafka.application())
        .setRecordedAt(record.timestamp())
        .build();
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  private void pause() {
    try {
      Thread.sleep(RETRY_MS);
    } catch (InterruptedException e) {
      // close() interrupts; the loop's condition ends the thread.
      LOG.debug("woken from a pause", e);
    }
  }
}
