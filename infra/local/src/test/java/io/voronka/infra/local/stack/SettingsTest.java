package io.voronka.infra.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.infra.local.process.ClassArchives;
import io.voronka.infra.local.process.JavaCommand;
import io.voronka.infra.local.stack.ComponentStatus.State;
import io.voronka.infra.local.stack.StackSettings.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What the parts are told. */
class SettingsTest {

  private static final StackAddresses AT =
      new StackAddresses(
          "127.0.0.1:1",
          "jdbc:postgresql://127.0.0.1:2/voronka",
          "voronka",
          Path.of("/d/password"),
          Path.of("/d/key"),
          Path.of("/d/links"),
          "http://127.0.0.1:3",
          "http://127.0.0.1:4",
          "http://127.0.0.1:5",
          "http://127.0.0.1:6",
          7);

  @TempDir private Path folder;

  @Test
  void flinkGetsEveryPartOfItsMemoryAndSurvivesItsDeath() throws IOException {
    try (DataDirectory data = DataDirectory.open(folder.resolve("data"), 0)) {
      FlinkSettings settings =
          new FlinkSettings(data, 6123, 8081, 12, 640, 192, Duration.ofSeconds(2), List.of());
      assertThat(settings.taskManager("taskmanager-1", 7000))
          .contains(
              "taskmanager.resource-id: \"taskmanager-1\"\n",
              "taskmanager.rpc.port: 7000\n",
              "taskmanager.memory.task.heap.size: \"640m\"\n",
              "taskmanager.memory.network.max: \"96m\"\n",
              "heartbeat.interval: \"1 s\"\n",
              "heartbeat.timeout: \"30 s\"\n",
              "pekko.ask.timeout: \"30 s\"\n",
              "pekko.startup-timeout: \"60 s\"\n",
              "pipeline.max-parallelism: 720\n",
              "pipeline.generic-types: false\n",
              "restart-strategy.fixed-delay.delay: \"1 s\"\n",
              "execution.checkpointing.interval: \"2000 ms\"\n",
              "execution.checkpointing.externalized-checkpoint-retention:"
                  + " \"RETAIN_ON_CANCELLATION\"\n");
      assertThat(settings.jobManager()).doesNotContain("resource-id");
      assertThat(settings.taskManagerHeapMb()).isEqualTo(640 + FlinkSettings.FRAMEWORK_HEAP_MB);
    }
  }

  /** Flink takes the text as it is: percent-encoded, it would be another folder. */
  @Test
  void folderNamesReachFlinkAndKafkaAsTheyAre() throws IOException {
    Path path = folder.resolve("мои \"данные\" 100%");
    try (DataDirectory data = DataDirectory.open(path, 0)) {
      String yaml =
          new FlinkSettings(data, 6123, 8081, 12, 640, 192, Duration.ofSeconds(2), List.of())
              .jobManager();
      Map<String, String> read = new Yaml().load(yaml);
      assertThat(read)
          .containsEntry("execution.checkpointing.dir", "file://" + path + "/checkpoints")
          .containsEntry("execution.checkpointing.savepoint-dir", "file://" + path + "/savepoints");
      Properties kafka = new Properties();
      byte[] line = ("log.dirs=" + KafkaPart.property(path + "\\")).getBytes(UTF_8);
      kafka.load(new ByteArrayInputStream(line));
      assertThat(kafka).containsEntry("log.dirs", path + "\\");
    }
  }

  @Test
  void whatAKilledPartLeftInItsTemporaryFolderIsGoneBeforeItsNextLife() throws IOException {
    try (DataDirectory data = DataDirectory.open(folder.resolve("data"), 0)) {
      ChildJvm jvm =
          new ChildJvm(
              data,
              LogConfiguration.in(data),
              StackSettings.Life.BRIEF,
              ClassArchives.in(folder.resolve("archives")));
      Path left = data.folder("work/kafka/tmp/vertx-cache-1").resolve("page.html");
      Files.writeString(left, "x");
      assertThat(jvm.options("kafka")).contains("-Djava.io.tmpdir=" + left.getParent().getParent());

      jvm.line("kafka", new JavaCommand(32, List.of(), List.of(), "kafka.Kafka", List.of()));

      assertThat(left.getParent()).doesNotExist();
      assertThat(data.file("work/kafka/tmp")).isEmptyDirectory();
    }
  }

