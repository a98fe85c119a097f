package io.voronka.infra.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.infra.local.Voronka;
import io.voronka.infra.local.postgres.PostgresHost;
import io.voronka.infra.local.process.JavaCommand;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher itself, as a process that is killed or asked to stop. */
class LauncherDeathIT {

  @TempDir private Path folder;

  @Test
  void aKilledLauncherLeavesNoOrphansAndTheNextStartFindsEverything() throws Exception {
    Process killed = launch();
    List<Long> orphans = awaitUp(killed);
    assertThat(orphans).hasSize(3).allMatch(LauncherDeathIT::alive);

    killed.destroyForcibly();

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> orphans.stream().noneMatch(LauncherDeathIT::alive));

    Process stopped = launch();
    List<Long> children = awaitUp(stopped);
    // The way of Ctrl-C, by the signal that is never ignored: a shell starts background jobs with
    // SIGINT switched off, and the JVM leaves it so.
    new ProcessBuilder("kill", "-TERM", Long.toString(stopped.pid())).start().waitFor();
    assertThat(stopped.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(stopped.exitValue()).isZero();
    assertThat(children).noneMatch(LauncherDeathIT::alive);
    assertThat(Files.readString(output())).contains("voronka: stopped");
  }

  /** As when a machine or a container ends during the first start. */
  @Test
  void whatWasKilledWhileItMadeTheDatabaseMakesItAnewAtTheNextStart() throws Exception {
    Process killed = launch("kafka,flink,sandbox,gateway");
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(60))
        .until(this::databaseIsBegun);
    List<ProcessHandle> all = killed.descendants().toList();
    killed.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));

    Process next = launch("kafka,flink,sandbox,gateway");

    awaitUp(next);
    next.destroy();
    assertThat(next.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  /** The first file that initdb writes into its folder. */
  private boolean databaseIsBegun() throws IOException {
    if (!Files.isDirectory(data())) {
      return false;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(data(), "postgres*")) {
      for (Path made : folders) {
        if (Files.exists(made.resolve("PG_VERSION"))) {
          return true;
        }
      }
      return false;
    }
  }

  private Process launch() throws Exception {
    return launch("flink,sandbox,gateway");
  }

  private Process launch(String without) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(JavaCommand.javaBinary().toString());
    line.add("-Xmx96m");
    line.add("-XX:+UseSerialGC");
    line.add("-XX:TieredStopAtLevel=1");
    line.add("-cp");
    line.add(System.getProperty("java.class.path"));
    line.add(Voronka.class.getName());
    line.addAll(List.of("up", "--data", data().toString(), "--without", without));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(output().toFile())
        .start();
  }

  /** The processes of Kafka, of PostgreSQL's host and of PostgreSQL itself. */
  private List<Long> awaitUp(Process launcher) throws Exception {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> {
              assertThat(launcher.isAlive()).as(Files.readString(output())).isTrue();
              return Files.readString(output()).contains("voronka: up");
            });
    JsonNode pids =
        new ObjectMapper().readTree(data().resolve(StackFile.NAME).toFile()).path("pids");
    return List.of(
        pids.path(LocalStack.KAFKA).asLong(),
        pids.path(LocalStack.POSTGRES).asLong(),
        PostgresHost.postmaster(data().resolve("postgres")));
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path output() {
    return folder.resolve("launcher.out");
  }
}
