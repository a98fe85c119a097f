package io.voronka.infra.local.bench.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.infra.local.bench.Comparison;
import io.voronka.infra.local.process.JavaCommand;
import io.voronka.infra.local.stack.SourceTree;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Our matching beside Drools and Esper on the rules and events of the workload, and on as many
 * rules of which nearly all that an event meets fire. In a JVM of its own: only the tests of the
 * rule engine know the others.
 */
final class EngineRun {
  private static final String MODULE = "jobs/rule-engine";
  private static final String MAIN = "io.voronka.rules.comparison.EngineComparison";
  private static final int HEAP_MB = 1024;
  private static final int EVENTS = 4_000;

  private final List<Path> classPath;
  private final Path folder;

  /**
   * @param folder for its files and its log
   * @throws io.voronka.infra.local.stack.StackException NOT_BUILT
   */
  EngineRun(SourceTree tree, Path folder) {
    this.classPath = tree.testClassPath(MODULE);
    this.folder = folder;
  }

  /**
   * @param now epoch milliseconds
   * @throws IllegalStateException when the engines do not find the same rules, or for another
   *     reason gave no figures; its log says why
   */
  List<Comparison> run(RuleWorkload workload, int leads, long now)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path rules = folder.resolve("rules.txt");
    Path events = folder.resolve("events.txt");
    Files.write(
        rules,
        IntStream.range(0, workload.rules())
            .mapToObj(number -> workload.definition(number).replace('\n', ' '))
            .toList());
    RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);
    Files.write(
        events,
        IntStream.range(0, EVENTS)
            .mapToObj(number -> codec.encode(workload.event(number, leads, now + number)))
            .map(Base64.getEncoder()::encodeToString)
            .toList());
    List<Comparison> all = new ArrayList<>();
    all.addAll(compare("", List.of("--rules", rules + "", "--events", events + "")));
    all.addAll(compare("-all-fire", List.of("--size", workload.rules() + "", "--fire-every", "0")));
    return all;
  }

  /**
   * @param suffix of the names, in the report and of the files
   */
  private List<Comparison> compare(String suffix, List<String> rulesAndEvents)
      throws IOException, InterruptedException {
    Path figures = folder.resolve("figures" + suffix + ".json");
    Path log = folder.resolve("engines" + suffix + ".log");
    List<String> arguments = new ArrayList<>(rulesAndEvents);
    arguments.addAll(List.of("--json", figures + ""));
    ProcessBuilder builder =
        new ProcessBuilder(
                new JavaCommand(HEAP_MB, List.of("-XX:+UseSerialGC"), classPath, MAIN, arguments)
                    .line())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    int exit = builder.start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("the comparison of engines failed; see " + log);
    }
    return comparisons(Files.readString(figures), suffix);
  }

  static List<Comparison> comparisons(String json, String suffix) throws IOException {
    List<Comparison> comparisons = new ArrayList<>();
    for (JsonNode node : new ObjectMapper().readTree(json)) {
      comparisons.add(
          new Comparison(
              node.required("name").asText() + suffix,
              node.required("unit").asText(),
              node.required("value").asDouble(),
              node.required("baseline").asDouble(),
              node.required("baseline_name").asText(),
              node.required("ratio").asDouble(),
              node.required("rounds").asInt(),
              Optional.empty(),
              Map.of()));
    }
    return comparisons;
  }
}
