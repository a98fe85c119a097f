package io.voronka.connectors.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Settings of a producer that loses nothing: acks=all, idempotent. A little linger saves more than
 * half of the broker's work. Compressed by snappy, which is native code wherever it is loaded; lz4
 * falls back to Java in a job's class loader, and clears its buffers for each of many small
 * batches.
 *
 * @param requestTimeout one request, before it is sent again
 * @param deliveryTimeout from send() to the failure of its future; not less than linger + request
 * @param maxBlock how long send() may block for metadata or buffer space
 * @param bufferBytes memory for records not yet acknowledged
 * @param batchBytes the largest batch, and what the smallest one takes of the memory
 */
public record ProducerSettings(
    KafkaSettings kafka,
    Duration linger,
    Duration requestTimeout,
    Duration deliveryTimeout,
    Duration maxBlock,
    long bufferBytes,
    int batchBytes)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BATCH_BYTES = 64 * 1024;
  private static final int LARGE_BATCH_BYTES = 256 * 1024;

  /**
   * For jobs: an outage of minutes is waited out, and after that the job restarts from its
   * checkpoint. A subtask's records are few for each partition, so that batches take a few
   * milliseconds to be worth a request.
   */
  public static ProducerSettings patient(KafkaSettings kafka) {
    return new ProducerSettings(
        kafka,
        Duration.ofMillis(5),
        Duration.ofSeconds(10),
        Duration.ofMinutes(2),
        Duration.ofMinutes(1),
        32L << 20,
        BATCH_BYTES);
  }

  /**
   * As {@link #patient}, for records of the journal, on which nothing waits: a few times fewer and
   * larger batches, each of which wakes a thread here and costs the broker a write.
   */
  public static ProducerSettings unhurried(KafkaSettings kafka) {
    return patient(kafka).withLinger(Duration.ofMillis(25));
  }

  /** For services that have somewhere else to put the record when Kafka does not answer in time. */
  public static ProducerSettings hasty(KafkaSettings kafka, Duration deliveryTimeout) {
    Duration linger = Duration.ofMillis(1);
    return new ProducerSettings(
        kafka,
        linger,
        deliveryTimeout.minus(linger),
        deliveryTimeout,
        deliveryTimeout,
        32L << 20,
        BATCH_BYTES);
  }

  public ProducerSettings withLinger(Duration value) {
    return new ProducerSettings(
        kafka, value, requestTimeout, deliveryTimeout, maxBlock, bufferBytes, batchBytes);
  }

  public ProducerSettings withMaxBlock(Duration value) {
    return new ProducerSettings(
        kafka, linger, requestTimeout, deliveryTimeout, value, bufferBytes, batchBytes);
  }

  public ProducerSettings withBufferBytes(long value) {
    return new ProducerSettings(
        kafka, linger, requestTimeout, deliveryTimeout, maxBlock, value, batchBytes);
  }

  /**
   * For a topic where all records of a burst may go to one partition, since its key is an account.
   * A request takes one batch of each partition along, and from the second one that waits on, each
   * further record wakes the thread that sends: with small batches it is awake all the time and
   * sends little.
   */
  public ProducerSettings crowded() {
    return new ProducerSettings(
        kafka, linger, requestTimeout, deliveryTimeout, maxBlock, bufferBytes, LARGE_BATCH_BYTES);
  }

  /** Producer configuration without serializers. */
  public Map<String, Object> config() {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    // A broker takes the batches of a producer that it does not know with any sequence number: with
    // two on their way, the second would be written although the first was refused. And records
    // that wait for a busy broker's answer make larger batches, which cost it less.
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "snappy");
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(batchBytes));
    config.put(ProducerConfig.LINGER_MS_CONFIG, String.valueOf(linger.toMillis()));
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(requestTimeout.toMillis()));
    config.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, String.valueOf(deliveryTimeout.toMillis()));
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(maxBlock.toMillis()));
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, String.valueOf(bufferBytes));
    return config;
  }

  /** The same, for interfaces that take properties. */
  public Properties properties() {
    Properties properties = new Properties();
    config().forEach((key, value) -> properties.setProperty(key, value.toString()));
    return properties;
  }

  /** A producer of encoded records; keys are UTF-8. The caller closes it. */
  public Producer<byte[], byte[]> open() {
    return new KafkaProducer<>(config(), new ByteArraySerializer(), new ByteArraySerializer());
  }
}
