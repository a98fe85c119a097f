package io.voronka.infra.local.kafka;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main class of the Kafka child: writes the cluster's identity into an empty log folder, then
 * becomes the broker. In one process, because starting another only for that costs seconds.
 *
 * <p>Arguments: properties file, log folder, cluster id for an empty folder. It runs on the
 * broker's own class path, which we do not compile against.
 */
public final class KafkaHost {

  private KafkaHost() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    String properties = args[0];
    if (!Files.exists(Path.of(args[1], "meta.properties"))) {
      format(properties, args[2]);
    }
    Class.forName("kafka.Kafka")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[] {properties});
  }

  private static void format(String properties, String clusterId) throws Exception {
    Method execute =
        Class.forName("kafka.tools.StorageTool")
            .getMethod("execute", String[].class, PrintStream.class);
    String[] line = {"format", "-t", clusterId, "-c", properties, "--ignore-formatted"};
    int code = (int) execute.invoke(null, line, System.out);
    if (code != 0) {
      throw new IllegalStateException("formatting Kafka's folder failed with code " + code);
    }
  }
}
