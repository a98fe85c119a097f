package io.voronka.jobs.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;

/** Compares the operator uids of a job with its checked-in list: a changed uid loses state. */
public final class UidGolden {
  private UidGolden() {}

  /** All uids of the job in the order of the flow. Leaves the environment as it was. */
  public static List<String> uids(StreamExecutionEnvironment env) {
    return env.getStreamGraph(false).getStreamNodes().stream()
        .sorted(Comparator.comparingInt(StreamNode::getId))
        .map(UidGolden::uid)
        .distinct()
        .toList();
  }

  /**
   * @param golden {@code uids.txt} of the module, one uid per line
   */
  public static void assertMatches(StreamExecutionEnvironment env, Path golden) throws IOException {
    List<String> expected =
        Files.readAllLines(golden).stream().filter(line -> !line.isBlank()).toList();
    assertThat(uids(env)).as("uids of the job against %s", golden).isEqualTo(expected);
  }

  private static String uid(StreamNode node) {
    assertThat(node.getTransformationUID()).as("uid of %s", node.getOperatorName()).isNotNull();
    return node.getTransformationUID();
  }
}
