package io.voronka.jobs.capturecontrol;

import io.voronka.connectors.testing.KafkaExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a single-partition topic from its present end, as it grows. */
record TopicTail(KafkaConsumer<byte[], byte[]> consumer) implements AutoCloseable {

  static TopicTail of(KafkaExtension kafka, String topic) {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    TopicPartition partition = new TopicPartition(topic, 0);
    consumer.assign(List.of(partition));
    consumer.seekToEnd(List.of(partition));
    consumer.position(partition);
    return new TopicTail(consumer);
  }

  /**
   * Waits for a record with this key; records before it are passed over.
   *
   * @return {@link System#nanoTime} when it was here
   */
  long awaitKey(String key, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        if (key.equals(new String(record.key(), StandardCharsets.UTF_8))) {
          return System.nanoTime();
        }
      }
    }
    throw new AssertionError("no record with key " + key + " within " + patience);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
