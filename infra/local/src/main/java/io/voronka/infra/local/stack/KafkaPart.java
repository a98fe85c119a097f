package io.voronka.infra.local.stack;

import io.voronka.infra.local.kafka.KafkaHost;
import io.voronka.infra.local.process.JavaCommand;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/** One Kafka broker that is its own controller (KRaft). */
final class KafkaPart implements Component {

  private final DataDirectory data;
  private final ChildJvm jvm;
  private final List<Path> classPath;
  private final int port;
  private final int controllerPort;
  private final int heapMb;

  KafkaPart(
      DataDirectory data,
      ChildJvm jvm,
      List<Path> classPath,
      int port,
      int controllerPort,
      int heapMb) {
    this.data = data;
    this.jvm = jvm;
    this.classPath = classPath;
    this.port = port;
    this.controllerPort = controllerPort;
    this.heapMb = heapMb;
  }

  @Override
  public String name() {
    return LocalStack.KAFKA;
  }

  @Override
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public Launch launch() {
    Path properties = data.write("conf/kafka.properties", settings());
    List<String> options = jvm.options(name());
    // Kafka's own ids never begin with a dash, which its tool would take for an option.
    String clusterId = Uuid.randomUuid().toString();
    return new Launch(
        jvm.line(
            name(),
            new JavaCommand(
                heapMb,
                options,
                classPath,
                KafkaHost.class.getName(),
                List.of(properties.toString(), data.folder("kafka").toString(), clusterId))),
        Map.of());
  }

  @Override
  public boolean ready() throws Exception {
    // Fails while nobody is there; a client of Kafka's own would wait instead.
    new Socket("127.0.0.1", port).close();
    Properties client = new Properties();
    client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address());
    client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
    client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2_000);
    try (Admin admin = Admin.create(client)) {
      return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
    }
  }

  private String settings() {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        controller.listener.names=CONTROLLER
        inter.broker.listener.name=PLAINTEXT
        log.dirs=%3$s

        # Topics are made from schemas/topics.yaml, never by a misspelt name.
        auto.create.topics.enable=false
        default.replication.factor=1
        min.insync.replicas=1
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=4
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        # A killed broker may register again only when its old session is over.
        broker.session.timeout.ms=3000
        broker.heartbeat.interval.ms=500

        # The log is the clock, and tests and the demo move it ahead.
        log.message.timestamp.after.max.ms=9223372036854775807

        # One small machine.
        num.network.threads=2
        num.io.threads=4
        log.cleaner.threads=1
        log.cleaner.dedupe.buffer.size=16777216
        log.segment.bytes=134217728
        """
        .formatted(port, controllerPort, property(data.folder("kafka").toString()));
  }

  /** The file is read as Latin-1, where a backslash begins an escape. */
  static String property(String value) {
    StringBuilder text = new StringBuilder();
    for (char c : value.toCharArray()) {
      if (c == '\\') {
        text.append("\\\\");
      } else if (c >= ' ' && c <= '~') {
        text.append(c);
      } else {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return text.toString();
  }
}
