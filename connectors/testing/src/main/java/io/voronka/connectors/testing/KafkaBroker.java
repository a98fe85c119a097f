package io.voronka.connectors.testing;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka node (broker and controller) inside this JVM. It keeps its ports and its data from stop
 * to start, so stopping it is an outage as its clients see one.
 */
final class KafkaBroker {
  private static final String HOST = "127.0.0.1";
  private static final String CLUSTER_ID = "voronka-test-cluster-0";

  private final Map<String, Object> settings = new HashMap<>();
  private final int port;
  private KafkaRaftServer server;

  private KafkaBroker(Path directory, int port, int controllerPort, Duration session) {
    this.port = port;
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "listeners",
        "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", directory.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(2 << 20));
    settings.put("log.index.size.max.bytes", String.valueOf(64 << 10));
    settings.put("controlled.shutdown.enable", "false");
    settings.put("broker.session.timeout.ms", String.valueOf(session.toMillis()));
    settings.put("broker.heartbeat.interval.ms", "500");
    settings.put("initial.broker.registration.timeout.ms", "60000");
    settings.put("log.segment.delete.delay.ms", "100");
    // Tests move the clock of the log by days.
    settings.put("log.message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));
    format(directory);
  }

  /**
   * @param session how long the controller hears nothing before it takes the broker for dead. One
   *     that comes back is let in only when its earlier session has run out
   */
  static KafkaBroker in(Path directory, Duration session) {
    int[] ports = freePorts();
    return new KafkaBroker(directory, ports[0], ports[1], session);
  }

  String bootstrapServers() {
    return HOST + ":" + port;
  }

  boolean running() {
    return server != null;
  }

  void start() {
    KafkaRaftServer started = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    started.startup();
    server = started;
  }

  void stop() {
    server.shutdown();
    server.awaitShutdown();
    server = null;
  }

  private static void format(Path directory) {
    try (PrintStream quiet = new PrintStream(PrintStream.nullOutputStream(), false)) {
      new Formatter()
          .setPrintStream(quiet)
          .setNodeId(1)
          .setClusterId(CLUSTER_ID)
          .setControllerListenerName("CONTROLLER")
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setIgnoreFormatted(true)
          .run();
    } catch (Exception e) {
      throw new IllegalStateException("cannot format " + directory, e);
    }
  }

  /** Two at once, so that they differ. */
  private static int[] freePorts() {
    InetAddress host = InetAddress.getLoopbackAddress();
    try (ServerSocket one = new ServerSocket(0, 1, host);
        ServerSocket two = new ServerSocket(0, 1, host)) {
      return new int[] {one.getLocalPort(), two.getLocalPort()};
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }
}
