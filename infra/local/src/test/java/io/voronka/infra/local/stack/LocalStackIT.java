package io.voronka.infra.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.infra.local.flink.CheckpointFigures;
import io.voronka.infra.local.flink.FlinkCluster;
import io.voronka.infra.local.process.ProcessFigures;
import io.voronka.infra.local.stack.ComponentStatus.State;
import io.voronka.infra.local.stack.StackSettings.Part;
import io.voronka.schemas.Topics;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Kafka, PostgreSQL and Flink processes, killed one after the other. */
class LocalStackIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @Test
  void livesThroughKillsAndGoesOnFromItsSavepointAfterAStop() throws Exception {
    List<Long> pids;
    long lastCheckpoint;
    try (LocalStack stack = newStack()) {
      stack.start();
      assertThat(stack.status()).extracting(ComponentStatus::state).containsOnly(State.READY);
      assertThat(topics(stack.addresses().kafka()))
          .containsAll(Topics.all().stream().map(Topics.Topic::name).toList());
      write(stack, "CREATE TABLE kept (n INT); INSERT INTO kept VALUES (42)");

      killAndAwait(stack, LocalStack.KAFKA);
      assertThat(topics(stack.addresses().kafka())).contains(Topics.CRM_EVENTS);

      killAndAwait(stack, LocalStack.POSTGRES);
      assertThat(read(stack, "SELECT n FROM kept")).isEqualTo(42);

      String jobBefore = stack.jobId(CountingJob.NAME).orElseThrow();
      long beforeJobManager = newCheckpoint(stack);
      long taskManager = stack.pid(LocalStack.taskManager(1));
      killAndAwait(stack, LocalStack.JOB_MANAGER);
      await()
          .atMost(PATIENCE)
          .until(() -> !stack.jobId(CountingJob.NAME).orElseThrow().equals(jobBefore));
      assertThat(stack.awaitWhole(PATIENCE)).isTrue();
      assertThat(stack.pid(LocalStack.taskManager(1)))
          .as("no task of the old life may go on beside the new one")
          .isNotEqualTo(taskManager);
      assertResumedAfter(stack, beforeJobManager);
      await().until(() -> told().jobs().equals(Map.of(CountingJob.NAME, "RUNNING")));

      lastCheckpoint = newCheckpoint(stack);
      pids = stack.status().stream().map(ComponentStatus::pid).toList();
      assertThat(stack.stop()).as("jobs without a savepoint").isEmpty();
    }
    assertThat(pids).hasSize(4).noneMatch(pid -> ProcessFigures.runs(pid, "java"));
    assertThat(folder.resolve("data/savepoints/" + CountingJob.NAME)).isNotEmptyDirectory();
    assertThat(StackFile.read(folder.resolve("data"))).isEmpty();

    try (LocalStack again = newStack()) {
      again.start();
      assertResumedAfter(again, lastCheckpoint);
      assertThat(read(again, "SELECT n FROM kept")).isEqualTo(42);
      assertThat(StackFile.read(folder.resolve("data")).orElseThrow().addresses())
          .isEqualTo(again.addresses());
    }
  }

  private LocalStack newStack() throws Exception {
    StackSettings settings =
        StackSettings.at(folder.resolve("data"))
            .withJobs(Set.of(CountingJob.NAME))
            .withParts(EnumSet.of(Part.KAFKA, Part.POSTGRES, Part.FLINK))
            .withLife(StackSettings.Life.BRIEF)
            .withFlink(1, 2, 1)
            .withCheckpointInterval(Duration.ofMillis(500))
            .withHeapsMb(
                Map.of(
                    LocalStack.KAFKA, 256,
                    LocalStack.JOB_MANAGER, 256,
                    LocalStack.TASK_MANAGER, 160));
    return new LocalStack(
        settings, StackListener.silent(), SourceTree.find(), CountingJobSource.packedInto(folder));
  }

  private void killAndAwait(LocalStack stack, String component) {
    long pid = stack.pid(component);
    int before = stack.readyCount(component);
    stack.kill(component);
    await().pollInterval(Duration.ofMillis(20)).until(() -> told().down().contains(component));
    stack.awaitReady(component, before + 1);
    await().atMost(PATIENCE).until(() -> !told().down().contains(component));
    assertThat(stack.pid(component)).isNotEqualTo(pid).isPositive();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  /** What other commands hear of the stack. */
  private StackFile told() {
    return StackFile.read(folder.resolve("data")).orElseThrow();
  }

  private static long newCheckpoint(LocalStack stack) {
    FlinkCluster cluster = stack.flink();
    String id = stack.jobId(CountingJob.NAME).orElseThrow();
    return cluster.awaitCheckpoint(id, cluster.checkpoints(id).latestId(), PATIENCE);
  }

  /** Ids of checkpoints go on counting only when the job was restored. */
  private static void assertResumedAfter(LocalStack stack, long checkpoint) {
    newCheckpoint(stack);
    CheckpointFigures figures =
        stack.flink().checkpoints(stack.jobId(CountingJob.NAME).orElseThrow());
    assertThat(figures.restored()).isEqualTo(1);
    assertThat(figures.latestId()).isGreaterThan(checkpoint);
  }

  private static Set<String> topics(String kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      return admin.listTopics().names().get();
    }
  }

  private static void write(LocalStack stack, String sql) throws SQLException {
    try (Connection connection = connect(stack);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int read(LocalStack stack, String sql) throws SQLException {
    try (Connection connection = connect(stack);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }

  private static Connection connect(LocalStack stack) throws SQLException {
    return DriverManager.getConnection(
        stack.addresses().jdbcUrl(),
        stack.addresses().databaseUser(),
        stack.addresses().databasePassword());
  }
}
