package io.voronka.infra.local.stack;

import io.voronka.infra.local.process.ClassArchives;
import io.voronka.infra.local.stack.StackSettings.Part;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Builds the components of one stack from its settings; starts nothing. */
final class StackAssembly {

  /** Below what is kept of builds: what jobs have in common. */
  static final String SHARED = "shared";

  /** Below what is kept of builds: the jars that launchers and servers run from. */
  static final String COPIES = "run";

  private static final int TOKEN_KEY_BYTES = 32;
  private static final String HERE = "127.0.0.1";

  private final StackSettings settings;
  private final SourceTree tree;
  private final DataDirectory data;
  private final Ports ports;
  private final LogConfiguration logs;
  private final ChildJvm jvm;
  private final PostgresPart postgres;
  private final StackAddresses addresses;
  private final SharedLibraries libraries;

  StackAssembly(
      StackSettings settings, SourceTree tree, JobSource jobs, DataDirectory data, Ports ports) {
    this.settings = settings;
    this.tree = tree;
    this.data = data;
    this.ports = ports;
    this.logs = LogConfiguration.in(data);
    this.jvm = new ChildJvm(data, logs, settings.life(), ClassArchives.in(tree.kept("archives")));
    this.postgres = new PostgresPart(data, ports.of(PortNames.POSTGRES));
    this.addresses =
        new StackAddresses(
            HERE + ":" + ports.of(PortNames.KAFKA),
            postgres.address(),
            PostgresPart.USER,
            postgres.passwordFile(),
            data.secret("token-key", TOKEN_KEY_BYTES),
            data.secret("unsubscribe-key", TOKEN_KEY_BYTES),
            http(PortNames.FLINK_REST),
            http(PortNames.GATEWAY),
            http(PortNames.GATEWAY_ADMIN),
            http(PortNames.SANDBOX),
            ports.of(PortNames.SANDBOX_SMTP));
    this.libraries =
        settings.parts().contains(Part.FLINK)
            ? SharedLibraries.of(
                settings.sharingJobs().stream().map(jobs::jar).toList(),
                tree.classPathOf("flink"),
                tree.kept(SHARED))
            : SharedLibraries.none();
  }

  /** All names of ports, so that addresses do not depend on which parts are started. */
  static Set<String> portNames() {
    return new LinkedHashSet<>(
        List.of(
            PortNames.KAFKA,
            PortNames.KAFKA_CONTROLLER,
            PortNames.POSTGRES,
            PortNames.FLINK_REST,
            PortNames.FLINK_RPC,
            PortNames.GATEWAY,
            PortNames.GATEWAY_ADMIN,
            PortNames.SANDBOX,
            PortNames.SANDBOX_SMTP));
  }

  /** Fails early when something of the build that this stack needs is missing. */
  static void requireBuilt(StackSettings settings, SourceTree tree, JobSource jobs) {
    if (settings.parts().contains(Part.KAFKA)) {
      tree.classPathOf("kafka");
    }
    if (settings.parts().contains(Part.FLINK)) {
      tree.classPathOf("flink");
    }
    if (settings.parts().contains(Part.SANDBOX)) {
      tree.jar("infra/sandbox", "app");
    }
    if (settings.parts().contains(Part.GATEWAY)) {
      tree.jar("ingest-gateway", "app");
    }
    settings.sharingJobs().forEach(jobs::jar);
  }

  /** What the jobs have in common on the cluster's class path. */
  SharedLibraries libraries() {
    return libraries;
  }

  StackAddresses addresses() {
    return addresses;
  }

  LogConfiguration logs() {
    return logs;
  }

  ChildJvm jvm() {
    return jvm;
  }

  PostgresPart postgres() {
    return postgres;
  }

  KafkaPart kafka() {
    return new KafkaPart(
        data,
        jvm,
        tree.classPathOf("kafka"),
        ports.of(PortNames.KAFKA),
        ports.of(PortNames.KAFKA_CONTROLLER),
        settings.heapMb(LocalStack.KAFKA));
  }

  JobManagerPart jobManager() {
    return new JobManagerPart(
        data,
        jvm,
        libraries.behind(tree.classPathOf("flink")),
        flink(),
        settings.heapMb(LocalStack.JOB_MANAGER),
        settings.environment());
  }

  List<TaskManagerPart> taskManagers(JobManagerPart jobManager) {
    List<Path> classPath = libraries.behind(tree.classPathOf("flink"));
    List<TaskManagerPart> parts = new ArrayList<>();
    for (int i = 1; i <= settings.taskManagers(); i++) {
      parts.add(
          new TaskManagerPart(
              i, data, jvm, classPath, flink(), settings.environment(), jobManager.cluster()));
    }
    return parts;
  }

  AppPart sandbox() {
    Arguments arguments =
        Arguments.none()
            .with("port", Integer.toString(ports.of(PortNames.SANDBOX)))
            .with("smtp-port", Integer.toString(ports.of(PortNames.SANDBOX_SMTP)))
            .with("data", data.folder("sandbox").toString())
            .withAll(settings.extraFor(LocalStack.SANDBOX));
    return new AppPart(
        LocalStack.SANDBOX,
        tree.jar("infra/sandbox", "app"),
        tree.kept(COPIES),
        arguments.list(),
        settings.environment(),
        URI.create(addresses.sandbox()),
        URI.create(addresses.sandbox() + "/_admin/health"),
        settings.heapMb(LocalStack.SANDBOX),
        jvm);
  }

  AppPart gateway() {
    Arguments arguments =
        Arguments.none()
            .with("kafka.bootstrap-servers", addresses.kafka())
            .with("host", HERE)
            .with("port", Integer.toString(ports.of(PortNames.GATEWAY)))
            .with("management.port", Integer.toString(ports.of(PortNames.GATEWAY_ADMIN)))
            .with("data", data.folder("gateway").toString())
            .with("unsubscribe.keys", "file:" + addresses.unsubscribeKeyFile())
            .withAll(settings.extraFor(LocalStack.GATEWAY));
    return new AppPart(
        LocalStack.GATEWAY,
        tree.jar("ingest-gateway", "app"),
        tree.kept(COPIES),
        arguments.list(),
        settings.environment(),
        URI.create(addresses.gateway()),
        URI.create(addresses.gatewayAdmin() + "/ready"),
        settings.heapMb(LocalStack.GATEWAY),
        jvm);
  }

  private FlinkSettings flink() {
    return new FlinkSettings(
        data,
        ports.of(PortNames.FLINK_RPC),
        ports.of(PortNames.FLINK_REST),
        settings.slots(),
        settings.heapMb(LocalStack.TASK_MANAGER),
        settings.rocksDbMb(),
        settings.checkpointInterval(),
        libraries.parentFirst());
  }

  private String http(String port) {
    return "http://" + HERE + ":" + ports.of(port);
  }
}