  @Test
  void secretsReachAJobByReferenceOnly() {
    assertThat(JobCatalog.arguments("capture-control", AT).list())
        .containsSequence("--postgres.host", "127.0.0.1")
        .containsSequence("--postgres.port", "2")
        .containsSequence("--postgres.password", "file:/d/password")
        .containsSequence("--job.parallelism", "1");
    assertThat(JobCatalog.arguments("execute-actions", AT).list())
        .containsSequence("--token-store.key", "file:/d/key")
        .containsSequence("--unsubscribe.key", "file:/d/links");
  }

  @Test
  void anUnknownJobIsNamedBesideTheKnownOnes() {
    assertThatThrownBy(() -> JobCatalog.arguments("evaluate-rule", AT))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("no job is called evaluate-rule")
        .hasMessageContaining("evaluate-rules");
  }

  @Test
  void captureHasOneReaderAndBeginsWithNothing() {
    StackSettings settings = StackSettings.at(folder).withFlink(2, 8, 4);
    JobPlan capture = JobCatalog.plan("capture-control", AT, settings);
    assertThat(capture.parallelism()).isEqualTo(1);
    assertThat(capture.start()).isEqualTo(JobPlan.Start.NOTHING);
    JobPlan rules = JobCatalog.plan("evaluate-rules", AT, settings);
    assertThat(rules.parallelism()).isEqualTo(4);
    assertThat(rules.start()).isEqualTo(JobPlan.Start.NEWEST_STATE);
  }

  @Test
  void furtherArgumentsReplaceOurs() {
    StackSettings settings =
        StackSettings.at(folder)
            .withExtraArguments(
                Map.of("evaluate-rules", List.of("--checkpoint.interval", "30s", "--cell", "c2")));
    assertThat(JobCatalog.plan("evaluate-rules", AT, settings).arguments())
        .containsSequence("--checkpoint.interval", "30s")
        .containsSequence("--cell", "c2")
        .containsOnlyOnce("--checkpoint.interval");
    assertThatThrownBy(() -> Arguments.none().withAll(List.of("--cell")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--cell");
  }

  @Test
  void noJobsWithoutFlink() {
    assertThat(StackSettings.at(folder).withParts(EnumSet.of(Part.KAFKA)).jobs()).isEmpty();
    assertThat(StackSettings.at(folder).jobs()).containsExactlyElementsOf(JobCatalog.NAMES);
  }

  @Test
  void addressesSurviveTheWayThroughTheFile() throws IOException {
    Files.writeString(
        folder.resolve(StackFile.NAME),
        StackFile.text(
            AT,
            List.of(component("kafka", State.READY), component("gateway", State.DOWN)),
            Map.of("a", "RUNNING", "b", StackListener.STOPPED)));

    StackFile read = StackFile.read(folder).orElseThrow();

    assertThat(read)
        .isEqualTo(
            new StackFile(
                ProcessHandle.current().pid(),
                AT,
                List.of("gateway"),
                Map.of("a", "RUNNING", "b", StackListener.STOPPED)));
    assertThat(read.wantedJobs()).containsExactly("a");
    assertThat(StackFile.read(folder.resolve("nowhere"))).isEmpty();
  }

  private static ComponentStatus component(String name, State state) {
    return new ComponentStatus(name, state, 1, 1, 1, "", OptionalLong.empty());
  }

  @Test
  void theFileOfADeadLauncherDoesNotCount() throws IOException {
    Files.writeString(
        folder.resolve(StackFile.NAME),
        StackFile.text(AT, List.of(), Map.of())
            .replace(Long.toString(ProcessHandle.current().pid()), "4194999"));
    assertThat(StackFile.read(folder)).isEmpty();
  }

  @Test
  void aStackThatExpectsJobsSubmitsNone() {
    StackSettings settings = StackSettings.at(folder).withExpectedJobs(List.of("two", "one"));

    assertThat(settings.jobs()).isEmpty();
    assertThat(settings.expectedJobs()).containsExactly("two", "one");
  }

  @Test
  void aStackWithoutFlinkHasNoJobsInWhateverOrderItIsDescribed() {
    StackSettings plain = StackSettings.at(folder);
    EnumSet<Part> kafka = EnumSet.of(Part.KAFKA);

    assertThat(plain.withParts(kafka).withJobs(Set.of("one")).jobs()).isEmpty();
    assertThat(plain.withJobs(Set.of("one")).withParts(kafka).jobs()).isEmpty();
    assertThat(plain.withParts(kafka).withExpectedJobs(List.of("one")).expectedJobs()).isEmpty();
    assertThat(plain.withExpectedJobs(List.of("one")).withParts(kafka).expectedJobs()).isEmpty();
  }
}
