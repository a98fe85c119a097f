package io.voronka.gateway.testing;

import static org.awaitility.Awaitility.await;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.TopicAdmin;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A Kafka broker in a process of its own, which can be frozen (its sockets stay open and say
 * nothing) and killed. Keeps its port and its data.
 */
public final class BrokerProcess implements AutoCloseable {
  private final Path folder;
  private final int port;
  private Process process;

  private BrokerProcess(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Formats a folder, starts a broker in it and creates all topics. */
  public static BrokerProcess start(Path folder) throws Exception {
    Files.createDirectories(folder);
    BrokerProcess broker;
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      broker = new BrokerProcess(folder, one.getLocalPort());
      broker.configure(two.getLocalPort());
    }
    broker
        .java("kafka.tools.StorageTool", "format", "-t", "4L6g3nShT-eMCtK--X86sw", "-c")
        .waitFor();
    broker.start();
    broker.createTopics();
    return broker;
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Starts the process after {@link #kill()}. */
  public void start() throws IOException {
    process = java("kafka.Kafka");
  }

  /** As {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** It does nothing any more, and its connections stay. */
  public void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  public void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  /** The control topics, with one account of this token. */
  public void publishControlRows(String token) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      ControlRows.publish(
          ControlRows.acme(token),
          (topic, row) -> {
            var unused = producer.send(new ProducerRecord<>(topic, row.getKey(), row.getValue()));
          });
    }
  }

  /** All CRM events in it now, ticks included, by partition and offset. */
  public List<CrmEvent> events() {
    RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);
    List<CrmEvent> events = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      for (int partition = 0;
          partition < Topics.named(Topics.CRM_EVENTS).partitions();
          partition++) {
        TopicPartition at = new TopicPartition(Topics.CRM_EVENTS, partition);
        consumer.assign(List.of(at));
        consumer.seekToBeginning(List.of(at));
        long end = consumer.endOffsets(List.of(at)).get(at);
        while (consumer.position(at) < end) {
          consumer
              .poll(Duration.ofMillis(100))
              .forEach(record -> events.add(codec.decode(record.value())));
        }
      }
    }
    return events;
  }

  @Override
  public void close() throws Exception {
    kill();
  }

  private void configure(int controllerPort) throws IOException {
    Files.writeString(
        folder.resolve("server.properties"),
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%3$s
        offsets.topic.num.partitions=1
        offsets.topic.replication.factor=1
        num.network.threads=2
        num.io.threads=2
        log.cleaner.dedupe.buffer.size=2097152
        """
            .formatted(port, controllerPort, folder.resolve("log")));
  }

  private void createTopics() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      await()
          .atMost(Duration.ofMinutes(3))
          .ignoreExceptionsInstanceOf(ExecutionException.class)
          .until(() -> !admin.describeCluster().nodes().get().isEmpty());
      TopicAdmin.createMissing(KafkaSettings.of(bootstrapServers(), "broker"), Topics.all(), 1);
    } catch (Exception e) {
      throw new IllegalStateException("no topics", e);
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
  }

  private Process java(String mainClass, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
    command.addAll(List.of(arguments));
    command.add(folder.resolve("server.properties").toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()))
        .start();
  }
}
