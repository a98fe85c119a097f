package io.voronka.infra.local.command;

import io.voronka.infra.local.flink.FlinkCluster;
import io.voronka.infra.local.flink.FlinkException;
import io.voronka.infra.local.flink.FlinkException.Reason;
import io.voronka.infra.local.flink.StatePath;
import io.voronka.infra.local.stack.SourceTree;
import io.voronka.infra.local.stack.StackFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which cluster a subcommand speaks to: the one given, or that of the local stack that runs. */
public final class ClusterOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--flink-url",
      paramLabel = "URL",
      description = "A Flink cluster's REST address; that of the local stack unless given.")
  private URI flinkUrl;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The local stack's data folder; .voronka in the repository unless given.")
  private Path data;

  /** The folder that a local stack uses or would use. */
  Path data() {
    return (data != null ? data : SourceTree.find().defaultData()).toAbsolutePath().normalize();
  }

  /** The local stack; empty when none runs or another cluster was asked for. */
  Optional<StackFile> localStack() {
    return flinkUrl != null ? Optional.empty() : StackFile.read(data());
  }

  /**
   * The cluster.
   *
   * @throws FlinkException UNREACHABLE when none was given and no local stack runs
   */
  FlinkCluster cluster() {
    if (flinkUrl != null) {
      String scheme = flinkUrl.getScheme();
      if (flinkUrl.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
        throw new ParameterException(
            spec.commandLine(), "--flink-url must be like http://localhost:8081, not " + flinkUrl);
      }
      return new FlinkCluster(flinkUrl);
    }
    return localStack()
        .map(stack -> new FlinkCluster(URI.create(stack.addresses().flink())))
        .orElseThrow(
            () ->
                new FlinkException(
                    Reason.UNREACHABLE,
                    "no local stack runs on %s; start one with 'voronka up' or give --flink-url"
                        .formatted(data())));
  }

  /** Where the local stack keeps a job's savepoints, as a URI; empty for other clusters. */
  Optional<String> savepoints(String job) {
    return localStack().map(stack -> StatePath.of(data().resolve("savepoints").resolve(job)));
  }
}
