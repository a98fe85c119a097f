package io.voronka.infra.local.stack;

import io.voronka.infra.local.flink.FlinkCluster;
import io.voronka.infra.local.process.JavaCommand;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The head of the Flink session cluster; also runs the jobs' main methods. */
final class JobManagerPart implements Component {

  private final DataDirectory data;
  private final ChildJvm jvm;
  private final List<Path> classPath;
  private final FlinkSettings settings;
  private final int heapMb;
  private final Map<String, String> environment;
  private final FlinkCluster cluster;

  JobManagerPart(
      DataDirectory data,
      ChildJvm jvm,
      List<Path> classPath,
      FlinkSettings settings,
      int heapMb,
      Map<String, String> environment) {
    this.data = data;
    this.jvm = jvm;
    this.classPath = classPath;
    this.settings = settings;
    this.heapMb = heapMb;
    this.environment = environment;
    this.cluster = new FlinkCluster(URI.create(address()));
  }

  @Override
  public String name() {
    return LocalStack.JOB_MANAGER;
  }

  @Override
  public String address() {
    return "http://127.0.0.1:" + settings.restPort();
  }

  @Override
  public Launch launch() {
    Path conf = data.write("conf/flink-" + name() + "/config.yaml", settings.jobManager());
    List<String> options = jvm.options(name());
    options.add(ChildJvm.ONE_COMPILER);
    options.addAll(FlinkSettings.jvmOptions());
    return new Launch(
        jvm.line(
            name(),
            new JavaCommand(
                heapMb,
                options,
                classPath,
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                List.of("--configDir", conf.getParent().toString()))),
        environment);
  }

  @Override
  public boolean ready() {
    return !cluster.overview().version().isEmpty();
  }

  FlinkCluster cluster() {
    return cluster;
  }
}
