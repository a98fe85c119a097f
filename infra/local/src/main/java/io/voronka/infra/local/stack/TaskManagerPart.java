package io.voronka.infra.local.stack;

import io.voronka.infra.local.flink.FlinkCluster;
import io.voronka.infra.local.process.JavaCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One process that runs the jobs' tasks. */
final class TaskManagerPart implements Component {

  private final int number;
  private final DataDirectory data;
  private final ChildJvm jvm;
  private final List<Path> classPath;
  private final FlinkSettings settings;
  private final Map<String, String> environment;
  private final FlinkCluster cluster;
  private volatile int rpcPort;

  /**
   * @param number from 1
   */
  TaskManagerPart(
      int number,
      DataDirectory data,
      ChildJvm jvm,
      List<Path> classPath,
      FlinkSettings settings,
      Map<String, String> environment,
      FlinkCluster cluster) {
    this.number = number;
    this.data = data;
    this.jvm = jvm;
    this.classPath = classPath;
    this.settings = settings;
    this.environment = environment;
    this.cluster = cluster;
  }

  @Override
  public String name() {
    return LocalStack.taskManager(number);
  }

  @Override
  public String address() {
    return "";
  }

  @Override
  public Launch launch() throws IOException {
    rpcPort = anyPort();
    Path conf =
        data.write("conf/flink-" + name() + "/config.yaml", settings.taskManager(name(), rpcPort));
    List<String> options = jvm.options(name());
    options.add("-XX:MaxDirectMemorySize=" + FlinkSettings.DIRECT_MB + "m");
    options.add("-XX:MaxMetaspaceSize=256m");
    options.addAll(FlinkSettings.jvmOptions());
    return new Launch(
        jvm.line(
            name(),
            new JavaCommand(
                settings.taskManagerHeapMb(),
                options,
                classPath,
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                List.of("--configDir", conf.getParent().toString()))),
        environment);
  }

  /** Registered, and not still the registration of a predecessor that was killed. */
  @Override
  public boolean ready() {
    String path = cluster.taskManagers().get(name());
    return path != null && path.contains(":" + rpcPort + "/");
  }

  private static int anyPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
