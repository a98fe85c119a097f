package io.voronka.connectors.testing;

import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real Kafka broker in this JVM, on a free port, for the tests of one class. Topics are made on
 * demand from the definitions in {@link Topics}; tests that must not see each other's records take
 * a cell prefix each.
 *
 * <pre>{@code
 * @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();
 * }</pre>
 */
public final class KafkaExtension
    implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STEADY_SESSION = Duration.ofSeconds(60);
  private static final Duration SHORT_SESSION = Duration.ofSeconds(3);

  private final Duration session;
  private Path directory;
  private KafkaBroker broker;
  private Producer<byte[], byte[]> producer;
  private Consumer<byte[], byte[]> consumer;

  private KafkaExtension(Duration session) {
    this.session = session;
  }

  /**
   * A broker that is never stopped. However busy the machine, its controller does not take it for
   * dead: partitions would lose their leader, and a producer whose first batch is then refused and
   * whose second is taken never gets the first one in.
   */
  public static KafkaExtension create() {
    return new KafkaExtension(STEADY_SESSION);
  }

  /** A broker that comes back a few seconds after {@link #start()}. */
  public static KafkaExtension thatMayStop() {
    return new KafkaExtension(SHORT_SESSION);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("kafka");
    broker = KafkaBroker.in(directory, session);
    broker.start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
    if (consumer != null) {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      consumer = null;
    }
    if (broker != null && broker.running()) {
      broker.stop();
    }
    if (directory != null) {
      delete(directory);
    }
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /**
   * Takes the broker away, if it is one {@link #thatMayStop}; its clients lose their connections.
   * Data and ports are kept.
   */
  public void stop() {
    broker.stop();
  }

  /** Brings the broker back after {@link #stop()}. */
  public void start() {
    broker.start();
  }

  /** Creates the named topics of {@link Topics}, where they are missing. */
  public void createTopics(String... names) {
    createTopicsOfCell("", names);
  }

  /**
   * Creates the named topics of {@link Topics} with a cell's prefix, where they are missing.
   *
   * @param cell put before each name as it is
   */
  public void createTopicsOfCell(String cell, String... names) {
    create(cell, Stream.of(names).map(Topics::named));
  }

  /**
   * Creates all topics of {@link Topics} with a cell's prefix (may be empty), where they are
   * missing.
   */
  public void createAllTopics(String cell) {
    create(cell, Topics.all().stream());
  }

  /** Creates a topic that is in no list of ours. */
  public void createTopic(String name, int partitions) {
    BrokerTopics.createMissing(
        bootstrapServers(), List.of(new NewTopic(name, partitions, (short) 1)));
  }

  /**
   * Writes one record and waits until the broker has it.
   *
   * @param partition null: chosen by the key
   * @param timestamp epoch milliseconds
   * @param key null: none
   * @param value null: a tombstone
   */
  public void produce(String topic, Integer partition, long timestamp, String key, byte[] value) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    try {
      producer().send(new ProducerRecord<>(topic, partition, timestamp, keyBytes, value)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot write to " + topic, e.getCause());
    }
  }

  public void produce(String topic, long timestamp, String key, byte[] value) {
    produce(topic, null, timestamp, key, value);
  }

  /** Writes one of our records, encoded. */
  public <T extends SpecificRecordBase> void produce(
      String topic, long timestamp, String key, T record) {
    produce(topic, null, timestamp, key, encode(record));
  }

  /** All that is in a topic now, by partition and offset. */
  public synchronized List<ConsumerRecord<byte[], byte[]>> consume(String topic) {
    Consumer<byte[], byte[]> from = consumer();
    List<TopicPartition> partitions =
        from.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    from.assign(partitions);
    from.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = from.endOffsets(partitions);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    while (partitions.stream().anyMatch(at -> from.position(at) < ends.get(at))) {
      from.poll(POLL).forEach(records::add);
    }
    records.sort(
        Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
            .thenComparingLong(ConsumerRecord::offset));
    return records;
  }

  /** All that is in a topic now, decoded, by partition and offset; tombstones are left out. */
  public <T extends SpecificRecordBase> List<T> consume(String topic, Class<T> type) {
    RecordCodec<T> codec = RecordCodec.of(type);
    return consume(topic).stream()
        .filter(record -> record.value() != null)
        .map(record -> codec.decode(record.value()))
        .toList();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
    return parameter.getParameter().getType() == KafkaExtension.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
    return this;
  }

  private void create(String cell, Stream<Topics.Topic> topics) {
    BrokerTopics.createMissing(
        bootstrapServers(), topics.map(topic -> BrokerTopics.definition(cell, topic)).toList());
  }

  private synchronized Producer<byte[], byte[]> producer() {
    if (producer == null) {
      Map<String, Object> settings =
          Map.of(
              "bootstrap.servers", bootstrapServers(),
              "acks", "all",
              "linger.ms", "0",
              "reconnect.backoff.max.ms", "100");
      producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  private Consumer<byte[], byte[]> consumer() {
    if (consumer == null) {
      // A fetch that waits at the end of one topic would keep the next topic's from being sent.
      Map<String, Object> settings =
          Map.of(
              "bootstrap.servers",
              bootstrapServers(),
              "reconnect.backoff.max.ms",
              "100",
              "fetch.max.wait.ms",
              "20");
      consumer =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
    return consumer;
  }

  @SuppressWarnings("unchecked")
  private static <T extends SpecificRecordBase> byte[] encode(T record) {
    return RecordCodec.of((Class<T>) record.getClass()).encode(record);
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      paths
          .sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.deleteIfExists(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
