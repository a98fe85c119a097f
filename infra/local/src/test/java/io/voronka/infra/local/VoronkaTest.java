package io.voronka.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.infra.local.command.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VoronkaTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theHelpNamesEverySubcommandAndExitCode() {
    assertThat(run("--help")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .contains("up ", "status ", "submit ", "savepoint ", "stop ", "logs ")
        .contains("Exit codes:", "a port that was asked for is in use");
  }

  @Test
  void aWrongCommandLineIsUsage() {
    assertThat(run()).isEqualTo(ExitCodes.USAGE);
    assertThat(run("uo")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("up", "--kafka-port", "many")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("'many'");
  }

  @Test
  void aJobThatIsNotOursIsNotSoughtInTheTree() {
    assertThat(run("submit", "evaluate-rulez", "--flink-url", "http://127.0.0.1:1"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString())
        .contains("no job is called evaluate-rulez; there are capture-control, evaluate-rules");
  }

  /** Kafka's own clients say nothing for a minute. */
  @Test
  void aKafkaThatDoesNotAnswerIsSaidWithinSeconds() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + silent.getLocalPort();
      long begun = System.nanoTime();

      int code = run("why", "--rule", "hot", "--lead", "100", "--kafka", address);

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
      assertThat(code).isEqualTo(ExitCodes.COMPONENT_FAILED);
      assertThat(err.toString().strip()).isEqualTo("voronka: no Kafka answers at " + address);
    }
  }

  /** Each of these would otherwise be noticed minutes later, on a stack that was started for it. */
  @Test
  void whatAStackWouldBeStartedForInVainIsUsage() throws IOException {
    Path missing = folder.resolve("no/such/report.json");
    assertThat(run("demo", "--json", missing.toString())).isEqualTo(ExitCodes.USAGE);
    assertThat(run("soak", "--json", folder.toString())).isEqualTo(ExitCodes.USAGE);
    assertThat(run("bench", "gateway", "--json", missing.toString())).isEqualTo(ExitCodes.USAGE);
    assertThat(run("demo", "--rate", "0")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("demo", "--load-seconds", "-1")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("soak", "--kills", "-1")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("soak", "--kill", "kafak")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("soak", "--sequences", "--leads", "0")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString())
        .contains(
            "there is no folder " + missing.getParent(),
            folder + " is a folder",
            "--rate is above 0",
            "a soak needs",
            "there is no kafak; there are taskmanager-1")
        .doesNotContain("\tat ");
  }

  @Test
  void whatCannotBeReachedOrReadIsSaidInWords() {
    Path jar = folder.resolve("no.jar");
    assertThat(run("status", "--flink-url", "http://127.0.0.1:99999"))
        .isEqualTo(ExitCodes.JOB_FAILED);
    assertThat(run("status", "--flink-url", "http://127.0.0.1:1")).isEqualTo(ExitCodes.JOB_FAILED);
    assertThat(run("get", "rules", "--database-url", "localhost")).isEqualTo(ExitCodes.USAGE);
    assertThat(
            run(
                "get",
                "rules",
                "--database-url",
                "jdbc:postgresql://127.0.0.1:1/voronka",
                "--database-password-file",
                jar.toString()))
        .isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString())
        .contains(
            "is no address (port out of range:99999)",
            "no Flink cluster answers at http://127.0.0.1:1/ (the connection was refused)",
            "--database-url must be like",
            "there is no file " + jar)
        .doesNotContain("\tat ", "Exception");
  }

  @Test
  void aPortInUseIsSaidAndNothingIsLeftRunning() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int code =
          run(
              "up",
              "--data",
              folder.resolve("data").toString(),
              "--without",
              "kafka,flink,gateway,sandbox",
              "--postgres-port",
              Integer.toString(taken.getLocalPort()));
      assertThat(code).isEqualTo(ExitCodes.PORT_IN_USE);
      assertThat(err.toString())
          .contains("port " + taken.getLocalPort())
          .contains("postgres")
          .doesNotContain("\tat ");
    }
    assertThat(folder.resolve("data/stack.json")).doesNotExist();
    assertThat(folder.resolve("data/postgres")).doesNotExist();
  }

  @Test
  void aForeignDataFolderIsRefused() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "x");
    assertThat(run("up", "--data", folder.toString(), "--without", "kafka,flink,gateway,sandbox"))
        .isEqualTo(ExitCodes.DATA_UNUSABLE);
    assertThat(err.toString()).contains("holds other things");
  }

  @Test
  void aMissingClusterIsSaid() {
    assertThat(run("status", "--data", folder.toString())).isEqualTo(ExitCodes.JOB_FAILED);
    assertThat(err.toString()).contains("no local stack runs on").contains("--flink-url");
  }

  @Test
  void anUnknownLogIsNamedBesideTheKnownOnes() throws IOException {
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(folder.resolve("logs/kafka.log"), "x");
    assertThat(run("logs", "kafak", "--data", folder.toString())).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("no log of 'kafak'").contains("kafka");
  }

  private int run(String... args) {
    CommandLine line = Voronka.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(args);
    line.getOut().flush();
    line.getErr().flush();
    return code;
  }
}
